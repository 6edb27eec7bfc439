/** ctr snapshots diff: get the diff of two snapshots. the default second snapshot is the first snapshot's parent., as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { connect, labelArgs } from '../../client'
import { createDiff } from '../../difference'
import { withLease } from '../../lease'
import type { Labels } from '../../../../../containerd/services'
import { rfc3339 } from '../../../../../containerd/time'
import { nowNanoseconds } from '../../../../go/time'
import { type Context, Failure } from '../../../../urfave/context'
import { snapshotter } from '../../snapshots'

export default command({
  name: 'diff',
  usage: "get the diff of two snapshots. the default second snapshot is the first snapshot's parent.",
  args: '[flags] <idA> [<idB>]',
  flags: [
    string('media-type', 'media type to use for creating diff', { value: 'application/vnd.oci.image.layer.v1.tar+gzip' }),
    string('ref', 'content upload reference to use'),
    bool('keep', 'keep diff content. up to creator to delete it.'),
    strings('label', 'labels to attach to the image'),
  ],
  *run(context) {
    if (context.arg(0) === '') throw new Failure('snapshot id must be provided')
    const client = yield* connect(context)
    const [key, other] = [context.arg(0), context.arg(1)]
    const own = snapshotter(context)
    const mediaType = context.string('media-type')
    const layer = yield* withLease(client, () => createDiff(client, { key, ...(other === '' ? {} : { other }), snapshotter: own, mediaType, ref: context.string('ref'), labels: labelsOf(context) }))
    context.io.out(layer)
  },
})

/** With --keep the garbage collector leaves the content (gc.root). */
function labelsOf(context: Context): Labels {
  const given = labelArgs(context.strings('label'))
  return context.bool('keep') ? { ...given, 'containerd.io/gc.root': rfc3339(nowNanoseconds(context.sys)).replace(/\.\d+/, '') } : given
}
