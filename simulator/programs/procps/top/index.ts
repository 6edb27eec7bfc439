/**
 * top(1) of procps-ng 4.0.2: the screen that it shows at first, in batches (-b) or on a terminal, where q, space, M, P, N, T and c work.
 * Its other keys and windows are not simulated. Recording: query/ps.
 */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { makeRaw, type Termios } from '../../../kernel/tty/termios'
import { accounts, type Accounts } from '../../coreutils/accounts'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { procpsCommand } from '../command'
import { readMemory } from '../meminfo'
import { readText } from '../processes'
import { uptimeLine } from '../uptime'
import { COLUMNS, FIELDS, ORDERS, percent, type TopView } from './columns'
import { HELP } from './help'
import { readTasks, type TopTask } from './tasks'

interface State {
  sort: string
  direction: 'down' | 'up'
  commands: TopView['commands']
  readonly threads: 'processes' | 'threads'
  readonly pids: ReadonlySet<number> | undefined
  readonly uid: number | undefined
  readonly idle: 'shown' | 'hidden'
  readonly width: number
  tasks: ReadonlyMap<number, TopTask>
  cpu: readonly number[]
  at: number
}

const mib = (kb: number): string => (kb / 1024).toFixed(1).padStart(8)

const GRACE_NS = 150_000_000

function* cpuTicks(io: Io): Run<number[]> {
  return (/^cpu +(.*)$/m.exec((yield* readText(io.sys, '/proc/stat')) ?? '')?.[1] ?? '').split(' ').map(Number)
}

function* summary(io: Io, state: State, tasks: readonly TopTask[]): Run<string[]> {
  const count = (states: string): string => String(tasks.filter((t) => states.includes(t.state)).length).padStart(3)
  const now = yield* cpuTicks(io)
  const delta = now.map((n, i) => Math.max(0, n - (state.cpu[i] ?? 0)))
  const total = delta.slice(0, 8).reduce((a, b) => a + b, 0)
  state.cpu = now
  const share = (i: number): string => percent(total > 0 ? ((delta[i] ?? 0) * 100) / total : i === 3 ? 100 : 0).padStart(5)
  const m = yield* readMemory(io.sys)
  return [
    `top -${yield* uptimeLine(io.sys)}`,
    `${state.threads === 'threads' ? 'Threads' : 'Tasks'}: ${String(tasks.length).padStart(3)} total, ${count('R')} running, ${count('SDI')} sleeping, ${count('Tt')} stopped, ${count('Z')} zombie`,
    `%Cpu(s):${share(0)} us,${share(2)} sy,${share(1)} ni,${share(3)} id,${share(4)} wa,${share(5)} hi,${share(6)} si,${share(7)} st `,
    `MiB Mem : ${mib(m.kb('MemTotal'))} total, ${mib(m.kb('MemFree'))} free, ${mib(m.used)} used, ${mib(m.kb('Buffers') + m.cached)} buff/cache     `,
    `MiB Swap: ${mib(m.kb('SwapTotal'))} total, ${mib(m.kb('SwapFree'))} free, ${mib(m.swapUsed)} used. ${mib(m.kb('MemAvailable'))} avail Mem `,
  ]
}

function* frame(io: Io, state: State, known: Accounts): Run<string[]> {
  const all = yield* readTasks(io.sys, state.tasks, state.threads, (pid) => state.pids === undefined || state.pids.has(pid))
  const now = io.sys.monotonic() / 1e9
  const elapsed = now - state.at
  state.at = now
  const head = yield* summary(io, state, all)
  const pidMax = Number((yield* readText(io.sys, '/proc/sys/kernel/pid_max')) ?? '32768')
  const m = yield* readMemory(io.sys)
  const view: TopView = { pidWidth: Math.max(5, String(pidMax - 1).length), memTotalKb: m.kb('MemTotal') || 1, elapsed, cpus: 1, user: (uid) => known.user(uid) ?? String(uid), commands: state.commands }
  state.tasks = new Map(all.map((t) => [t.pid, t]))
  const order = ORDERS[state.sort] ?? ORDERS['%CPU']
  const sign = state.direction === 'down' ? -1 : 1
  const keyed = all.map((t) => ({ t, key: order?.(t, view) ?? 0 }))
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.t.pid - b.t.pid))
  const rows = keyed.map(({ t }) => t).filter((t) => (state.uid === undefined || t.uid === state.uid) && (state.idle === 'shown' || t.used > 0 || t.state === 'R'))
  const pad = (text: string, i: number): string => {
    const column = COLUMNS[i]
    const width = column?.width(view) ?? 0
    return column?.align === 'left' ? text.padEnd(width) : text.padStart(width)
  }
  const header = `${COLUMNS.map((c, i) => pad(c.header, i)).join(' ')} COMMAND`
  const room = Math.max(8, state.width - COLUMNS.reduce((sum, c) => sum + c.width(view) + 1, 0))
  const command = (t: TopTask): string => {
    const text = state.commands === 'lines' ? t.command : t.comm
    return text.length > room ? `${text.slice(0, room - 1)}+` : text
  }
  return [...head, '', header, ...rows.map((t) => `${COLUMNS.map((c, i) => pad(c.show(t, view), i)).join(' ')} ${command(t)}`)]
}

/** One key, or none within the time. */
function* key(io: Io, seconds: number): Run<string> {
  const [polled] = yield* io.sys.poll([{ fd: 0, read: true }], seconds * 1e9)
  if (!polled?.readable && !polled?.hangup) return ''
  const bytes = yield* io.sys.read(0, 1)
  return bytes.length === 0 ? 'q' : String.fromCharCode(bytes[0] ?? 0)
}

const KEYS: Readonly<Record<string, (state: State) => void>> = {
  M: (s) => (s.sort = '%MEM'), P: (s) => (s.sort = '%CPU'), N: (s) => (s.sort = 'PID'), T: (s) => (s.sort = 'TIME+'),
  R: (s) => (s.direction = s.direction === 'down' ? 'up' : 'down'), c: (s) => (s.commands = s.commands === 'names' ? 'lines' : 'names'),
}

function* interactive(io: Io, state: State, known: Accounts, seconds: number, frames: number): Run<number> {
  let cooked: Termios
  try {
    cooked = io.sys.tcgetattr(0)
  } catch (error) {
    if (!isErrno(error)) throw error
    io.err('top: failed tty get\n')
    return 1
  }
  const { rows } = io.sys.getWindowSize(1)
  io.sys.tcsetattr(0, { ...makeRaw(cooked), isig: true, opost: cooked.opost, onlcr: cooked.onlcr })
  io.out('\x1b[?1h\x1b=\x1b[?25l\x1b[H\x1b[2J')
  try {
    for (let shown = 0; shown < frames; shown++) {
      const lines = (yield* frame(io, state, known)).slice(0, rows)
      const body = lines.map((l, i) => (i === 6 ? `\x1b[7m${l.padEnd(state.width)}\x1b(B\x1b[m` : `${l.slice(0, state.width)}\x1b(B\x1b[m\x1b[39;49m\x1b[K`))
      io.out(`\x1b[H${body.join('\n')}\x1b[J`)
      yield* io.flush()
      const pressed = yield* key(io, seconds)
      if (pressed === 'q') break
      KEYS[pressed]?.(state)
    }
    return 0
  } finally {
    io.sys.tcsetattr(0, cooked)
    io.out(`\x1b[?1l\x1b>\x1b[${rows};1H\x1b[?12l\x1b[?25h\x1b[K`)
  }
}

function uidOf(known: Accounts, options: Options): number | 'invalid' | undefined {
  const name = options.value('filter-only-euser') ?? options.value('filter-any-user')
  if (name === undefined) return undefined
  return known.users.find((u) => u.name === name)?.id ?? (/^\d+$/.test(name) ? Number(name) : 'invalid')
}

export default procpsCommand({
  help: HELP,
  hidden: '  -w, --width[=COLUMNS]\n  -h, --help\n  -o, --sort-override =FIELD\n  -d, --delay =SECS',
  wrong: () => 0,
  summary: 'display Linux processes',
  *run(io, options) {
    const fail = (message: string): number => {
      io.err(`${io.name}: ${message}\n`)
      return 1
    }
    if (options.has('list-fields')) {
      io.out(FIELDS.slice(0, -1).map((f) => `${f}\n`).join(''))
      return 0
    }
    if (options.operands.length > 0) return fail(`unknown option '${options.operands[0]}'`)
    const delay = options.value('delay') ?? '3'
    if (!/^\d*\.?\d+$/.test(delay)) return fail(`bad delay interval '${delay}'`)
    const iterations = options.value('iterations')
    if (iterations !== undefined && !(Number(iterations) > 0)) return fail(`bad iterations argument '${iterations}'`)
    const sort = options.value('sort-override')
    const field = sort?.replace(/^[+-]/, '')
    if (field !== undefined && !FIELDS.some((f) => f === field)) return fail(`unrecognized field name '${field}'`)
    if (field !== undefined && !ORDERS[field]) {
      io.err('top: not simulated in this lab\n')
      return 125
    }
    const known = yield* accounts(io.sys)
    const uid = uidOf(known, options)
    if (uid === 'invalid') return fail('Invalid user')
    const pids = options.values('pid').flatMap((list) => list.split(','))
    const bad = pids.find((p) => !/^\d+$/.test(p))
    if (bad !== undefined) return fail(`bad pid '${bad}'`)
    const batch = options.has('batch-mode')
    if (!batch && !io.sys.isatty(1)) return fail('failed tty get')
    const columns = io.sys.isatty(1) ? io.sys.getWindowSize(1).cols : Number(io.env('COLUMNS')) || 80
    const asked = options.has('width') ? Number(options.value('width') ?? 512) : columns
    const state: State = {
      sort: field ?? '%CPU', direction: sort?.startsWith('-') ? 'up' : 'down', commands: options.has('cmdline-toggle') ? 'lines' : 'names', threads: options.has('threads-show') ? 'threads' : 'processes',
      pids: pids.length > 0 ? new Set(pids.map(Number)) : undefined, uid, idle: options.has('idle-toggle') ? 'hidden' : 'shown', width: asked, tasks: new Map(), cpu: [], at: io.sys.monotonic() / 1e9,
    }
    // The first figures are those of a moment, not of all the time since boot.
    state.cpu = yield* cpuTicks(io)
    state.tasks = new Map((yield* readTasks(io.sys, new Map(), state.threads, (pid) => state.pids === undefined || state.pids.has(pid))).map((t) => [t.pid, t]))
    yield* io.sys.sleep(GRACE_NS)
    const frames = iterations === undefined ? Number.POSITIVE_INFINITY : Number(iterations)
    if (!batch) return yield* interactive(io, state, known, Number(delay), frames)
    for (let shown = 1; ; shown++) {
      io.out(`${(yield* frame(io, state, known)).join('\n')}\n`)
      yield* io.flush()
      if (shown >= frames) return 0
      io.out('\n')
      yield* io.sys.sleep(Number(delay) * 1e9)
    }
  },
})
