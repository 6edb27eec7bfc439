/** ctr images list: list images known to containerd, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { type Client, connect, joinLabels, worded } from '../../client'
import type { Image } from '../../../../../containerd/services'
import { logrus } from '../../../../go/logrus'
import { checkpointEntry, isManifestType, readConfig, readManifest } from '../../image'
import { isGrpc } from '../../../../../containerd/grpc'
import type { Run } from '../../../../../kernel/run'
import type { Context } from '../../../../urfave/context'
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
    const images = yield* worded(({ message }) => `failed to list images: ${message}`, client.call((s, ns) => s.images.list(ns, context.args)))
    if (context.bool('quiet')) {
      for (const { name } of images) context.io.out(`${name}\n`)
      return
    }
    const rows: string[][] = []
    for (const image of images) {
      const { size, platform } = yield* sizeAndPlatform(context, client, image)
      rows.push([image.name, image.target.mediaType, image.target.digest, progressBytes(size), platform, joinLabels(image.labels) || '-'])
    }
    context.io.out(narrowTable(['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS'], rows))
  },
})

/** A manifest that is not here is told on standard error, and counts by its descriptor. */
function* sizeAndPlatform(context: Context, client: Client, image: Image): Run<{ readonly size: number; readonly platform: string }> {
  const { io, sys } = context
  try {
    if (!isManifestType(image.target)) return { size: image.target.size, platform: '-' }
    const entry = yield* checkpointEntry(client, image)
    if (entry !== undefined) return { size: image.target.size + entry.size, platform: entry.platform ? `${entry.platform.os}/${entry.platform.architecture}` : '-' }
    const manifest = yield* readManifest(client, image)
    const config = yield* readConfig(client, manifest)
    return { size: image.target.size + manifest.config.size + manifest.layers.reduce((sum, layer) => sum + layer.size, 0), platform: `${config.os}/${config.architecture}` }
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    io.err(logrus(sys, 'error', `failed calculating size for image ${image.name}`, { fields: { error: error.message } }))
    io.err(logrus(sys, 'error', `failed resolving platform for image ${image.name}`, { fields: { error: error.message } }))
    return { size: image.target.size, platform: '-' }
  }
}
