/** ctr images check: check existing images to ensure all content is available locally, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { SNAPSHOTTER_FLAGS } from '../../flags'
import { connect, Failures, messageOf } from '../../client'
import { Failure } from '../../../../urfave/context'
import { checkImage, isUnpacked } from '../../image'
import { narrowTable } from '../../table'

export default command({
  name: 'check',
  usage: 'check existing images to ensure all content is available locally',
  args: '[flags] [<filter>, ...]',
  description: 'check existing images to ensure all content is available locally',
  flags: [
    bool('quiet, q', 'print only the ready image refs (fully downloaded and unpacked)'),
    ...SNAPSHOTTER_FLAGS,
  ],
  *run(context) {
    const client = yield* connect(context)
    const images = yield* client.call((s, ns) => s.images.list(ns, context.args))
    if (images.length === 0) return
    const rows: string[][] = []
    const failures = new Failures(context)
    for (const image of images) {
      const { status, size, isComplete } = yield* checkImage(client, image)
      let unpacked = false
      try {
        unpacked = yield* isUnpacked(client, image, context.string('snapshotter') || 'overlayfs')
      } catch (error) {
        const sentence = `unable to check unpack for ${image.name}`
        failures.add(error, sentence, new Failure(`${sentence}: ${messageOf(error)}`))
      }
      if (!context.bool('quiet')) rows.push([image.name, image.target.mediaType, image.target.digest, status, size, String(unpacked)])
      else if (isComplete) context.io.out(`${image.name}\n`)
    }
    if (!context.bool('quiet')) context.io.out(narrowTable(['REF', 'TYPE', 'DIGEST', 'STATUS', 'SIZE', 'UNPACKED'], rows, 'open'))
    failures.end()
  },
})
