/** crictl inspecti: return the status of one or more images, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect, imageLog, within } from '../client'
import { checkStatusFormat, imageMessage, mapText, showStatus, worded } from '../show'
import { quote } from '../../../go/strconv'
import { humanSize } from '../../../go/units'
import { Failure } from '../../../urfave/context'
import { toldImageStatus } from '../told'

export default command({
  name: 'inspecti',
  usage: 'Return the status of one or more images',
  args: 'IMAGE-ID [IMAGE-ID...]',
  flags: [
    string('output, o', 'Output format, One of: json|yaml|go-template|table'),
    bool('quiet, q', 'Do not show verbose information'),
    string('template', 'The template string is only used when output is go-template; The Template format is golang template'),
  ],
  shortOptions: 'joined',
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context, 'image')
    const verbose = !context.bool('quiet')
    for (const id of context.args) {
      const { image, info } = yield* within(`image status for ${quote(id)} request`, () =>
        cri.call((s) => s.image.imageStatus(id, { verbose }), imageLog(140, 'Get ImageStatus from image service failed', { image: quote(id) }), toldImageStatus(id, { verbose })),
      )
      if (image === null) throw new Failure(`no such image ${quote(id)} present`)
      checkStatusFormat(context)
      if (context.string('output') !== 'table') worded(`output status for ${quote(id)}`, () => showStatus(context, imageMessage(image), info))
      else {
        const names = image.repoTags.map((tag) => `Tag: ${tag}\n`).join('') + image.repoDigests.map((d) => `Digest: ${d}\n`).join('')
        context.io.out(`ID: ${image.id}\n${names}Size: ${humanSize(image.size, 3)}\n${verbose ? `Info: ${mapText(info)}\n` : ''}`)
      }
    }
  },
})
