/**
 * ctr 1.6.20 (and later ones, `releases/`): containerd's debug client. Commands are files below `commands/`; help, parsing and errors follow from their declarations
 * (urfave/cli 1.22, 2.27 for 2.x). Recordings: query/ctr-*.jsonl, sessions/*.jsonl.
 */
import { isGrpc } from '../../../containerd/grpc'
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { runApp } from '../../urfave/app'
import { CLI_1, CLI_2 } from '../../urfave/dialect'
import { type Modules, tree } from '../../urfave/command'
import { bool, duration, string } from '../../urfave/flag'
import { type Offer, offerOf } from './releases'
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

/** Of each release that was run. */
const COMMANDS = new Map<Offer, ReturnType<typeof tree>>()

function commandsOf(offer: Offer): ReturnType<typeof tree> {
  const known = COMMANDS.get(offer) ?? tree(MODULES, ROOT, offer.commands, (path, spec) => offer.revise(path.slice(ROOT.length + 1).replaceAll('/', ' '), spec))
  COMMANDS.set(offer, known)
  return known
}

/** From 2.0 on a failure of no known kind does not say so. */
const said = (error: Error, { line }: Release): string => (line === '2' && isGrpc(error, 'Unknown') ? error.message.replace(/: unknown$/, '') : error.message)

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
        ...(line === '2' ? CLI_2 : CLI_1),
        release: version,
        versionLine: `ctr ${module} ${version}`,
        description: ABOUT,
        flags: offer.flags(FLAGS),
        commands: commandsOf(offer),
        fail(context, error) {
          if (!(error instanceof Error)) throw error
          context.io.err(`ctr: ${isErrno(error) ? error.message.toLowerCase() : said(error, release)}\n`)
          return 1
        },
      },
      io,
    )
  },
})
