/** docker exec (cli/command/container/exec.go). */
import { decode } from '../../../../../kernel/bytes'
import { attend, checkTty, detachKeysOf } from '../../attend'
import { command, needed } from '../../command'

export default command({
  flags: ['detach', 'detach-keys', 'env', 'env-file', 'interactive', 'privileged', 'tty', 'user', 'workdir'],
  reading: 'until first word',
  *run(context) {
    const { io, flags, args } = context
    const [name = '', ...Cmd] = args
    yield* needed('container', name, () => context.call((docker) => docker.containers.inspect(name)))
    const isDetached = flags.is('detach')
    const stdin = flags.is('interactive') && !isDetached ? 'stdin' : 'none'
    const terminal = flags.is('tty') ? 'tty' : 'pipes'
    const detachKeys = detachKeysOf(context, 'escape')
    if (!isDetached) checkTty(context, stdin, terminal)
    const files: string[] = []
    for (const path of flags.all('env-file')) files.push(...decode(yield* io.sys.readFile(path)).split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')))
    const Env = [...files, ...flags.all('env')].map((entry) => (entry.includes('=') ? entry : `${entry}=${io.env(entry) ?? ''}`))
    const config = { Cmd, Env, User: flags.text('user') ?? '', WorkingDir: flags.text('workdir') ?? '', Tty: flags.is('tty'), AttachStdin: stdin === 'stdin', Detach: isDetached, Privileged: flags.is('privileged') }
    if (isDetached) {
      yield* context.call((docker) => docker.containers.execDetached(name, config))
      return 0
    }
    const stream = yield* context.call((docker) => docker.containers.exec(name, config))
    yield* attend(context, stream, { stdin, terminal, shown: ['stdout', 'stderr'], detachKeys })
    return yield* context.call(() => stream.wait())
  },
})
