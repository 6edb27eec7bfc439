/**
 * top(1) of procps-ng 4.0.2: the screen that it shows at first, in batches (-b) or on a terminal, where q, space, M, P, N, T and c work.
 * Its other keys and windows are not simulated. Recording: query/ps.
 */
import { wordlessCloseout } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import { makeRaw, type Termios } from '../../../kernel/tty/termios'
import { accounts, type Accounts } from '../../coreutils/accounts'
import type { Options } from '../../options'
import type { Given } from '../../options/parse'
import type { Io } from '../../program'
import { procpsCommand } from '../command'
import { readMemory } from '../meminfo'
import { readText } from '../processes'
import { uptimeLine } from '../uptime'
import { COLUMNS, FIELDS, ORDERS, percent, type TopView } from './columns'
import { HELP } from './help'
import { readTasks, type TopTask } from './tasks'

interface Owner {
  readonly uid: number
  readonly sense: 'only' | 'not'
}

interface State {
  sort: string
  direction: 'down' | 'up'
  commands: TopView['commands']
  readonly threads: 'processes' | 'threads'
  readonly pids: ReadonlySet<number> | undefined
  /** Whose are shown, or whose are not. */
  readonly owner: Owner | undefined
  readonly idle: 'shown' | 'hidden'
  /** In the foreground it follows the screen, unless it was given. */
  width: number
  /** Lines of a frame. */
  readonly height: number
  readonly times: 'own' | 'with-children'
  readonly cpus: 'together' | 'apart'
  /** Places in UNITS. */
  readonly taskUnit: number
  readonly summaryUnit: number
  tasks: ReadonlyMap<number, TopTask>
  cpu: ReadonlyMap<string, readonly number[]>
  at: number
}

/** Of memory figures, from kB on. */
const UNITS = ['k', 'm', 'g', 't', 'p', 'e']
const UNIT_NAMES = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']

const GRACE_NS = 150_000_000

/** Ticks of all CPUs together (`(s)`) and of each. */
function* cpuTicks(io: Io): Run<Map<string, number[]>> {
  const lines = ((yield* readText(io.sys, '/proc/stat')) ?? '').matchAll(/^cpu(\d*) +(.*)$/gm)
  return new Map([...lines].map(([, number, ticks = '']) => [number || '(s)', ticks.split(' ').map(Number)]))
}

/** Shares of the time since the last look. */
function cpuLine(name: string, now: readonly number[], before: readonly number[]): string {
  const delta = now.map((n, i) => Math.max(0, n - (before[i] ?? 0)))
  const total = delta.slice(0, 8).reduce((a, b) => a + b, 0)
  const share = (i: number): string => percent(total > 0 ? ((delta[i] ?? 0) * 100) / total : i === 3 ? 100 : 0).padStart(5)
  return `%Cpu${name.padEnd(3)}:${share(0)} us,${share(2)} sy,${share(1)} ni,${share(3)} id,${share(4)} wa,${share(5)} hi,${share(6)} si,${share(7)} st `
}

/** Two stand side by side. */
const abreast = (lines: readonly string[]): string[] => lines.flatMap((text, i) => (i % 2 === 1 ? [] : [lines[i + 1] === undefined ? text : `${text}  ${lines[i + 1]}`]))

function* summary(io: Io, state: State, tasks: readonly TopTask[]): Run<string[]> {
  const count = (states: string): string => String(tasks.filter((t) => states.includes(t.state)).length).padStart(3)
  const now = yield* cpuTicks(io)
  const apart = state.cpus === 'apart'
  const cpus = [...now].filter(([name]) => (name === '(s)') !== apart).map(([name, ticks]) => cpuLine(name, ticks, state.cpu.get(name) ?? []))
  state.cpu = now
  const m = yield* readMemory(io.sys)
  const unit = UNIT_NAMES[state.summaryUnit] ?? 'MiB'
  const mem = (kb: number): string => (kb / 1024 ** state.summaryUnit).toFixed(state.summaryUnit === 0 ? 0 : 1).padStart(8)
  const memory = [
    `${unit} Mem : ${mem(m.kb('MemTotal'))} total, ${mem(m.kb('MemFree'))} free, ${mem(m.used)} used, ${mem(m.kb('Buffers') + m.cached)} buff/cache     `,
    `${unit} Swap: ${mem(m.kb('SwapTotal'))} total, ${mem(m.kb('SwapFree'))} free, ${mem(m.swapUsed)} used. ${mem(m.kb('MemAvailable'))} avail Mem `,
  ]
  return [
    `top -${yield* uptimeLine(io.sys)}`,
    `${state.threads === 'threads' ? 'Threads' : 'Tasks'}: ${String(tasks.length).padStart(3)} total, ${count('R')} running, ${count('SDI')} sleeping, ${count('Tt')} stopped, ${count('Z')} zombie`,
    ...(apart ? [...abreast(cpus), ...abreast(memory)] : [...cpus, ...memory]),
  ].map((text) => text.slice(0, state.width))
}

function* frame(io: Io, state: State, known: Accounts): Run<string[]> {
  const all = yield* readTasks(io.sys, state.tasks, state.threads, state.times, (pid) => state.pids === undefined || state.pids.has(pid))
  const now = io.sys.monotonic() / 1e9
  const elapsed = now - state.at
  state.at = now
  const head = yield* summary(io, state, all)
  const pidMax = Number((yield* readText(io.sys, '/proc/sys/kernel/pid_max')) ?? '32768')
  const m = yield* readMemory(io.sys)
  const view: TopView = { pidWidth: Math.max(5, String(pidMax - 1).length), memTotalKb: m.kb('MemTotal') || 1, elapsed, cpus: 1, user: (uid) => known.user(uid) ?? String(uid), commands: state.commands, unit: state.taskUnit }
  state.tasks = new Map(all.map((t) => [t.pid, t]))
  const order = ORDERS[state.sort] ?? ORDERS['%CPU']
  const sign = state.direction === 'down' ? -1 : 1
  const keyed = all.map((t) => ({ t, key: order?.(t, view) ?? 0 }))
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.t.pid - b.t.pid))
  const rows = keyed.map(({ t }) => t).filter((t) => (!state.owner || (t.uid === state.owner.uid) === (state.owner.sense === 'only')) && (state.idle === 'shown' || t.used > 0))
  // Columns that do not fit are left out, and the last place of a line.
  let used = 0
  const columns = COLUMNS.filter((c, i) => {
    used += c.width(view) + (i > 0 ? 1 : 0)
    return used < state.width
  })
  const pad = (text: string, i: number): string => {
    const column = columns[i]
    const width = column?.width(view) ?? 0
    return column?.align === 'left' ? text.padEnd(width) : text.padStart(width)
  }
  const room = state.width - 1 - used - 1
  const whole = columns.length === COLUMNS.length && room >= 'COMMAND'.length
  const header = `${columns.map((c, i) => pad(c.header, i)).join(' ')}${whole ? ' COMMAND' : ''}`
  const command = (t: TopTask): string => {
    const text = state.commands === 'lines' ? t.command : t.comm
    return text.length > room ? `${text.slice(0, room - 1)}+` : text
  }
  return [...head, '', header, ...rows.map((t) => `${columns.map((c, i) => pad(c.show(t, view), i)).join(' ')}${whole ? ` ${command(t)}` : ''}`)].slice(0, state.height)
}

/** One key, or none within the time. */
function* key(io: Io, seconds: number): Run<string> {
  try {
    const [polled] = yield* io.sys.poll([{ fd: 0, read: true }], seconds * 1e9)
    if (!polled?.readable && !polled?.hangup) return ''
    const bytes = yield* io.sys.read(0, 1)
    return bytes.length === 0 ? 'q' : String.fromCharCode(bytes[0] ?? 0)
  } catch (error) {
    // SIGWINCH: what is shown is drawn anew.
    if (isErrno(error, 'EINTR')) return ''
    throw error
  }
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
  let { rows, cols } = io.sys.getWindowSize(1)
  io.sys.signal(SIG.SIGWINCH, () => {
    const size = io.sys.getWindowSize(1)
    if (state.width === cols) state.width = size.cols
    rows = size.rows
    cols = size.cols
  })
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
    io.sys.signal(SIG.SIGWINCH, 'default')
    io.sys.tcsetattr(0, cooked)
    io.out(`\x1b[?1l\x1b>\x1b[${rows};1H\x1b[?12l\x1b[?25h\x1b[K`)
  }
}

function ownerOf(known: Accounts, options: Options): Owner | 'invalid' | undefined {
  const text = options.value('filter-only-euser') ?? options.value('filter-any-user')
  if (text === undefined) return undefined
  const name = text.replace(/^!/, '')
  const uid = known.users.find((u) => u.name === name)?.id ?? (/^\d+$/.test(name) ? Number(name) : undefined)
  return uid === undefined ? 'invalid' : { uid, sense: text.startsWith('!') ? 'not' : 'only' }
}

const BY_USER = ['filter-only-euser', 'filter-any-user']

/** What is wrong with one option. */
function fault({ name, value = '' }: Given, before: readonly Given[]): string | undefined {
  const had = (names: readonly string[]): boolean => before.some((b) => names.includes(b.name))
  switch (name) {
    case 'delay':
      if (/^-\d/.test(value)) return '-d requires positive argument'
      return /^\d*\.?\d+$/.test(value) ? undefined : `bad delay interval '${value}'`
    case 'iterations':
      return Number(value) > 0 ? undefined : `bad iterations argument '${value}'`
    case 'width':
      return value === '' || (/^\d+$/.test(value) && Number(value) >= 3 && Number(value) <= 512) ? undefined : `bad width arg '${value}'`
    case 'scale-summary-mem':
    case 'scale-task-mem':
      return UNITS.slice(0, name === 'scale-task-mem' ? 5 : 6).includes(value.toLowerCase()) ? undefined : `bad memory scaling arg '${value}'`
    case 'sort-override':
      return FIELDS.some((f) => f === value.replace(/^[+-]/, '')) ? undefined : `unrecognized field name '${value.replace(/^[+-]/, '')}'`
    case 'filter-only-euser':
    case 'filter-any-user':
      return had(['pid', ...BY_USER]) ? 'conflicting process selections (U/p/u)' : undefined
    case 'pid': {
      if (had(BY_USER)) return 'conflicting process selections (U/p/u)'
      const bad = value.split(',').find((p) => !/^\d+$/.test(p))
      return bad === undefined ? undefined : `bad pid '${bad}'`
    }
    default:
      return undefined
  }
}

/** A batch ends in a line of its own. */
function endBatch(io: Io, given: readonly Given[]): void {
  if (given.some((g) => g.name === 'batch-mode')) io.out('\n')
}

/** The width may stand in the next word. */
function withWidth(args: readonly string[]): string[] {
  const out: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    const next = args[i + 1]
    const asks = arg === '--width' || /^-[bcHiOSs1]*w$/.test(arg)
    out.push(asks && next !== undefined && !next.startsWith('-') ? `${arg}${arg === '--width' ? '=' : ''}${args[++i]}` : arg)
  }
  return out
}

export default procpsCommand({
  unwritten: wordlessCloseout,
  help: HELP,
  hidden: '  -w, --width[=COLUMNS]\n  -h, --help\n  -o, --sort-override =FIELD\n  -d, --delay =SECS',
  wrong(io, before) {
    endBatch(io, before)
    return 0
  },
  rewrite: withWidth,
  check: fault,
  summary: 'display Linux processes',
  *run(io, options) {
    const fail = (message: string): number => {
      io.err(`${io.name}: ${message}\n`)
      return 1
    }
    if (options.has('list-fields')) {
      io.out(FIELDS.map((f) => `${f}\n`).join(''))
      endBatch(io, options.given)
      return 0
    }
    if (options.operands.length > 0) return fail(`unknown option '${options.operands[0]}'`)
    const delay = options.value('delay') ?? '3'
    const iterations = options.value('iterations')
    const sort = options.value('sort-override')
    const field = sort?.replace(/^[+-]/, '')
    if (field !== undefined && !ORDERS[field]) {
      io.err('top: not simulated in this lab\n')
      return 125
    }
    const known = yield* accounts(io.sys)
    const owner = ownerOf(known, options)
    if (owner === 'invalid') return fail('Invalid user')
    const pids = options.values('pid').flatMap((list) => list.split(','))
    const batch = options.has('batch-mode')
    if (!batch && !io.sys.isatty(1)) return fail('failed tty get')
    const columns = io.sys.isatty(1) ? io.sys.getWindowSize(1).cols : Number(io.env('COLUMNS')) || 80
    const wide = options.given.findLast((g) => g.name === 'width')
    const width = wide?.value !== undefined ? Number(wide.value) : wide ? Number(io.env('COLUMNS')) || 512 : columns
    const height = (wide && wide.value === undefined && Number(io.env('LINES'))) || Number.POSITIVE_INFINITY
    const unitOf = (name: string, otherwise: number): number => (options.has(name) ? UNITS.indexOf((options.value(name) ?? '').toLowerCase()) : otherwise)
    const state: State = {
      sort: field ?? '%CPU', direction: sort?.startsWith('-') ? 'up' : 'down', commands: options.has('cmdline-toggle') ? 'lines' : 'names', threads: options.has('threads-show') ? 'threads' : 'processes',
      // 0 is top itself.
      pids: pids.length > 0 ? new Set(pids.map((p) => Number(p) || io.sys.pid)) : undefined, owner, idle: options.has('idle-toggle') ? 'hidden' : 'shown', width, height, times: options.has('accum-time-toggle') ? 'with-children' : 'own',
      cpus: options.has('single-cpu-toggle') ? 'apart' : 'together', taskUnit: unitOf('scale-task-mem', 0), summaryUnit: unitOf('scale-summary-mem', 1), tasks: new Map(), cpu: new Map(), at: io.sys.monotonic() / 1e9,
    }
    // The first figures are those of a moment, not of all the time since boot.
    state.cpu = yield* cpuTicks(io)
    state.tasks = new Map((yield* readTasks(io.sys, new Map(), state.threads, state.times, (pid) => state.pids === undefined || state.pids.has(pid))).map((t) => [t.pid, t]))
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
