/** ctr events: display containerd events, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { connect } from '../client'
import { marshalLine } from '../../../go/json'

export default command({
  name: 'events',
  aliases: ['event'],
  usage: 'display containerd events',
  *run(context) {
    const client = yield* connect(context)
    const stream = yield* client.call((s) => s.events.subscribe(context.args))
    for (;;) {
      const event = yield* client.call(() => stream.next())
      const time = event.timestamp.replace('T', ' ').replace('Z', ' +0000 UTC')
      context.io.out(`${time} ${event.namespace} ${event.topic} ${marshalLine(event.event)}\n`)
      yield* context.io.flush()
    }
  },
})
