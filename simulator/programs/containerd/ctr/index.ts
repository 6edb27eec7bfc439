/**
 * ctr 1.6.20 (and later ones, `releases/`): containerd's debug client. Commands are files below `commands/`; help, parsing and errors follow from their declarations
 * (urfave/cli 1.22, 2.27 for 2.x). Recordings: query/ctr-*.jsonl, sessions/*.jsonl.
 */
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { type App, runApp } from '../../urfave/app'
import { type Modules, tree } from '../../urfave/command'
import { bool, duration, string } from '../../urfave/flag'
import { offerOf } from './releases'
import { ownRelease, type Release } from '../../../containerd/release'

const MODULES: Modules = import.meta.glob<Modules[string]>('./commands/**/*.ts', { eager: true })

const BANNER = `
        __
  _____/ /______
 / ___/ __/ ___/
/ /__/ /_/ /
\\___/\\__/_/

containerd CLI
`

const ABOUT = `
ctr is an unsupported debug and administrative client for interacting
with the containerd daemon. Because it is unsupported, the commands,
options, and operations are not guaranteed to be backward compatible or
stable from release to release of the containerd project.`

const ROOT = './commands'

const FLAGS = [
  bool('debug', 'enable debug output in logs'),
  string('address, a', "address for containerd's GRPC server", { value: '/run/containerd/containerd.sock', env: 'CONTAINERD_ADDRESS' }),
  duration('timeout', 'total timeout for ctr commands'),
  duration('connect-timeout', 'timeout for connecting to containerd'),
  string('namespace, n', 'namespace to use with commands', { value: 'default', env: 'CONTAINERD_NAMESPACE' }),
]

/** urfave/cli, as each line of releases uses it. */
const CLI: Readonly<Record<Release['line'], Pick<App, 'version' | 'layout' | 'helpFlag' | 'versionFlag' | 'lists'>>> = {
  '1.6': { version: 1 },
  '1.7': { version: 1 },
  2: { version: 2, layout: '2.27', helpFlag: bool('help, h', 'Show help'), versionFlag: bool('version, v', 'Print the version'), lists: 'whole' },
}

export default program({
  threads: 5,
  size: 23175592,
  summary: "containerd's command line client",
  *run(io) {
    const release = yield* ownRelease(io.sys)
    const { module, version, line } = release
    const offer = offerOf(release)
    return yield* runApp(
      {
        name: 'ctr',
        usage: BANNER,
        ...CLI[line],
        release: version,
        versionLine: `ctr ${module} ${version}`,
        description: ABOUT,
        flags: offer.flags(FLAGS),
        commands: tree(MODULES, ROOT, offer.commands, (path, spec) => offer.revise(path.slice(ROOT.length + 1).replaceAll('/', ' '), spec)),
        fail(context, error) {
          if (!(error instanceof Error)) throw error
          context.io.err(`ctr: ${isErrno(error) ? error.message.toLowerCase() : error.message}\n`)
          return 1
        },
      },
      io,
    )
  },
})
