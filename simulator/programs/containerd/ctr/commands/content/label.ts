/** ctr content label: add labels to content, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, joinMapped, labelArgs } from '../../client'
import { parseDigest } from '../../image'

export default command({
  name: 'label',
  usage: 'add labels to content',
  args: '<digest> [<label>=<value> ...]',
  description: 'labels blobs in the content store',
  *run(context) {
    const client = yield* connect(context)
    const digest = parseDigest(context.arg(0))
    const labels = labelArgs(context.args.slice(1))
    const fields = Object.keys(labels).map((key) => `labels.${key}`)
    const info = yield* client.call((s, ns) => (fields.length === 0 ? s.content.info(ns, digest) : s.content.update(ns, { digest, labels }, fields)))
    context.io.out(`${joinMapped(client, info.labels)}\n`)
  },
})
