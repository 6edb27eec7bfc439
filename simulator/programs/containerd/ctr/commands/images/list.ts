/** ctr images list: list images known to containerd, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, joinLabels } from '../../client'
import { readConfig, readManifest } from '../../image'
import { isGrpc } from '../../../../../containerd/grpc'
import type { Run } from '../../../../../kernel/run'
import { Failure } from '../../../../urfave/context'
import { narrowTable } from '../../table'
import { progressBytes } from '../../../../go/units'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list images known to containerd',
  args: '[flags] [<filter>, ...]',
  description: 'list images registered with containerd',
  flags: [
    bool('quiet, q', 'print only the image refs'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const images = yield* listed(client.call((s, ns) => s.images.list(ns, context.args)))
    if (context.bool('quiet')) {
      for (const { name } of images) context.io.out(`${name}\n`)
      return
    }
    const rows: string[][] = []
    for (const image of images) {
      const manifest = yield* readManifest(client, image)
      const config = yield* readConfig(client, manifest)
      const size = image.target.size + manifest.config.size + manifest.layers.reduce((sum, layer) => sum + layer.size, 0)
      rows.push([image.name, image.target.mediaType, image.target.digest, progressBytes(size), `${config.os}/${config.architecture}`, joinLabels(image.labels) || '-'])
    }
    context.io.out(narrowTable(['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS'], rows))
  },
})

/** The command's own words before those of a filter that is none. */
function* listed<T>(call: Run<T>): Run<T> {
  try {
    return yield* call
  } catch (error) {
    if (!isGrpc(error, 'InvalidArgument')) throw error
    throw new Failure(`failed to list images: ${error.message}`)
  }
}
