/** pgrep(1) and pkill(1) of procps-ng 4.0.2: one matcher, two ways to end. Recording: query/ps. */
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { signalNumber } from '../../kernel/signals'
import type { Io } from '../program'
import { commandLine, field, ids, type ProcessReading, ppidOf, readNames, readProcesses, ttyName } from './processes'

const WITH_VALUE = 'dPgGsuUtFOr'

interface Wanted {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  readonly pattern: string | undefined
  readonly signo: number
}

function parse(io: Io, kind: 'pgrep' | 'pkill'): Wanted | string {
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const operands: string[] = []
  let signo = 15
  const args = [...io.args]
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    const asSignal = kind === 'pkill' && /^-[A-Z0-9]/.test(arg) ? signalNumber(arg.slice(1)) : undefined
    if (asSignal !== undefined) signo = asSignal
    else if (arg === '--') operands.push(...args.splice(0))
    else if (arg === '--signal' || arg.startsWith('--signal=')) signo = signalNumber(arg.includes('=') ? arg.slice(9) : (args.shift() ?? '')) ?? 15
    else if (LONG.has(arg.split('=')[0] ?? '')) {
      const letter = LONG.get(arg.split('=')[0] ?? '') ?? ''
      if (WITH_VALUE.includes(letter)) values.set(letter, arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : (args.shift() ?? ''))
      else flags.add(letter)
    } else if (arg.startsWith('--')) return `${io.name}: unrecognized option '${arg}'\n`
    else if (arg.startsWith('-') && arg.length > 1) {
      for (let i = 1; i < arg.length; i++) {
        const c = arg[i] ?? ''
        if (WITH_VALUE.includes(c)) {
          const value = arg.slice(i + 1) || args.shift()
          if (value === undefined) return `${io.name}: option requires an argument -- '${c}'\n`
          values.set(c, value)
          break
        }
        if (!'aclLnofvwxieqV'.includes(c)) return `${io.name}: invalid option -- '${c}'\n`
        flags.add(c)
      }
    } else operands.push(arg)
  }
  if (operands.length > 1) return `${io.name}: only one pattern can be provided\n`
  return { flags, values, pattern: operands[0], signo }
}

const LONG: ReadonlyMap<string, string> = new Map([
  ['--delimiter', 'd'], ['--list-name', 'l'], ['--list-full', 'a'], ['--inverse', 'v'], ['--count', 'c'], ['--full', 'f'], ['--pgroup', 'g'], ['--group', 'G'],
  ['--ignore-case', 'i'], ['--newest', 'n'], ['--oldest', 'o'], ['--older', 'O'], ['--parent', 'P'], ['--session', 's'], ['--terminal', 't'], ['--euid', 'u'],
  ['--uid', 'U'], ['--exact', 'x'], ['--runstates', 'r'], ['--echo', 'e'], ['--version', 'V'], ['--lightweight', 'w'], ['--pidfile', 'F'],
])

function* find(io: Io, wanted: Wanted, pattern: RegExp | undefined): Run<ProcessReading[]> {
  const users = yield* readNames(io.sys, '/etc/passwd')
  const groups = yield* readNames(io.sys, '/etc/group')
  const list = (letter: string, names?: ReadonlyMap<number, string>): Set<number> | undefined => {
    const text = wanted.values.get(letter)
    if (text === undefined) return undefined
    return new Set(text.split(',').map((w) => [...(names ?? [])].find(([, name]) => name === w)?.[0] ?? Number(w)))
  }
  const parents = list('P')
  const pgroups = list('g')
  const sessions = list('s')
  const euids = list('u', users)
  const uids = list('U', users)
  const gids = list('G', groups)
  const ttys = wanted.values.get('t')?.split(',')
  const states = wanted.values.get('r')
  const older = wanted.values.get('O')
  const now = io.sys.monotonic() / 1e9
  const found = (yield* readProcesses(io.sys)).filter((p) => {
    if (p.pid === io.sys.pid) return false
    const subject = wanted.flags.has('f') && p.argv.length > 0 ? commandLine(p) : p.comm
    const yes =
      (!parents || parents.has(ppidOf(p))) && (!pgroups || pgroups.has(field(p, 5))) && (!sessions || sessions.has(field(p, 6))) &&
      (!euids || euids.has(ids(p, 'Uid')[1] ?? -1)) && (!uids || uids.has(ids(p, 'Uid')[0] ?? -1)) && (!gids || gids.has(ids(p, 'Gid')[0] ?? -1)) &&
      (!ttys || ttys.includes(ttyName(field(p, 7)) ?? '')) && (!states || states.includes(p.stat[3] ?? '')) &&
      (!older || now - field(p, 22) / 100 >= Number(older)) && (!pattern || pattern.test(subject))
    return yes !== wanted.flags.has('v')
  })
  const sorted = [...found].sort((a, b) => field(a, 22) - field(b, 22) || a.pid - b.pid)
  if (wanted.flags.has('n')) return sorted.slice(-1)
  if (wanted.flags.has('o')) return sorted.slice(0, 1)
  return found
}

export function* grepProcesses(io: Io, kind: 'pgrep' | 'pkill'): Run<number> {
  const wanted = parse(io, kind)
  const hint = `Try \`${io.name} --help' for more information.\n`
  if (typeof wanted === 'string') {
    io.err(wanted + hint)
    return 2
  }
  const { flags, values } = wanted
  if (flags.has('V')) {
    io.out(`${io.name} from procps-ng 4.0.2\n`)
    return 0
  }
  if (flags.has('w') || values.has('F')) {
    io.err(`${io.name}: not simulated in this lab\n`)
    return 125
  }
  const criteria = [...values.keys()].some((k) => 'PgGsuUtrO'.includes(k)) || flags.has('n') || flags.has('o')
  if (wanted.pattern === undefined && !criteria) {
    io.err(`${io.name}: no matching criteria specified\n${hint}`)
    return 2
  }
  let pattern: RegExp | undefined
  if (wanted.pattern !== undefined) pattern = new RegExp(flags.has('x') ? `^(?:${wanted.pattern})$` : wanted.pattern, flags.has('i') ? 'i' : '')
  const found = yield* find(io, wanted, pattern)
  if (kind === 'pkill') {
    let killed = 0
    for (const p of found)
      try {
        io.sys.kill(p.pid, wanted.signo)
        killed++
        if (flags.has('e')) io.out(`${p.comm} killed (pid ${p.pid})\n`)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        if (error.code !== 'ESRCH') io.err(`${io.name}: killing pid ${p.pid} failed: ${error.message}\n`)
      }
    if (flags.has('c')) io.out(`${found.length}\n`)
    return killed > 0 ? 0 : 1
  }
  if (flags.has('c')) io.out(`${found.length}\n`)
  else if (found.length > 0) {
    const shown = found.map((p) => (flags.has('a') ? `${p.pid} ${commandLine(p)}` : flags.has('l') ? `${p.pid} ${p.comm}` : `${p.pid}`))
    io.out(`${shown.join(values.get('d') ?? '\n')}\n`)
  }
  return found.length > 0 ? 0 : 1
}
