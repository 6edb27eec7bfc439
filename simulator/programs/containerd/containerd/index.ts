/** containerd 1.6: the container runtime's daemon, and what it says of itself and its configuration (cmd/containerd/command/main.go; urfave/cli 1.22). */
import { runContainerd } from '../../../containerd/daemon'
import { ownRelease } from '../../../containerd/release'
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { runApp } from '../../urfave/app'
import { type Modules, tree } from '../../urfave/command'
import { string } from '../../urfave/flag'
import { ABOUT, DESCRIPTION } from './texts'

const MODULES: Modules = import.meta.glob<Modules[string]>('./commands/**/*.ts', { eager: true })

const COMMANDS = tree(MODULES, './commands', ['config', 'publish', 'oci-hook'])

export default program({
  size: 48_168_072,
  threads: 9,
  summary: 'the container runtime: images, snapshots, containers, tasks, and the CRI for the kubelet',
  *run(io) {
    const { module, version, revision } = yield* ownRelease(io.sys)
    const hasTexts = version === '1.6.20~ds1'
    const asksVersion = io.args.some((arg) => ['--version', '-v', '-version'].includes(arg))
    if (!hasTexts && !asksVersion && io.args.some((arg) => /^(?:config|publish|oci-hook|help|h|-h|--help)$/.test(arg))) {
      io.err('containerd: not simulated in this lab\n')
      return 125
    }
    return yield* runApp(
      {
        name: 'containerd',
        usage: ABOUT,
        version: 1,
        release: version,
        versionLine: `containerd ${module} ${version} ${revision}`,
        description: DESCRIPTION,
        flags: [
          string('config, c', 'path to the configuration file', { value: '/etc/containerd/config.toml' }),
          string('log-level, l', 'set the logging level [trace, debug, info, warn, error, fatal, panic]'),
          string('address, a', "address for containerd's GRPC server"),
          string('root', 'containerd root directory'),
          string('state', 'containerd state directory'),
        ],
        commands: COMMANDS,
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
