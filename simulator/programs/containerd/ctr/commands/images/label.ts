/** ctr images label: set and clear labels for an image, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, joinMapped, labelArgs } from '../../client'
import { Failure } from '../../../../urfave/context'

export default command({
  name: 'label',
  usage: 'set and clear labels for an image',
  args: '[flags] <name> [<key>=<value>, ...]',
  description: 'set and clear labels for an image',
  flags: [
    bool('replace-all, r', 'replace all labels'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const name = context.arg(0)
    if (name === '') throw new Failure('please specify an image')
    const labels = labelArgs(context.args.slice(1))
    if (Object.keys(labels).length === 0) {
      yield* client.call((s, ns) => s.images.get(ns, name))
      throw new Failure('Target.Digest "" invalid: invalid checksum digest format: invalid argument')
    }
    const fields = Object.keys(labels).map((key) => (context.bool('replace-all') ? 'labels' : `labels.${key}`))
    const updated = yield* client.call(function* (s, ns) {
      const { target } = yield* s.images.get(ns, name)
      return yield* s.images.update(ns, { name, labels, target }, fields)
    })
    context.io.out(`${joinMapped(client, updated.labels)}\n`)
  },
})
