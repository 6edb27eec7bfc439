/** ctr content prune references: prunes preference labels from the content store (layers only by default), as ctr 1.6.20 has it. */
import { command } from '../../../../../urfave/command'
import { bool } from '../../../../../urfave/flag'
import { connect } from '../../../client'
import { withLease } from '../../../lease'
import { logrus } from '../../../../../go/logrus'

export default command({
  name: 'references',
  usage: 'prunes preference labels from the content store (layers only by default)',
  flags: [
    bool('async', 'allow garbage collection to cleanup asynchronously'),
    bool('dry', 'just show updates without applying (enables debug logging)'),
  ],
  *run(context) {
    const { sys, io } = context
    const client = yield* connect(context)
    const isDry = context.bool('dry')
    if (isDry) io.err(logrus(sys, 'debug', 'dry run, no changes will be applied'))
    for (const { digest, labels } of yield* client.call((s, ns) => s.content.list(ns))) {
      const gone = Object.keys(labels).filter(isLayerLabel)
      if (isDry) for (const label of gone) io.err(logrus(sys, 'debug', 'Removing label', { fields: { digest, label } }))
      else if (gone.length > 0) yield* client.call((s, ns) => s.content.update(ns, { digest, labels: {} }, gone.map((label) => `labels.${label}`)))
    }
    yield* withLease(client, function* () {})
  },
})

/** A manifest's reference to a layer; in the old form, which numbers all, 0 is the configuration. */
const isLayerLabel = (label: string): boolean => /^containerd\.io\/gc\.ref\.content\.(?:l\.|(?!0$)\d*$)/.test(label)
