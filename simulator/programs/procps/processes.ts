/** What procps reads of /proc (proc(5)): one reading of each process, and the machine's figures. Processes that end meanwhile are left out. */
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

/** The part of `Sys` that reading /proc takes. */
export type ProcReader = Pick<Sys, 'readText' | 'readdir' | 'readlink'>

/** What cannot be printed is a `?` (libproc2 escape.c). */
export const printable = (text: string): string => text.replace(/[\0-\x1f\x7f-\x9f]/g, '?')

/** /proc/PID/cmdline on one line (readproc.c fill_cmdline_cvt). */
export const shownCommand = (cmdline: string): string => printable(cmdline.replace(/\0+$/, '').replaceAll('\0', ' ').replaceAll('\n', ' '))

export interface ProcessReading {
  readonly pid: number
  /** Differs from pid in a reading of a thread. */
  readonly tid: number
  readonly comm: string
  /** Fields of /proc/PID/stat by their number in proc(5); 1 and 2 are empty. */
  readonly stat: readonly string[]
  readonly status: StatusFields
  readonly argv: readonly string[]
}

export function* readText(sys: ProcReader, path: string): Run<string | undefined> {
  try {
    return yield* sys.readText(path)
  } catch (error) {
    if (error instanceof Errno) return undefined
    throw error
  }
}

export function readLink(sys: ProcReader, path: string): string | undefined {
  try {
    return sys.readlink(path)
  } catch (error) {
    if (error instanceof Errno) return undefined
    throw error
  }
}

const NUMBER = /^\d+$/

/** Numeric names in a directory, ascending. */
export function numericNames(sys: ProcReader, path: string): number[] {
  try {
    const numbers: number[] = []
    for (const { name } of sys.readdir(path)) if (NUMBER.test(name)) numbers.push(Number(name))
    return numbers.sort((a, b) => a - b)
  } catch (error) {
    if (error instanceof Errno) return []
    throw error
  }
}

const fieldsOf = (text: string): { comm: string; stat: string[] } => {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  return { comm: text.slice(open + 1, close), stat: `0 0 0 ${text.slice(close + 2, -1)}`.split(' ') }
}

/** The `Name:\tvalue` lines of /proc/PID/status; one is looked for when it is asked for. */
export class StatusFields {
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }
  get(name: string): string | undefined {
    const at = this.text.startsWith(`${name}:`) ? 0 : this.text.indexOf(`\n${name}:`) + 1
    if (at === 0 && name !== 'Name') return undefined
    const from = at + name.length + 1
    return this.text.slice(from, this.text.indexOf('\n', from)).trim()
  }
}

function* readOne(sys: ProcReader, dir: string, pid: number, tid: number): Run<ProcessReading | undefined> {
  const stat = yield* readText(sys, `${dir}/stat`)
  const status = yield* readText(sys, `${dir}/status`)
  const cmdline = yield* readText(sys, `${dir}/cmdline`)
  if (stat === undefined || status === undefined || cmdline === undefined) return undefined
  return { pid, tid, ...fieldsOf(stat), status: new StatusFields(status), argv: cmdline === '' ? [] : cmdline.replace(/\0$/, '').split('\0') }
}

export function* readProcess(sys: ProcReader, pid: number): Run<ProcessReading | undefined> {
  return yield* readOne(sys, `/proc/${pid}`, pid, pid)
}

export function* readProcesses(sys: ProcReader): Run<ProcessReading[]> {
  const all: ProcessReading[] = []
  for (const pid of numericNames(sys, '/proc')) {
    const one = yield* readProcess(sys, pid)
    if (one) all.push(one)
  }
  return all
}

export function* readThreads(sys: ProcReader, pid: number): Run<ProcessReading[]> {
  const all: ProcessReading[] = []
  for (const tid of numericNames(sys, `/proc/${pid}/task`)) {
    const one = yield* readOne(sys, `/proc/${pid}/task/${tid}`, pid, tid)
    if (one) all.push(one)
  }
  return all
}

export const field = (p: ProcessReading, n: number): number => Number(p.stat[n] ?? 0)
export const ppidOf = (p: ProcessReading): number => field(p, 4)
export const stateOf = (p: ProcessReading): string => p.stat[3] ?? '?'

/** real, effective, saved, file system id. */
export const ids = (p: ProcessReading, kind: 'Uid' | 'Gid'): number[] => (p.status.get(kind) ?? '').split('\t').map(Number)

const ODD = /[\0-\x1f\x7f]/

/** The command line as procps shows it: blanks for NULs, odd characters as `?`; `[comm]` without one. */
export function commandLine(p: ProcessReading): string {
  if (p.argv.length === 0) return stateOf(p) === 'Z' ? `[${p.comm}] <defunct>` : `[${p.comm}]`
  const line = p.argv.join(' ')
  return ODD.test(line) ? line.replace(/[\0-\x1f\x7f]/g, '?') : line
}

/** Names of terminals by device number (tty_nr of proc(5)). */
export function ttyName(nr: number): string | undefined {
  if (nr === 0) return undefined
  const major = (nr >> 8) & 0xfff
  const minor = (nr & 0xff) | ((nr >> 12) & 0xfff00)
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`
  if (major === 5 && minor === 1) return 'console'
  return undefined
}

/** A device number of stat(2) in the kernel's own form as tty_nr of /proc/PID/stat has it. */
export function ttyNumber(rdev: number): number {
  const minor = rdev % 1_048_576
  return Math.floor(rdev / 1_048_576) * 256 + (minor & 0xff) + (minor >> 8) * 1_048_576
}

/** id -> name of /etc/passwd or /etc/group. */
export function* readNames(sys: ProcReader, file: '/etc/passwd' | '/etc/group'): Run<Map<number, string>> {
  const names = new Map<number, string>()
  for (const line of ((yield* readText(sys, file)) ?? '').split('\n')) {
    const name = line.indexOf(':')
    const from = line.indexOf(':', name + 1) + 1
    if (name < 0 || from === 0) continue
    const end = line.indexOf(':', from)
    const id = line.slice(from, end < 0 ? line.length : end)
    if (NUMBER.test(id) && !names.has(Number(id))) names.set(Number(id), line.slice(0, name))
  }
  return names
}
