/** killall(1) of PSmisc 23.6. Recording: query/ps. */
import { Errno, isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { RegexError } from '../../../regex'
import { accounts } from '../../coreutils/accounts'
import { declare } from '../../options/declare'
import { type Options, parseOptions, UsageError } from '../../options/parse'
import { type Io, program } from '../../program'
import { listSignals, numberOf, takeSignal } from '../../procps/signals'
import { regcomp } from '../../procps/regcomp'
import { numericNames, readLink, readText } from '../../procps/processes'
import { versionText } from '../version'
import { USAGE } from './help'

const DECLARED = declare([
  '  -y, --younger-than TIME\n  -o, --older-than TIME\n  -s, --signal SIGNAL\n  -u, --user USER\n  -n, --ns PID\n  -Z, --context REGEXP',
  USAGE.replace(/^ {2}(-\w),--/gm, '  $1, --'),
])
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800, M: 2_592_000, y: 31_536_000 }
/** Names of processes are cut to this. */
const COMM = 15

interface Process {
  readonly pid: number
  readonly comm: string
  readonly name: string
  readonly age: number
  readonly uid: number
}

function* processes(io: Io): Run<Process[]> {
  const uptime = io.sys.monotonic() / 1e9
  const all: Process[] = []
  for (const pid of numericNames(io.sys, '/proc')) {
    const stat = yield* readText(io.sys, `/proc/${pid}/stat`)
    if (stat === undefined || pid === io.sys.pid) continue
    const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    // A name that may have been cut is completed from the command line.
    const words = comm.length === COMM ? ((yield* readText(io.sys, `/proc/${pid}/cmdline`)) ?? '').split('\0') : []
    const long = words.map((w) => w.slice(w.lastIndexOf('/') + 1)).find((w) => w.startsWith(comm))
    all.push({ pid, comm, name: long ?? comm, age: uptime - start / 100, uid: io.sys.stat(`/proc/${pid}`).uid })
  }
  return all
}

function matcher(io: Io, options: Options, name: string): (p: Process) => boolean {
  if (options.has('regexp')) {
    const regex = regcomp(name, options.has('ignore-case') ? 'any-case' : 'exact')
    return (p) => regex.test(p.name)
  }
  if (name.includes('/')) {
    const inode = (path: string): string | undefined => {
      try {
        const { dev, ino } = io.sys.stat(path)
        return `${dev}:${ino}`
      } catch (error) {
        if (!isErrno(error)) throw error
        return undefined
      }
    }
    const wanted = inode(name)
    if (wanted !== undefined) return (p) => inode(`/proc/${p.pid}/exe`) === wanted
  }
  const fold = (text: string): string => (options.has('ignore-case') ? text.toLowerCase() : text)
  return (p) => fold(p.name) === fold(name) || (!options.has('exact') && name.length > COMM && fold(p.name) === fold(p.comm) && fold(p.comm) === fold(name.slice(0, COMM)))
}

function* confirmed(io: Io, p: Process, signo: number): Run<boolean> {
  io.out(signo === 15 ? `Kill ${p.name}(${p.pid}) ? (y/N) ` : `Signal ${p.name}(${p.pid}) ? (y/N) `)
  yield* io.flush()
  let line = ''
  for (;;) {
    const bytes = yield* io.sys.read(0, 1)
    if (bytes.length === 0 || bytes[0] === 10) break
    line += String.fromCharCode(bytes[0] ?? 0)
  }
  return /^[yY]/.test(line)
}

export default program({
  summary: 'kill processes by name',
  *run(io) {
    const { args, signo: taken } = takeSignal(io.args)
    const usage = (message = ''): never => {
      io.err(message === '' ? USAGE : `${message}\n${USAGE}`)
      return io.exit(1)
    }
    const unknown = taken === undefined ? args.find((arg) => /^-[A-Z][A-Z0-9+-]+$/.test(arg)) : undefined
    if (unknown !== undefined) {
      io.err(`${unknown.slice(1)}: unknown signal; killall -l lists signals.\n`)
      return 1
    }
    let options: Options
    try {
      options = parseOptions(args, DECLARED)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      // What is wrong with an option is not said.
      return usage()
    }
    if (options.has('version')) {
      io.err(versionText('killall', '1993-2022'))
      return 0
    }
    if (options.has('list')) {
      io.out(listSignals())
      return 0
    }
    if (options.has('context')) {
      io.err('killall: not simulated in this lab\n')
      return 125
    }
    const named = options.value('signal')
    const signo = named === undefined ? (taken ?? 15) : numberOf(named)
    if (signo === undefined) {
      io.err(`${named}: unknown signal; killall -l lists signals.\n`)
      return 1
    }
    const limits: Partial<Record<'younger-than' | 'older-than', number>> = {}
    for (const name of ['younger-than', 'older-than'] as const) {
      const text = options.value(name)
      if (text === undefined) continue
      const [, n, unit] = /^(\d+(?:\.\d+)?)([smhdwMy])$/.exec(text) ?? []
      if (n === undefined || unit === undefined) return usage('Invalid time format')
      limits[name] = Number(n) * (UNITS[unit] ?? 1)
    }
    const user = options.value('user')
    const uid = user === undefined ? undefined : (yield* accounts(io.sys)).users.find((u) => u.name === user)?.id
    if (user !== undefined && uid === undefined) {
      io.err(`Cannot find user ${user}\n`)
      return 1
    }
    const names = options.operands
    const ns = options.value('ns')
    if (ns !== undefined && !(Number.parseInt(ns, 10) > 0)) return usage('Invalid namespace PID')
    if (names.length === 0 && user === undefined && ns === undefined) usage()
    for (const name of options.has('regexp') ? [] : names.filter((n) => n.includes('/'))) {
      try {
        io.sys.stat(name)
      } catch (error) {
        if (!isErrno(error)) throw error
        io.err(`${name}: ${error.message}\n`)
        return 1
      }
    }
    let matchers: ((p: Process) => boolean)[]
    try {
      matchers = names.map((name) => matcher(io, options, name))
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      io.err(`killall: Bad regular expression: ${names.find((n) => n !== '')}\n`)
      return 1
    }
    const label = (pid: number | string): string | undefined => readLink(io.sys, `/proc/${pid}/ns/pid`)
    const found = new Set<number>()
    const killed: number[] = []
    const groups = new Set<number>()
    for (const p of yield* processes(io)) {
      if (uid !== undefined && p.uid !== uid) continue
      if (ns !== undefined && label(p.pid) !== label(ns)) continue
      if (limits['younger-than'] !== undefined && p.age > limits['younger-than']) continue
      if (limits['older-than'] !== undefined && p.age < limits['older-than']) continue
      const which = matchers.findIndex((matches) => matches(p))
      if (names.length > 0 && which < 0) continue
      const group = options.has('process-group')
      const id = group ? io.sys.getpgid(p.pid) : p.pid
      if (group && groups.has(id)) continue
      groups.add(id)
      if (options.has('interactive') && !(yield* confirmed(io, p, signo))) continue
      try {
        io.sys.kill(group ? -id : id, signo)
        if (options.has('verbose')) io.err(`Killed ${p.name}(${group ? 'pgid ' : ''}${id}) with signal ${signo}\n`)
        if (which >= 0) found.add(which)
        killed.push(group ? -id : id)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        if (error.code !== 'ESRCH') io.err(`${p.name}(${id}): ${error.message}\n`)
      }
    }
    if (!options.has('quiet')) for (const [i, name] of names.entries()) if (!found.has(i)) io.err(`${name}: no process found\n`)
    if (options.has('wait')) {
      const alive = (id: number): boolean => {
        try {
          io.sys.kill(id, 0)
          return true
        } catch (error) {
          if (!isErrno(error)) throw error
          return false
        }
      }
      while (killed.some(alive)) yield* io.sys.sleep(1e9)
    }
    return (names.length > 0 ? found.size === names.length : killed.length > 0) ? 0 : 1
  },
})
