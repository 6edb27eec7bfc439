/** ctr snapshots diff: get the diff of two snapshots. the default second snapshot is the first snapshot's parent., as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { connect } from '../../client'
import { Failure } from '../../../../urfave/context'
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
    yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter(context), context.arg(0)))
    return context.refuse('snapshots diff')
  },
})
