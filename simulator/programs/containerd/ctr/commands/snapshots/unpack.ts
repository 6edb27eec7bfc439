/** ctr snapshots unpack: unpack applies layers from a manifest to a snapshot, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { SNAPSHOTTER_FLAGS } from '../../flags'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'
import { Failure } from '../../../../urfave/context'
import { parseDigest, unpack } from '../../image'

export default command({
  name: 'unpack',
  usage: 'unpack applies layers from a manifest to a snapshot',
  args: '[flags] <digest>',
  flags: [
    ...SNAPSHOTTER_FLAGS,
  ],
  *run(context) {
    const digest = parseDigest(context.arg(0))
    const client = yield* connect(context)
    const images = yield* client.call((s, ns) => s.images.list(ns))
    const image = images.find((i) => i.target.digest === digest)
    if (image === undefined) throw new Failure('manifest not found')
    context.io.out(`unpacking ${digest} (${image.target.mediaType})...`)
    try {
      yield* unpack(client, image, snapshotter(context))
    } catch (error) {
      context.io.out('\n')
      throw error
    }
    context.io.out('done\n')
  },
})
