/** uptime(1) of procps-ng 4.0.2. Recording: query/ps. */
import { procpsCommand, wrongCall } from '../command'
import { prettyUptime, uptimeLine, uptimeSeconds } from '../uptime'
import { HELP } from './help'

export default procpsCommand({
  help: HELP,
  summary: 'tell how long the system has been running',
  *run(io, options) {
    if (options.operands.length > 0) wrongCall(io, HELP)
    const asked = options.last('pretty', 'since')
    if (asked === 'pretty') io.out(`${prettyUptime(yield* uptimeSeconds(io.sys))}\n`)
    else if (asked === 'since') {
      const at = new Date(Math.floor(io.sys.now().sec - (yield* uptimeSeconds(io.sys)) + 0.5) * 1000)
      io.out(`${at.toISOString().slice(0, 19).replace('T', ' ')}\n`)
    } else io.out(`${yield* uptimeLine(io.sys)}\n`)
  },
})
