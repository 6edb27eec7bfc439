/** containerd publish: an event for containerd, as the shims' publish-binary (cmd/containerd/command/publish.go). */
import { invalidArgument } from '../../../../containerd/grpc'
import { anyIn } from '../../../../containerd/messages'
import { type Containerd, dialContainerd } from '../../../../containerd/services'
import { isErrno } from '../../../../kernel/errno'
import { readToEnd } from '../../../../kernel/read-to-end'
import type { Run } from '../../../../kernel/run'
import { command } from '../../../urfave/command'
import { type Context, Failure } from '../../../urfave/context'
import { string } from '../../../urfave/flag'

export default command({
  name: 'publish',
  usage: 'binary to publish events to containerd',
  flags: [
    string('namespace', 'namespace to publish to'),
    string('topic', 'topic of the event'),
  ],
  *run(context) {
    const { sys } = context
    const topic = context.string('topic')
    if (topic === '') throw invalidArgument('topic required to publish event')
    const { type, value } = anyIn(yield* readToEnd(() => sys.read(0, 32_768)))
    const containerd = yield* connect(context, context.string('address'))
    yield* sys.call(containerd, (c) => c.events.publish(context.string('namespace'), topic, { type, payload: value }))
  },
})

const PATIENCE_NS = 2_000_000_000

/** What is not there may still come, for two seconds; what refuses will not. */
function* connect({ sys }: Context, address: string): Run<Containerd> {
  const failed = (why: string): Failure => new Failure(`failed to dial "${address}": failed to dial "${address}": ${why}`)
  const refused = (why: string): Failure => failed(`connection error: desc = "transport: error while dialing: ${why}"`)
  if (address === '') throw refused('dial unix: missing address')
  const deadline = sys.monotonic() + PATIENCE_NS
  for (;;) {
    try {
      return dialContainerd(sys, address)
    } catch (error) {
      if (!isErrno(error)) throw error
      if (error.code !== 'ENOENT') throw refused(`dial unix ${address}: connect: ${error.message.toLowerCase()}`)
      if (sys.monotonic() >= deadline) throw failed('context deadline exceeded')
      yield* sys.sleep(RETRY_NS)
    }
  }
}

const RETRY_NS = 10_000_000
