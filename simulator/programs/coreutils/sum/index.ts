/** sum(1) of coreutils 9.1. */
import { bareCloseout } from '../../closeout'
import { command } from '../command'
import { bsd, sysv } from '../crc'
import { openSource, reason, shown } from '../files'
import { HELP, VERSION } from './help'

export default command({
  unwritten: bareCloseout,
  summary: 'checksum and count the blocks in a file',
  help: HELP, version: VERSION,
  *run(io, options) {
    const system5 = options.last('r', 's') === 's'
    const { operands } = options
    let status = 0
    for (const path of operands.length > 0 ? operands : ['-']) {
      try {
        const source = yield* openSource(io.sys, path)
        const { sum, bytes } = yield* (system5 ? sysv : bsd)(io, source)
        source.close()
        const blocks = Math.ceil(bytes / (system5 ? 512 : 1024))
        const name = operands.length > 0 ? ` ${path}` : ''
        io.out(system5 ? `${sum} ${blocks}${name}\n` : `${String(sum).padStart(5, '0')} ${String(blocks).padStart(5)}${name}\n`)
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})
