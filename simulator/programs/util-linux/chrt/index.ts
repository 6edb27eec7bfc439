/** chrt(1) of util-linux 2.38.1: shows how a process is scheduled. Real-time scheduling is not simulated: all run as SCHED_OTHER. */
import { command } from '../command'
import { usageError } from '../../options'
import { readText } from '../../procps/processes'
import { HELP } from './help'

const POLICIES: readonly (readonly [name: string, least: number, most: number])[] = [
  ['OTHER', 0, 0], ['FIFO', 1, 99], ['RR', 1, 99], ['BATCH', 0, 0], ['IDLE', 0, 0], ['DEADLINE', 0, 0],
]

export default command({
  help: HELP,
  hidden: '  -T, --sched-runtime <ns>\n  -P, --sched-period <ns>\n  -D, --sched-deadline <ns>',
  version: 'chrt from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'manipulate the real-time attributes of a process',
  *run(io, options) {
    if (options.has('max')) {
      for (const [name, least, most] of POLICIES) io.out(`SCHED_${name} min/max priority\t: ${least}/${most}\n`)
      return 0
    }
    const [first, second] = options.operands
    if (first === undefined || (second === undefined && !options.has('pid'))) {
      io.err('chrt: bad usage\n')
      return usageError(io)
    }
    if (!options.has('pid') || second !== undefined) {
      if (!/^\d+$/.test(first)) {
        io.err(`chrt: invalid priority argument: '${first}'\n`)
        return 1
      }
      io.err('chrt: not simulated in this lab\n')
      return 125
    }
    if (!/^\d+$/.test(first)) {
      io.err(`chrt: invalid PID argument: '${first}'\n`)
      return 1
    }
    const status = yield* readText(io.sys, `/proc/${first}/stat`)
    if (status === undefined) {
      io.err(`chrt: failed to get pid ${first}'s policy: No such process\n`)
      return 1
    }
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const policy = POLICIES[Number(fields[38])]?.[0] ?? 'OTHER'
    io.out(`pid ${first}'s current scheduling policy: SCHED_${policy}\npid ${first}'s current scheduling priority: ${fields[37]}\n`)
    return 0
  },
})
