/** docker start (cli/command/container/start.go). */
import { EngineError } from '../../../../../docker/services'
import { attend, checkTty, detachKeysOf } from '../../attend'
import { command, fromDaemon, needed, Refused, unlessSo } from '../../command'

export default command({
  flags: ['attach', 'interactive', 'detach-keys'],
  *run(context) {
    const { io, flags, args } = context
    if (flags.is('attach') || flags.is('interactive')) {
      const [name = '', ...more] = args
      if (more.length > 0) throw new Refused('you cannot start and attach multiple containers at once')
      const found = yield* needed('container', name, () => context.call((docker) => docker.containers.inspect(name)))
      const { Config, Id } = found as { readonly Config: { readonly Tty: boolean; readonly OpenStdin: boolean }; readonly Id: string }
      const stdin = flags.is('interactive') && Config.OpenStdin ? 'stdin' : 'none'
      const terminal = Config.Tty ? 'tty' : 'pipes'
      checkTty(context, stdin, terminal)
      const detachKeys = detachKeysOf(context)
      const stream = yield* context.call((docker) => docker.containers.attach(Id, { stdin }))
      let code: number | undefined
      const over = io.sys.futex()
      const how = yield* attend(context, stream, {
        stdin, terminal, shown: ['stdout', 'stderr'], detachKeys,
        *begin() {
          io.sys.go(
            (function* () {
              code = yield* context.call((docker) => docker.containers.wait(Id, 'next-exit'))
              over.wake()
            })(),
          )
          yield* unlessSo(context.call((docker) => docker.containers.start(Id)))
        },
        signal: (signo) => context.call((docker) => docker.containers.kill(Id, String(signo))),
      })
      if (how === 'detached') return 0
      while (code === undefined) yield* over.wait()
      return code
    }
    const failed: string[] = []
    for (const name of args) {
      try {
        yield* unlessSo(context.call((docker) => docker.containers.start(name)))
        io.out(`${name}\n`)
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
        io.err(`${fromDaemon(error)}\n`)
        failed.push(name)
      }
    }
    if (failed.length > 0) throw new Refused(`Error: failed to start containers: ${failed.join(', ')}`)
    return 0
  },
})
