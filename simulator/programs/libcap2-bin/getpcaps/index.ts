/** getpcaps(8) of libcap 2.66, as /proc tells it. */
import { ALL_CAPABILITIES } from '../../../kernel/credentials'
import { isErrno } from '../../../kernel/errno'
import { program } from '../../program'
import { iabToText, setsToText } from '../text'

const USAGE = `usage: getcaps [opts] <pid> [<pid> ...]

  This program displays the capabilities on the queried process(es).
  The capabilities are displayed in the cap_from_text(3) format.

  Optional arguments:
     --help, -h or --usage display this message.
     --verbose             use a more verbose output format.
     --ugly or --legacy    use the archaic legacy output format.
     --iab                 show IAB of process too.
     --license             display license info
`

export default program({
  paths: ['/usr/sbin/getpcaps'],
  summary: 'display process capabilities',
  *run(io) {
    let form: 'plain' | 'verbose' | 'legacy' = 'plain'
    let iab: 'shown' | 'left out' = 'left out'
    let status = 0
    if (io.args.length === 0) {
      io.err(USAGE)
      return 1
    }
    for (const arg of io.args) {
      switch (arg) {
        case '--help': case '-h': case '--usage':
          io.err(USAGE)
          return 0
        case '--license':
          io.err(`${io.name}: not simulated in this lab\n`)
          return 125
        case '--verbose': form = 'verbose'; continue
        case '--ugly': case '--legacy': form = 'legacy'; continue
        case '--iab': iab = 'shown'; continue
      }
      if (!/^\s*\+?\d+$/.test(arg)) {
        io.err(`Cannot parse pid ${arg}: (${/^\s*-\d+$/.test(arg) ? 'Value too large for defined data type' : 'Invalid argument'})\n`)
        status = 1
        continue
      }
      const pid = Number(arg)
      let text: string
      try {
        text = yield* io.sys.readText(`/proc/${pid === 0 ? 'self' : pid}/status`)
      } catch (error) {
        if (!isErrno(error)) throw error
        io.err(`Failed to get cap's for process ${pid}: (No such process)\n`)
        status = 1
        continue
      }
      const set = (name: string): bigint => BigInt(`0x${new RegExp(`^${name}:\\s*(\\w+)`, 'm').exec(text)?.[1] ?? '0'}`) & ALL_CAPABILITIES
      const sets = setsToText({ effective: set('CapEff'), permitted: set('CapPrm'), inheritable: set('CapInh') })
      if (iab === 'shown') {
        const vector = iabToText({ capInheritable: set('CapInh'), capAmbient: set('CapAmb'), capBounding: set('CapBnd') })
        io.out(`${pid}: "${sets}"${vector === '' ? '' : ` [${vector}]`}\n`)
      } else if (form === 'verbose') io.out(`Capabilities for '${pid}': ${sets}\n`)
      else if (form === 'legacy') io.err(`Capabilities for \`${pid}': ${sets}\n`)
      else io.out(`${pid}: ${sets}\n`)
    }
    return status
  },
})
