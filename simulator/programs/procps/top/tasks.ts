/** What top shows of each task: figures of /proc, and the CPU it used since the last look (top.c of procps-ng 4.0.2). */
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { numericNames, readText } from '../processes'

export interface TopTask {
  readonly pid: number
  readonly ppid: number
  readonly uid: number
  readonly comm: string
  readonly command: string
  readonly state: string
  readonly priority: number
  readonly nice: number
  readonly threads: number
  /** kB. */
  readonly virtual: number
  readonly resident: number
  readonly shared: number
  /** Ticks. */
  readonly ticks: number
  readonly started: number
  /** Ticks used since the last look. */
  readonly used: number
}

export function* readTasks(sys: Sys, before: ReadonlyMap<number, TopTask>, threads: 'processes' | 'threads', times: 'own' | 'with-children', wanted: (pid: number) => boolean): Run<TopTask[]> {
  const all: TopTask[] = []
  for (const tgid of numericNames(sys, '/proc').filter(wanted))
    for (const pid of threads === 'threads' ? numericNames(sys, `/proc/${tgid}/task`) : [tgid]) {
      const dir = threads === 'threads' ? `/proc/${tgid}/task/${pid}` : `/proc/${pid}`
      const stat = yield* readText(sys, `${dir}/stat`)
      const statm = yield* readText(sys, `${dir}/statm`)
      const line = yield* readText(sys, `${dir}/cmdline`)
      if (stat === undefined || statm === undefined || line === undefined) continue
      const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const f = ['', '', '', ...stat.slice(stat.lastIndexOf(')') + 2).trimEnd().split(' ')]
      const n = (i: number): number => Number(f[i] ?? 0)
      const [size = 0, resident = 0, shared = 0] = statm.split(' ').map((pages) => Number(pages) * 4)
      const ticks = n(14) + n(15) + (times === 'with-children' ? n(16) + n(17) : 0)
      const last = before.get(pid)
      all.push({
        pid, ppid: n(4), uid: sys.stat(`/proc/${tgid}`).uid, comm, state: f[3] ?? '?', priority: n(18), nice: n(19), threads: n(20), virtual: size, resident, shared, ticks, started: n(22),
        command: line === '' ? `[${comm}]` : line.replace(/\0+$/, '').replaceAll('\0', ' '), used: last ? ticks - last.ticks : 0,
      })
      if (sys.spend(15)) yield 'preempted'
    }
  return all
}
