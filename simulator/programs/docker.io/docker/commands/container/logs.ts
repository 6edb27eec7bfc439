/** docker logs (cli/command/container/logs.go). */
import { output } from '../../../../streaming/converse'
import { command, needed } from '../../command'
import { momentOf } from '../../moments'

export default command({
  flags: ['follow', 'since', 'until', 'tail', 'timestamps'],
  *run(context) {
    const { io, flags, args: [name = ''] } = context
    yield* needed('container', name, () => context.call((docker) => docker.containers.inspect(name)))
    const tail = flags.text('tail')
    const [since, until] = [flags.text('since'), flags.text('until')]
    const chunks = yield* context.call((docker) =>
      docker.containers.logs(name, {
        follow: flags.is('follow') ? 'follow' : 'stop', timestamps: flags.is('timestamps') ? 'shown' : 'none', ...(tail !== undefined && /^\d+$/.test(tail) ? { tail: Number(tail) } : {}),
        ...(since === undefined ? {} : { since: momentOf(io.sys, since, 'since') }), ...(until === undefined ? {} : { until: momentOf(io.sys, until, 'until') }),
      }),
    )
    yield* output({ sys: io.sys, call: (work) => context.call(work) }, chunks, function* () {})
  },
})
