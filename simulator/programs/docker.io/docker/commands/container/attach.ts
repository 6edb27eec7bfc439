/** docker attach (cli/command/container/attach.go). */
import { attend, checkTty, detachKeysOf } from '../../attend'
import { command, needed, Refused } from '../../command'

interface Found {
  readonly Id: string
  readonly State: { readonly Running: boolean; readonly Paused: boolean; readonly Restarting: boolean }
  readonly Config: { readonly Tty: boolean; readonly OpenStdin: boolean }
}

export default command({
  flags: ['detach-keys', 'no-stdin', 'sig-proxy'],
  *run(context) {
    const { flags, args: [name = ''] } = context
    const { Id, State, Config } = (yield* needed('container', name, () => context.call((docker) => docker.containers.inspect(name)))) as unknown as Found
    if (!State.Running) throw new Refused('You cannot attach to a stopped container, start it first')
    if (State.Paused) throw new Refused('You cannot attach to a paused container, unpause it first')
    if (State.Restarting) throw new Refused('You cannot attach to a restarting container, wait until it is running')
    const stdin = !flags.is('no-stdin') && Config.OpenStdin ? 'stdin' : 'none'
    const terminal = Config.Tty ? 'tty' : 'pipes'
    checkTty(context, stdin, terminal)
    const detachKeys = detachKeysOf(context)
    const stream = yield* context.call((docker) => docker.containers.attach(Id, { stdin }))
    const how = yield* attend(context, stream, {
      stdin, terminal, shown: ['stdout', 'stderr'], detachKeys,
      ...(flags.text('sig-proxy') === 'false' ? {} : { signal: (signo: number) => context.call((docker) => docker.containers.kill(Id, String(signo))) }),
    })
    if (how === 'detached') {
      context.io.err('read escape sequence\n')
      return 0
    }
    return yield* context.call((docker) => docker.containers.wait(Id, 'not-running'))
  },
})
