/** containerd: the container runtime's daemon, and what it says of itself and its configuration (cmd/containerd/command/main.go; urfave/cli 1.22, 2.27 for 2.x). */
import { runContainerd } from '../../../containerd/daemon'
import { ownRelease, type Release } from '../../../containerd/release'
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { runApp } from '../../urfave/app'
import { type Command, type Group, type Modules, tree } from '../../urfave/command'
import { CLI_1, CLI_2, type Dialect } from '../../urfave/dialect'
import { capital, type Revision, revised } from '../../urfave/revise'
import { string } from '../../urfave/flag'
import { about, description } from './texts'

const MODULES: Modules = import.meta.glob<Modules[string]>('./commands/**/*.ts', { eager: true })

const ROOT = './commands'

/** What each line of releases has otherwise than 1.6. */
interface Offer {
  readonly cli: Dialect
  revise(path: string, spec: Command | Group): Command | Group
}
const worded = (path: string, spec: Command | Group): Command | Group => revised(capital({ ...spec, ...(spec.flags ? { flags: spec.flags.map(capital) } : {}) }), path === `${ROOT}/config` ? MIGRATING : undefined)
const MIGRATING: Revision = { commands: ['default', 'dump', 'migrate'] }
const OFFERS: Readonly<Record<Release['line'], Offer>> = {
  '1.6': { cli: CLI_1, revise: (_, spec) => spec },
  '1.7': { cli: CLI_1, revise: (_, spec) => capital({ ...spec, ...(spec.flags ? { flags: spec.flags.map(capital) } : {}) }) },
  2: { cli: CLI_2, revise: worded },
}

export default program({
  size: 48_168_072,
  threads: 9,
  summary: 'the container runtime: images, snapshots, containers, tasks, and the CRI for the kubelet',
  *run(io) {
    const { module, version, revision, line } = yield* ownRelease(io.sys)
    const { cli, revise } = OFFERS[line]
    return yield* runApp(
      {
        name: 'containerd',
        get usage() {
          return about()
        },
        ...cli,
        release: version,
        versionLine: `containerd ${module} ${version} ${revision}`,
        get description() {
          return description(line)
        },
        flags: [
          string('config, c', 'path to the configuration file', { value: '/etc/containerd/config.toml' }),
          string('log-level, l', 'set the logging level [trace, debug, info, warn, error, fatal, panic]'),
          string('address, a', "address for containerd's GRPC server"),
          string('root', 'containerd root directory'),
          string('state', 'containerd state directory'),
        ].map((flag) => (line === '1.6' || flag.usage.startsWith('containerd') ? flag : capital(flag))),
        commands: tree(MODULES, ROOT, ['config', 'publish', 'oci-hook'], revise),
        action: () => runContainerd(io.sys),
        fail(context, error) {
          if (!(error instanceof Error)) throw error
          context.io.err(`containerd: ${isErrno(error) ? error.message.toLowerCase() : error.message}\n`)
          return 1
        },
      },
      io,
    )
  },
})
