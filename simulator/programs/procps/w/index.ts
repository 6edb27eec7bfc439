/** w(1) of procps-ng 4.0.2. Who is logged in stands in utmp(5), which a node without a login program does not have: the heading alone. Recording: query/ps. */
import { procpsCommand } from '../command'
import { uptimeLine } from '../uptime'
import { HELP } from './help'

export default procpsCommand({
  help: HELP,
  summary: 'show who is logged on and what they are doing',
  *run(io, options) {
    if (options.has('no-header')) return
    // -f takes away what is shown without it, -i brings it back.
    const from = options.has('ip-addr') || options.given.filter((g) => g.name === 'from').length % 2 === 0
    io.out(`${yield* uptimeLine(io.sys)}\nUSER     TTY      ${from ? 'FROM             ' : ''}${options.has('short') ? ' IDLE WHAT' : ' LOGIN@   IDLE   JCPU   PCPU WHAT'}\n`)
  },
})
