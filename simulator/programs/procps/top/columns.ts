/** The columns of top that are shown at first, and the names of all fields (`top -O`, `-o`). */
import type { TopTask } from './tasks'

export interface TopView {
  readonly pidWidth: number
  readonly memTotalKb: number
  /** Seconds since the last look. */
  readonly elapsed: number
  readonly cpus: number
  readonly user: (uid: number) => string
  readonly commands: 'names' | 'lines'
  /** The smallest unit of memory figures: kB are 0, MB 1 … */
  readonly unit: number
}

export interface TopColumn {
  readonly header: string
  width(v: TopView): number
  readonly align: 'left' | 'right'
  show(t: TopTask, v: TopView): string
}

/** In the asked unit or the next one in which it fits: whole kB, one digit of all others. */
export function scaled(kb: number, width: number, least = 0): string {
  let value = kb
  for (const [i, unit] of ['', 'm', 'g', 't', 'p'].entries()) {
    const text = `${value.toFixed(unit === '' ? 0 : 1)}${unit}`
    if (i >= least && text.length <= width) return text
    value /= 1024
  }
  return '?'
}

const two = (n: number): string => String(n).padStart(2, '0')

/** MMM:SS.hh, coarser when it does not fit in nine characters. */
function time(ticks: number): string {
  const seconds = Math.floor(ticks / 100)
  const fine = `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${two(ticks % 100)}`
  return fine.length <= 9 ? fine : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

export function percent(value: number): string {
  return value.toFixed(1)
}

export const cpuShare = (t: TopTask, v: TopView): number => Math.min(v.elapsed > 0 ? t.used / v.elapsed : 0, 100 * Math.max(1, t.threads) * v.cpus)

export const COLUMNS: readonly TopColumn[] = [
  { header: 'PID', width: (v) => v.pidWidth, align: 'right', show: (t) => String(t.pid) },
  {
    header: 'USER', width: () => 8, align: 'left',
    show(t, v) {
      const name = v.user(t.uid)
      return name.length > 8 ? `${name.slice(0, 7)}+` : name
    },
  },
  { header: 'PR', width: () => 3, align: 'right', show: (t) => (t.priority < -99 ? 'rt' : String(t.priority)) },
  { header: 'NI', width: () => 3, align: 'right', show: (t) => String(t.nice) },
  { header: 'VIRT', width: () => 7, align: 'right', show: (t, v) => scaled(t.virtual, 7, v.unit) },
  { header: 'RES', width: () => 6, align: 'right', show: (t, v) => scaled(t.resident, 6, v.unit) },
  { header: 'SHR', width: () => 6, align: 'right', show: (t, v) => scaled(t.shared, 6, v.unit) },
  { header: 'S', width: () => 1, align: 'left', show: (t) => t.state },
  { header: '%CPU', width: () => 5, align: 'right', show: (t, v) => percent(cpuShare(t, v)) },
  { header: '%MEM', width: () => 5, align: 'right', show: (t, v) => percent((t.resident * 100) / v.memTotalKb) },
  { header: 'TIME+', width: () => 9, align: 'right', show: (t) => time(t.ticks) },
]

/** In the order of `top -O`. */
export const FIELDS = [
  'PID', 'PPID', 'UID', 'USER', 'RUID', 'RUSER', 'SUID', 'SUSER', 'GID', 'GROUP', 'PGRP', 'TTY', 'TPGID', 'SID', 'PR', 'NI', 'nTH', 'P', '%CPU', 'TIME', 'TIME+', '%MEM', 'VIRT',
  'SWAP', 'RES', 'CODE', 'DATA', 'SHR', 'nMaj', 'nMin', 'nDRT', 'S', 'COMMAND', 'WCHAN', 'Flags', 'CGROUPS', 'SUPGIDS', 'SUPGRPS', 'TGID', 'OOMa', 'OOMs', 'ENVIRON', 'vMj', 'vMn',
  'USED', 'nsIPC', 'nsMNT', 'nsNET', 'nsPID', 'nsUSER', 'nsUTS', 'LXC', 'RSan', 'RSfd', 'RSlk', 'RSsh', 'CGNAME', 'NU', 'LOGID', 'EXE', 'RSS', 'PSS', 'PSan',
  'PSfd', 'PSsh', 'USS', 'ioR', 'ioRop', 'ioW', 'ioWop', 'AGID', 'AGNI', 'STARTED', 'ELAPSED', '%CUU', '%CUC', 'nsCGROUP', 'nsTIME',
] as const

/** What a field sorts by; numbers from the highest down, as top does at first. */
export const ORDERS: Readonly<Record<string, (t: TopTask, v: TopView) => number | string>> = {
  PID: (t) => t.pid, PPID: (t) => t.ppid, UID: (t) => t.uid, USER: (t, v) => v.user(t.uid), PR: (t) => t.priority, NI: (t) => t.nice, nTH: (t) => t.threads, '%CPU': cpuShare,
  TIME: (t) => t.ticks, 'TIME+': (t) => t.ticks, '%MEM': (t) => t.resident, VIRT: (t) => t.virtual, RES: (t) => t.resident, SHR: (t) => t.shared, S: (t) => t.state,
  COMMAND: (t, v) => (v.commands === 'lines' ? t.command : t.comm),
}
