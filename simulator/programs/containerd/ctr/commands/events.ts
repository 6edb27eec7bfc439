/** ctr events: display containerd events, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { ownRelease } from '../../../../containerd/release'
import { connect, statusText, worded } from '../client'
import { GrpcError, isGrpc } from '../../../../containerd/grpc'
import { eventIn } from '../../../../containerd/messages'
import { logrus } from '../../../go/logrus'
import { marshalLine } from '../../../go/json'

const subscription = (error: GrpcError): string => statusText(new GrpcError('Unknown', `subscription error: failed parsing subscription filters: ${error.message}`))

/** Times as protobuf's own Go type has them, from 1.7 on. */
const counted = (event: object): object =>
  Object.fromEntries(
    Object.entries(event).map(([key, value]: [string, unknown]) => {
      const [, whole = '', nanos = ''] = (key === 'exited_at' && typeof value === 'string' && /^(.*?)(?:\.(\d+))?Z$/.exec(value)) || []
      return [key, whole === '' ? value : { seconds: Date.parse(`${whole}Z`) / 1000, nanos: Number(nanos.padEnd(9, '0')) || undefined }]
    }),
  )

export default command({
  name: 'events',
  aliases: ['event'],
  usage: 'display containerd events',
  *run(context) {
    const client = yield* connect(context)
    const { line } = yield* ownRelease(context.sys)
    const stream = yield* worded(subscription, client.call((s) => s.events.subscribe(context.args)))
    for (;;) {
      const envelope = yield* client.call(() => stream.next())
      const time = envelope.timestamp.replace('T', ' ').replace('Z', ' +0000 UTC')
      try {
        const event = envelope.payload ? eventIn(envelope.type, envelope.payload) : envelope.event
        context.io.out(`${time} ${envelope.namespace} ${envelope.topic} ${marshalLine(line === '1.6' ? event : counted(event))}\n`)
      } catch (error) {
        if (!isGrpc(error)) throw error
        context.io.err(logrus(context.sys, 'warning', 'cannot unmarshal an event from Any', { fields: { error: error.message } }))
      }
      yield* context.io.flush()
    }
  },
})
