/** crictl imagefsinfo: return image filesystem info, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { string } from '../../../urfave/flag'
import { connect, imageLog, within } from '../client'
import { checkStatusFormat, showStatus, worded } from '../show'
import { humanSize } from '../../../go/units'
import { ownCrictl } from '../releases'
import { toldImageFs } from '../told'

export default command({
  name: 'imagefsinfo',
  usage: 'Return image filesystem info',
  flags: [
    string('output, o', 'Output format, One of: json|yaml|go-template|table'),
    string('template', 'The template string is only used when output is go-template; The Template format is golang template'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context, 'image')
    const fs = yield* within('image filesystem info request', () => cri.call((s) => s.image.imageFsInfo(), imageLog(212, 'ImageFsInfo from image service failed', {}), toldImageFs))
    const status = { timestamp: fs.timestamp, fsId: { mountpoint: fs.mountpoint }, usedBytes: { value: BigInt(fs.usedBytes) }, inodesUsed: { value: BigInt(fs.inodesUsed) } }
    checkStatusFormat(context)
    const { line } = yield* ownCrictl(context.sys)
    const shown = line === '1.26' ? status : { imageFilesystems: [status], containerFilesystems: [] }
    if (context.string('output') !== 'table') return worded('output image filesystem info', () => showStatus(context, shown, {}))
    if (line !== '1.26') {
      context.io.out(`Container Filesystem \nImage Filesystem \nTimeStamp[0]: ${fs.timestamp}\nDisk[0]: ${humanSize(fs.usedBytes, 4)}\nInodes[0]: ${fs.inodesUsed}\nMountpoint[0]: ${fs.mountpoint}\n`)
      return
    }
    context.io.out(`TimeStamp: ${fs.timestamp}\nUsedBytes: &UInt64Value{Value:${fs.usedBytes},}\nMountpoint: ${fs.mountpoint}\n`)
  },
})
