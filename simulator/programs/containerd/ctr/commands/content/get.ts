/** ctr content get: get the data for an object, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { parseDigest } from '../../image'

export default command({
  name: 'get',
  usage: 'get the data for an object',
  args: '[<digest>, ...]',
  description: 'display the image object',
  *run(context) {
    const digest = parseDigest(context.arg(0))
    const client = yield* connect(context)
    context.io.out(yield* client.call((s, ns) => s.content.read(ns, digest)))
  },
})
