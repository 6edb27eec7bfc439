/** taskset(1) of util-linux 2.38.1: shows on which CPUs a process may run. Changing that is not simulated. */
import { command } from '../command'
import { readText } from '../../procps/processes'
import { HELP } from './help'

export default command({
  help: HELP,
  version: 'taskset from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: "set or retrieve a process's CPU affinity",
  *run(io, options) {
    const usage = (): number => {
      io.err("taskset: bad usage\nTry 'taskset --help' for more information.\n")
      return 1
    }
    const [first, second] = options.operands
    if (first === undefined) return usage()
    if (!options.has('pid') || second !== undefined) {
      const mask = options.has('cpu-list') ? /^\d+(-\d+(:\d+)?)?(,\d+(-\d+(:\d+)?)?)*$/ : /^(0x)?[0-9a-fA-F,]+$/
      if (!options.has('pid') && second === undefined) return usage()
      if (!mask.test(first)) {
        io.err(`taskset: failed to parse CPU ${options.has('cpu-list') ? 'list' : 'mask'}: ${first}\n`)
        return 1
      }
      io.err('taskset: not simulated in this lab\n')
      return 125
    }
    if (!/^\d+$/.test(first)) {
      io.err(`taskset: invalid PID argument: '${first}'\n`)
      return 1
    }
    const status = yield* readText(io.sys, `/proc/${first}/status`)
    if (status === undefined) {
      io.err(`taskset: failed to get pid ${first}'s affinity: No such process\n`)
      return 1
    }
    const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? ''
    const list = field('Cpus_allowed_list').replace(/\b(\d+)-(\d+)\b/g, (all, a: string, b: string) => (Number(b) === Number(a) + 1 ? `${a},${b}` : all))
    io.out(options.has('cpu-list') ? `pid ${first}'s current affinity list: ${list}\n` : `pid ${first}'s current affinity mask: ${field('Cpus_allowed').replace(/^[0,]+(?=.)/, '')}\n`)
    return 0
  },
})
