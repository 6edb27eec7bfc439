/** pgrep(1) and pkill(1) of procps-ng 4.0.2: one matcher, two ways to end. Recording: query/ps. */
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { type Regex, RegexError } from '../../regex'
import { declare } from '../options/declare'
import { type Options, parseOptions, UsageError } from '../options/parse'
import type { Io } from '../program'
import { numericNames, readLink, readNames, readText, shownCommand, ttyName } from './processes'
import { HELP as PGREP } from './pgrep/help'
import { HELP as PKILL } from './pkill/help'
import { regcomp } from './regcomp'
import { numberOf, takeSignal } from './signals'

type Mode = 'pgrep' | 'pkill'
const HELP: Readonly<Record<Mode, string>> = { pgrep: PGREP, pkill: PKILL }
const DECLARED = { pgrep: declare(['  --signal <sig>', PGREP]), pkill: declare(['  --signal <sig>', PKILL]) }
const NAMESPACES = ['ipc', 'mnt', 'net', 'pid', 'user', 'uts']
const COMM = 15

/** What ends the program: text for standard error (without the name where it begins with `\n`), status. */
class Refusal extends Error {
  readonly code: number
  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }
}

interface Found {
  readonly pid: number
  readonly comm: string
  readonly command: string
}

/** A process or thread as far as options ask. */
interface Candidate extends Found {
  readonly tgid: number
  readonly stat: readonly string[]
  readonly dir: string
}

const hint = (io: Io): string => `Try \`${io.name} --help' for more information.`

function* ids(io: Io, text: string, kind: 'user' | 'group'): Run<Set<number>> {
  const names = yield* readNames(io.sys, kind === 'user' ? '/etc/passwd' : '/etc/group')
  return new Set(text.split(',').map((word) => {
    if (/^-?\d+$/.test(word)) return Number(word)
    for (const [id, name] of names) if (name === word) return id
    throw new Refusal(`invalid ${kind} name: ${word}`, 2)
  }))
}

/** Numbers of a list; 0 is the caller's own. */
function numbers(text: string, what: string, own?: number): Set<number> {
  return new Set(text.split(',').map((word) => {
    if (!/^\s*[+-]?\d+$/.test(word)) throw new Refusal(`${what}: ${word}`, 2)
    return Number(word) === 0 && own !== undefined ? own : Number(word)
  }))
}

type Test = (p: Candidate) => Run<boolean>
const sure = (test: (p: Candidate) => boolean): Test =>
  function* (p) {
    return test(p)
  }

/** The selection that the options make; how many there are decides whether a pattern may be left out. */
function* tests(io: Io, options: Options): Run<Test[]> {
  const list: Test[] = []
  const { sys } = io
  const field = (p: Candidate, n: number): number => Number(p.stat[n] ?? 0)
  const has = (set: ReadonlySet<number>, n: number): Test => sure((p) => set.has(field(p, n)))
  const statusIds = (set: ReadonlySet<number>, line: 'Uid' | 'Gid', which: number): Test =>
    function* (p) {
      const text = (yield* readText(sys, `${p.dir}/status`)) ?? ''
      return set.has(Number(new RegExp(`^${line}:\\s+(.*)`, 'm').exec(text)?.[1]?.split(/\s+/)[which]))
    }
  const value = (name: string): string | undefined => options.value(name)
  const ppid = value('parent')
  if (ppid !== undefined) list.push(has(numbers(ppid, 'not a number'), 4))
  const pgroup = value('pgroup')
  if (pgroup !== undefined) list.push(has(numbers(pgroup, 'invalid process group', sys.getpgid()), 5))
  const session = value('session')
  if (session !== undefined) list.push(has(numbers(session, 'invalid session id', sys.getsid()), 6))
  for (const [name, kind, line, which] of [['euid', 'user', 'Uid', 1], ['uid', 'user', 'Uid', 0], ['group', 'group', 'Gid', 0]] as const) {
    const text = value(name)
    if (text !== undefined) list.push(statusIds(yield* ids(io, text, kind), line, which))
  }
  const older = value('older')
  if (older !== undefined) list.push(sure((p) => Math.floor(sys.monotonic() / 1e9 - field(p, 22) / 100) >= (Number.parseInt(older, 10) || 0)))
  const terminals = value('terminal')?.split(',')
  if (terminals) list.push(sure((p) => terminals.includes(ttyName(field(p, 7)) ?? '?')))
  // A pid of 0 is taken for states: a slip of 4.0.2. --ns is a criterion of its own.
  const ns = value('ns')
  if (ns !== undefined) list.push(sure(() => true))
  const states = value('runstates') ?? (ns !== undefined && !(Number.parseInt(ns, 10) > 0) ? ns : undefined)
  if (states !== undefined) list.push(sure((p) => states.includes(p.stat[3] ?? '?')))
  const cgroups = value('cgroup')?.split(',')
  if (cgroups)
    list.push(function* (p) {
      const lines = ((yield* readText(sys, `${p.dir}/cgroup`)) ?? '').split('\n')
      return lines.some((l) => l.startsWith('0::') && cgroups.includes(l.slice(3)))
    })
  const pidfile = value('pidfile')
  if (pidfile !== undefined) {
    const pid = /^\s*(\d+)/.exec((yield* readText(sys, pidfile)) ?? '')?.[1]
    if (pid === undefined) throw new Refusal(`pidfile not valid\n${hint(io)}`, 1)
    list.push(sure((p) => p.tgid === Number(pid)))
  }
  return list
}

/** Processes in the same namespaces as another. */
function sharing(io: Io, options: Options): Test | undefined {
  const wanted = options.value('nslist')?.split(',') ?? NAMESPACES
  if (wanted.some((type) => !NAMESPACES.includes(type))) throw new Refusal('', 2)
  const pid = options.value('ns')
  if (pid === undefined) return undefined
  if (!(Number.parseInt(pid, 10) > 0)) return undefined
  const label = (of: string, type: string): string | undefined => readLink(io.sys, `/proc/${of}/ns/${type}`)
  if (label(pid, 'pid') === undefined) throw new Refusal('', 1)
  return sure((p) => wanted.every((type) => label(String(p.pid), type) === label(pid, type)))
}

/** Parents up to the first process. */
function* ancestors(io: Io): Run<Set<number>> {
  const above = new Set<number>()
  for (let pid = io.sys.ppid; pid > 0 && !above.has(pid); ) {
    above.add(pid)
    const stat = (yield* readText(io.sys, `/proc/${pid}/stat`)) ?? ''
    pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
  }
  return above
}

function* candidates(io: Io, threads: 'processes' | 'threads'): Run<Candidate[]> {
  const all: Candidate[] = []
  for (const tgid of numericNames(io.sys, '/proc')) {
    for (const pid of threads === 'threads' ? numericNames(io.sys, `/proc/${tgid}/task`) : [tgid]) {
      const dir = threads === 'threads' ? `/proc/${tgid}/task/${pid}` : `/proc/${pid}`
      const stat = yield* readText(io.sys, `${dir}/stat`)
      if (stat === undefined) continue
      const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const line = shownCommand((yield* readText(io.sys, `${dir}/cmdline`)) ?? '')
      const fields = ['', '', '', ...stat.slice(stat.lastIndexOf(')') + 2).trimEnd().split(' ')]
      all.push({ pid, tgid, comm, dir, stat: fields, command: line === '' ? (fields[3] === 'Z' ? `[${comm}] <defunct>` : `[${comm}]`) : line })
    }
    if (io.sys.spend(20)) yield 'preempted'
  }
  return all
}

function compilePattern(options: Options): Regex | undefined {
  const [pattern] = options.operands
  if (pattern === undefined) return undefined
  try {
    return regcomp(options.has('exact') ? `^(${pattern})$` : pattern, options.has('ignore-case') ? 'any-case' : 'exact')
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Refusal(`regex error: ${error.message}`, 2)
  }
}

function* find(io: Io, options: Options): Run<Found[]> {
  const criteria = yield* tests(io, options)
  const [pattern] = options.operands
  const picks = options.has('newest') || options.has('oldest')
  if (options.has('logpidfile') && !options.has('pidfile')) throw new Refusal(`-L without -F makes no sense\n${hint(io)}`, 2)
  if (options.operands.length > 1) throw new Refusal(`only one pattern can be provided\n${hint(io)}`, 2)
  if (pattern === undefined && criteria.length === 0 && !picks) throw new Refusal(`no matching criteria specified\n${hint(io)}`, 2)
  const shares = sharing(io, options)
  const regex = compilePattern(options)
  const skipped = options.has('ignore-ancestors') ? yield* ancestors(io) : new Set<number>()
  const found: Candidate[] = []
  for (const p of yield* candidates(io, options.has('lightweight') ? 'threads' : 'processes')) {
    if (p.pid === io.sys.pid || skipped.has(p.pid)) continue
    let yes = true
    for (const test of shares ? [...criteria, shares] : criteria) yes &&= yield* test(p)
    if (yes && regex) yes = regex.test(options.has('full') ? p.command : p.comm)
    if (yes !== options.has('inverse')) found.push(p)
  }
  if (found.length === 0 && pattern !== undefined && !options.has('full') && /^[^[\](){}.*+?|^$\\]{16,}$/.test(pattern) && pattern.length > COMM) {
    io.err(`${io.name}: pattern that searches for process name longer than 15 characters will result in zero matches\nTry \`${io.name} -f' option to match against the complete command line.\n`)
  }
  const byStart = [...found].sort((a, b) => Number(a.stat[22]) - Number(b.stat[22]) || a.pid - b.pid)
  return options.has('newest') ? byStart.slice(-1) : options.has('oldest') ? byStart.slice(0, 1) : found
}

function end(io: Io, mode: Mode, found: readonly Found[], options: Options, signo: number): number {
  if (mode === 'pgrep') {
    if (options.has('count')) io.out(`${found.length}\n`)
    else if (found.length > 0) {
      const lines = found.map((p) => `${p.pid}${options.has('list-full') ? ` ${p.command}` : options.has('list-name') ? ` ${p.comm}` : ''}`)
      io.out(`${lines.join(options.value('delimiter') ?? '\n')}\n`)
    }
    return found.length > 0 ? 0 : 1
  }
  let killed = 0
  for (const p of found)
    try {
      io.sys.kill(p.pid, signo)
      killed++
      if (options.has('echo')) io.out(`${p.comm} killed (pid ${p.pid})\n`)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (error.code !== 'ESRCH') io.err(`${io.name}: killing pid ${p.pid} failed: ${error.message}\n`)
    }
  if (options.has('count')) io.out(`${found.length}\n`)
  return killed > 0 ? 0 : 1
}

/** pkill is a link to pgrep: the name tells which one it is. */
export function* grepProcesses(io: Io): Run<number> {
  const mode: Mode = io.name === 'pkill' ? 'pkill' : 'pgrep'
  const { args, signo: taken } = mode === 'pkill' ? takeSignal(io.args) : { args: io.args, signo: undefined }
  try {
    const options = parseOptions(args, DECLARED[mode])
    const asked = options.last('help', 'version')
    if (asked !== undefined) {
      io.out(asked === 'help' ? HELP[mode] : `${io.name} from procps-ng 4.0.2\n`)
      return 0
    }
    // These exclude each other.
    if (options.given.filter(({ name }) => ['newest', 'oldest', 'inverse'].includes(name)).length > 1) throw new Refusal(HELP[mode], 2)
    const named = options.value('signal')
    const signo = (named === undefined ? undefined : numberOf(named)) ?? taken ?? (named === undefined ? 15 : -1)
    return end(io, mode, yield* find(io, options), options, signo)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${io.name}: ${error.message}\n${HELP[mode]}`)
      return 2
    }
    if (!(error instanceof Refusal)) throw error
    if (error.message.startsWith('\n')) io.err(error.message)
    else if (error.message !== '') io.err(`${io.name}: ${error.message}\n`)
    return error.code
  }
}
