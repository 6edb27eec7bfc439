/**
 * ctr 1.6.20 (and later ones, `releases.ts`): containerd's debug client. Commands are files below `commands/`; help, parsing and errors follow from their declarations
 * (urfave/cli 1.22). Recordings: query/ctr-*.jsonl, sessions/*.jsonl.
 */
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { runApp } from '../../urfave/app'
import { type Modules, tree } from '../../urfave/command'
import { bool, duration, string } from '../../urfave/flag'
import { NEWER_COMMANDS, newerFlag, newerNode } from './releases'
import { ownRelease } from '../../../containerd/release'

const MODULES: Modules = import.meta.glob<Modules[string]>('./commands/**/*.ts', { eager: true })

const TOP = [
  'plugins', 'version', 'containers', 'content', 'events', 'images', 'leases', 'namespaces', 'pprof', 'run', 'snapshots', 'tasks', 'install', 'oci', 'shim',
]

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

const COMMANDS = tree(MODULES, './commands', TOP)
const NEWER = tree(MODULES, './commands', [...TOP.filter((name) => name !== 'shim'), ...NEWER_COMMANDS, 'shim']).map(newerNode)

const FLAGS = [
  bool('debug', 'enable debug output in logs'),
  string('address, a', "address for containerd's GRPC server", { value: '/run/containerd/containerd.sock', env: 'CONTAINERD_ADDRESS' }),
  duration('timeout', 'total timeout for ctr commands'),
  duration('connect-timeout', 'timeout for connecting to containerd'),
  string('namespace, n', 'namespace to use with commands', { value: 'default', env: 'CONTAINERD_NAMESPACE' }),
]

export default program({
  threads: 5,
  size: 23175592,
  summary: "containerd's command line client",
  *run(io) {
    const { module, version } = yield* ownRelease(io.sys)
    const isNewer = !version.startsWith('1.6.')
    return yield* runApp(
      {
        name: 'ctr',
        usage: BANNER,
        version: 1,
        release: version,
        versionLine: `ctr ${module} ${version}`,
        description: ABOUT,
        flags: isNewer ? FLAGS.map(newerFlag) : FLAGS,
        commands: isNewer ? NEWER : COMMANDS,
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
