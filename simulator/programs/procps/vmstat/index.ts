/** vmstat(8) of procps-ng 4.0.2: the table of processes, memory, swap, blocks and CPU. Its other modes (disks, slabs, counters) are not simulated. */
import { bareCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { procpsCommand, wrongCall } from '../command'
import { readMemory } from '../meminfo'
import { readText } from '../processes'
import { HELP } from './help'

interface Sample {
  readonly running: number
  readonly blocked: number
  readonly interrupts: number
  readonly switches: number
  /** user, nice, system, idle, iowait, irq, softirq, steal, guest … */
  readonly cpu: readonly number[]
  readonly vm: (name: string) => number
  readonly memory: readonly [swapped: number, free: number, buffers: number, cached: number, inactive: number, active: number]
}

function* sample(sys: Sys): Run<Sample> {
  const stat = (yield* readText(sys, '/proc/stat')) ?? ''
  const vm = (yield* readText(sys, '/proc/vmstat')) ?? ''
  const number = (text: string, name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const m = yield* readMemory(sys)
  return {
    running: number(stat, 'procs_running'), blocked: number(stat, 'procs_blocked'), interrupts: number(stat, 'intr'), switches: number(stat, 'ctxt'),
    cpu: (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number), vm: (name) => number(vm, name),
    memory: [m.swapUsed, m.kb('MemFree'), m.kb('Buffers'), m.cached, m.kb('Inactive'), m.kb('Active')],
  }
}

const UNITS: Readonly<Record<string, number>> = { k: 1000, K: 1024, m: 1e6, M: 1048576 }
const NARROW = [2, 2, 6, 6, 6, 6, 4, 4, 5, 5, 4, 4, 2, 2, 2, 2, 2]
const WIDE = [4, 4, 12, 12, 12, 12, 4, 4, 5, 5, 4, 4, 3, 3, 3, 3, 3, 3]

export default procpsCommand({
  unwritten: bareCloseout,
  help: HELP,
  summary: 'report virtual memory statistics',
  *run(io, options) {
    if (['forks', 'slabs', 'stats', 'disk', 'disk-sum', 'partition'].some((name) => options.has(name))) {
      io.err('vmstat: not simulated in this lab\n')
      return 125
    }
    const bad = options.operands.find((word) => !/^\d+$/.test(word))
    if (bad !== undefined) {
      io.err(`vmstat: failed to parse argument: '${bad}'\n`)
      return 1
    }
    if (options.operands[0] !== undefined && Number(options.operands[0]) === 0) {
      io.err('vmstat: delay must be positive integer\n')
      return 1
    }
    if (options.operands.length > 2) wrongCall(io, HELP)
    const unit = options.value('unit')
    if (unit !== undefined && UNITS[unit[0] ?? ''] === undefined) {
      io.err('vmstat: -S requires k, K, m or M (default is KiB)\n')
      return 1
    }
    const [delay, count] = options.operands.map(Number)
    const scale = (kb: number): number => Math.floor((kb * 1024) / (UNITS[unit?.[0] ?? 'K'] ?? 1024))
    const wide = options.has('wide')
    const active = options.has('active')
    const stamp = options.has('timestamp')
    const row = (values: readonly (string | number)[]): string => (wide ? WIDE : NARROW).map((w, i) => String(values[i] ?? '').padStart(w)).join(' ')
    const header = (): void => {
      io.out(wide
        ? '--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------'
        : 'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----')
      io.out(`${stamp ? ' -----timestamp-----' : ''}\n`)
      io.out(row(['r', 'b', 'swpd', 'free', ...(active ? ['inact', 'active'] : ['buff', 'cache']), 'si', 'so', 'bi', 'bo', 'in', 'cs', 'us', 'sy', 'id', 'wa', 'st', 'gu']))
      io.out(`${stamp ? `${' '.repeat(17)}UTC` : ''}\n`)
    }
    const show = (now: Sample, before: Sample | undefined): void => {
      const delta = now.cpu.map((n, i) => n - (before?.cpu[i] ?? 0))
      const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, steal = 0, guest = 0, guestNice = 0] = delta
      const parts = [user + nice, system + irq + softirq, idle, wait, steal, guest + guestNice]
      const all = parts.slice(0, 5).reduce((a, b) => a + b, 0) || 1
      const half = Math.floor(all / 2)
      // Since boot by ticks of all CPUs, afterwards by seconds.
      const rate = (value: number): number => (before ? Math.floor((value + (delay ?? 1) / 2) / (delay ?? 1)) : Math.floor((value * 100 + half) / all))
      const change = (name: string): number => now.vm(name) - (before?.vm(name) ?? 0)
      const [swapped, free, buffers, cached, inactive, activeKb] = now.memory
      const figures = [now.running, now.blocked, scale(swapped), scale(free), scale(active ? inactive : buffers), scale(active ? activeKb : cached),
        rate(change('pswpin') * 4), rate(change('pswpout') * 4), rate(change('pgpgin')), rate(change('pgpgout')), rate(now.interrupts - (before?.interrupts ?? 0)),
        rate(now.switches - (before?.switches ?? 0)), ...parts.map((p) => Math.floor((100 * p + half) / all))]
      const at = new Date(io.sys.now().sec * 1000).toISOString()
      io.out(`${row(figures)}${stamp ? ` ${at.slice(0, 10)} ${at.slice(11, 19)}` : ''}\n`)
    }
    header()
    const repeats = delay === undefined ? 1 : (count ?? Number.POSITIVE_INFINITY)
    let before: Sample | undefined = options.has('no-first') ? yield* sample(io.sys) : undefined
    for (let i = 0; i < repeats; i++) {
      if (i > 0 || before) yield* io.sys.sleep((delay ?? 1) * 1e9)
      if (i > 0 && i % 21 === 0 && !options.has('one-header')) header()
      const now = yield* sample(io.sys)
      show(now, before)
      before = now
      yield* io.flush()
    }
    return 0
  },
})
