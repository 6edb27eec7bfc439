/** crictl imagefsinfo: return image filesystem info, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { string } from '../../../urfave/flag'
import { connect, imageLog, within } from '../client'
import { checkStatusFormat, showStatus, worded } from '../show'
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
    if (context.string('output') !== 'table') return worded('output image filesystem info', () => showStatus(context, status, {}))
    context.io.out(`TimeStamp: ${fs.timestamp}\nUsedBytes: &UInt64Value{Value:${fs.usedBytes},}\nMountpoint: ${fs.mountpoint}\n`)
  },
})
