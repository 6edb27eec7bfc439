/** ctr events: display containerd events, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { connect, statusText, worded } from '../client'
import { GrpcError } from '../../../../containerd/grpc'
import { marshalLine } from '../../../go/json'

const subscription = (error: GrpcError): string => statusText(new GrpcError('Unknown', `subscription error: failed parsing subscription filters: ${error.message}`))

export default command({
  name: 'events',
  aliases: ['event'],
  usage: 'display containerd events',
  *run(context) {
    const client = yield* connect(context)
    const stream = yield* worded(subscription, client.call((s) => s.events.subscribe(context.args)))
    for (;;) {
      const event = yield* client.call(() => stream.next())
      const time = event.timestamp.replace('T', ' ').replace('Z', ' +0000 UTC')
      context.io.out(`${time} ${event.namespace} ${event.topic} ${marshalLine(event.event)}\n`)
      yield* context.io.flush()
    }
  },
})
