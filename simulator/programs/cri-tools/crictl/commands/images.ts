/** crictl images: list images, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { quote } from '../../../go/strconv'
import { connect, imageLog, within } from '../client'
import { imageMessage, shortId, showMessage, table } from '../show'
import { humanSize } from '../../../go/units'
import type { CriImage } from '../../../../containerd/cri/services'
import { imageFilterText, toldImages } from '../told'

export default command({
  name: 'images',
  aliases: ['image', 'img'],
  usage: 'List images',
  args: '[REPOSITORY[:TAG]]',
  flags: [
    bool('digests', 'Show digests'),
    bool('no-trunc', 'Show output without truncating the ID'),
    string('output, o', 'Output format, One of: json|yaml|table'),
    bool('quiet, q', 'Only show image IDs'),
    bool('verbose, v', 'Show verbose info for images'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context, 'image')
    const given = context.arg(0)
    const log = imageLog(119, 'ListImages with filter from image service failed', { filter: quote(imageFilterText(given)) })
    const images = [...(yield* within('listing images', () => cri.call((s) => s.image.listImages({ image: given }), log, toldImages(given))))].sort((a, b) => (byRef(a) < byRef(b) ? -1 : byRef(a) > byRef(b) ? 1 : 0))
    if (showMessage(context, { images: images.map(imageMessage) }) === 'shown') return
    const showsDigest = context.bool('digests')
    const rows: string[][] = []
    for (const image of images) {
      if (context.bool('quiet')) {
        context.io.out(`${image.id}\n`)
        continue
      }
      if (context.bool('verbose')) {
        const tags = image.repoTags.map((tag) => `RepoTags: ${tag}\n`).join('') + image.repoDigests.map((d) => `RepoDigests: ${d}\n`).join('')
        const user = `${image.uid === null ? '' : `Uid: &Int64Value{Value:${image.uid},}\n`}${image.username === '' ? '' : `Username: ${image.username}\n`}`
        context.io.out(`ID: ${image.id}\n${tags}${image.size === 0 ? '' : `Size: ${image.size}\n`}${user}\n`)
        continue
      }
      const [repository = '<none>', digest = '<none>'] = image.repoDigests[0]?.split('@') ?? []
      const pairs = image.repoTags.length > 0 ? image.repoTags.map((tag) => [tag.slice(0, tag.lastIndexOf(':')), tag.slice(tag.lastIndexOf(':') + 1)]) : [[repository, '<none>']]
      const cut = (text: string): string => (context.bool('no-trunc') ? text : shortId(text))
      for (const [name = '', tag = ''] of pairs) rows.push([name, tag, ...(showsDigest ? [cut(digest)] : []), cut(image.id), humanSize(image.size, 3)])
    }
    if (!context.bool('quiet') && !context.bool('verbose')) context.io.out(table([['IMAGE', 'TAG', ...(showsDigest ? ['DIGEST'] : []), 'IMAGE ID', 'SIZE'], ...rows]))
  },
})

/** imageByRef: by the first tag, else the first digest. */
const byRef = (image: CriImage): string => image.repoTags[0] ?? image.repoDigests[0] ?? ''
