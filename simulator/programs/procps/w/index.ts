/** w(1) of procps-ng 4.0.2. Who is logged in stands in utmp(5), which a node without a login program does not have: the heading alone. Recording: query/ps. */
import type { Io } from '../../program'
import { procpsCommand } from '../command'
import { uptimeLine } from '../uptime'
import { HELP } from './help'

/** The width of a column that the environment may set. */
function widthFrom(io: Io, name: string, what: string, least: number, most: number, otherwise: number, end: string): number {
  const text = io.env(name)
  if (text === undefined) return otherwise
  const width = /^\d+$/.test(text) ? Number(text) : 0
  if (width >= least && width <= most) return width
  io.err(`w: ${what} length environment ${name} must be between ${least} and ${most}, ignoring${end}\n`)
  return otherwise
}

export default procpsCommand({
  help: HELP,
  summary: 'show who is logged on and what they are doing',
  *run(io, options) {
    const user = widthFrom(io, 'PROCPS_USERLEN', 'User', 8, 32, 8, '.\n')
    const host = widthFrom(io, 'PROCPS_FROMLEN', 'from', 8, 256, 16, '\n')
    if (options.has('no-header')) return
    // -f takes away what is shown without it, -i brings it back.
    const from = options.has('ip-addr') || options.given.filter((g) => g.name === 'from').length % 2 === 0
    io.out(`${yield* uptimeLine(io.sys)}\n${'USER'.padEnd(user)} TTY      ${from ? 'FROM'.padEnd(host - 1) : ''}${options.has('short') ? '   IDLE WHAT' : '  LOGIN@   IDLE   JCPU   PCPU WHAT'}\n`)
  },
})
