/** `let`, `getopts`, `mapfile`, `umask`, `ulimit`, `times`, `caller`, `history`: the rest (bash(1), SHELL BUILTIN COMMANDS). */
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Rlimits } from '../../kernel/rlimits'
import type { Builtin, Invocation } from '../builtins'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'
import { ExpansionError } from '../control'
import { isName } from '../variables'

function* getopts(shell: Shell, { args }: Invocation): Run<number> {
  const [, spec, name] = args
  if (spec === undefined || name === undefined) return yield* usage(shell, 'getopts', '', 'getopts optstring name [arg ...]')
  const list = args.length > 3 ? args.slice(3) : shell.positional
  const quiet = spec.startsWith(':')
  let index = Number(shell.vars.get('OPTIND') ?? 1)
  const finish = (): number => {
    shell.assign(name, '?')
    shell.vars.put('OPTIND', String(index))
    shell.getoptsAt = 0
    return 1
  }
  const arg = list[index - 1]
  if (shell.getoptsAt === 0) {
    if (arg === '--') index++
    if (arg === undefined || arg === '--' || arg === '-' || !arg.startsWith('-')) return finish()
    shell.getoptsAt = 1
  }
  const text = arg ?? ''
  const letter = text[shell.getoptsAt] ?? ''
  let at = shell.getoptsAt + 1
  const place = letter === ':' ? -1 : spec.indexOf(letter)
  const advance = (): void => {
    if (at >= text.length) {
      index++
      at = 0
    }
  }
  let value = letter
  if (place < 0) {
    value = '?'
    if (quiet) shell.assign('OPTARG', letter)
    else {
      shell.vars.unset('OPTARG')
      if (shell.vars.get('OPTERR') !== '0') yield* shell.write(2, `${shell.name}: illegal option -- ${letter}\n`)
    }
    advance()
  } else if (spec[place + 1] === ':') {
    const inline = text.slice(at)
    index++
    at = 0
    const operand = inline === '' ? list[index++ - 1] : inline
    if (operand === undefined) {
      index--
      value = quiet ? ':' : '?'
      if (quiet) shell.assign('OPTARG', letter)
      else {
        shell.vars.unset('OPTARG')
        if (shell.vars.get('OPTERR') !== '0') yield* shell.write(2, `${shell.name}: option requires an argument -- ${letter}\n`)
      }
    } else shell.assign('OPTARG', operand)
  } else {
    shell.vars.unset('OPTARG')
    advance()
  }
  shell.assign(name, value)
  shell.vars.put('OPTIND', String(index))
  shell.getoptsAt = at
  return 0
}

function* mapfile(shell: Shell, { args }: Invocation): Run<number> {
  const name = args[0] as string
  const parsed = parseOptions(args, 'td:n:O:s:u:C:c:')
  if ('bad' in parsed) return yield* usage(shell, name, parsed.bad, `${name} [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]`)
  const { flags, rest } = parsed
  const fd = Number(flags.get('u') ?? 0)
  let text = ''
  for (;;) {
    const bytes = yield* shell.sys.read(fd, 65536)
    if (bytes.length === 0) break
    text += decode(bytes)
  }
  const delimiter = flags.has('d') ? flags.get('d') || '\0' : '\n'
  let lines = text.split(delimiter).map((line, i, all) => (i < all.length - 1 && !flags.has('t') ? line + delimiter : line))
  if (lines.at(-1) === '') lines.pop()
  lines = lines.slice(Number(flags.get('s') ?? 0))
  const count = Number(flags.get('n') ?? 0)
  if (count > 0) lines = lines.slice(0, count)
  const target = rest[0] ?? 'MAPFILE'
  const origin = flags.get('O')
  if (origin === undefined) shell.vars.putList(target, lines)
  else lines.forEach((line, i) => shell.assignElement(target, String(Number(origin) + i), line))
  return 0
}

function symbolic(mask: number): string {
  const allowed = ~mask & 0o777
  return ['u', 'g', 'o'].map((who, i) => `${who}=${['r', 'w', 'x'].filter((_, bit) => allowed & (1 << (8 - i * 3 - bit))).join('')}`).join(',')
}

const LIMITS: readonly [letter: string, name: keyof Rlimits, text: string, unit: number, label: string][] = [
  ['R', 'rttime', 'real-time non-blocking time', 1, 'microseconds, -R'], ['c', 'core', 'core file size', 512, 'blocks, -c'],
  ['d', 'data', 'data seg size', 1024, 'kbytes, -d'], ['e', 'nice', 'scheduling priority', 1, '-e'],
  ['f', 'fsize', 'file size', 1024, 'blocks, -f'], ['i', 'sigpending', 'pending signals', 1, '-i'],
  ['l', 'memlock', 'max locked memory', 1024, 'kbytes, -l'], ['m', 'rss', 'max memory size', 1024, 'kbytes, -m'],
  ['n', 'nofile', 'open files', 1, '-n'], ['q', 'msgqueue', 'POSIX message queues', 1, 'bytes, -q'],
  ['r', 'rtprio', 'real-time priority', 1, '-r'], ['s', 'stack', 'stack size', 1024, 'kbytes, -s'],
  ['t', 'cpu', 'cpu time', 1, 'seconds, -t'], ['u', 'nproc', 'max user processes', 1, '-u'],
  ['v', 'as', 'virtual memory', 1024, 'kbytes, -v'], ['x', 'locks', 'file locks', 1, '-x'],
]

function* ulimit(shell: Shell, { args }: Invocation): Run<number> {
  const parsed = parseOptions(args, `HSa${LIMITS.map(([letter]) => letter).join('')}p`)
  if ('bad' in parsed) return yield* usage(shell, 'ulimit', parsed.bad, 'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]')
  const { flags, rest } = parsed
  const limits = shell.sys.getRlimits()
  const show = (name: keyof Rlimits, unit: number): string => {
    const value = flags.has('H') ? limits[name].hard : limits[name].soft
    return value === Infinity ? 'unlimited' : String(Math.floor(value / unit))
  }
  if (flags.has('a')) {
    const rows = [...LIMITS.map(([, name, text, unit, label]) => ({ text, label, value: show(name, unit) }))]
    rows.splice(9, 0, { text: 'pipe size', label: '512 bytes, -p', value: '8' })
    yield* shell.write(1, rows.map(({ text, label, value }) => `${text.padEnd(20 + 8)}${`(${label}) `.padStart(20)}${value}\n`.replace(/^(.{20,}?) +\(/, (whole) => whole)).join(''))
    return 0
  }
  const letter = [...flags.keys()].find((flag) => flag !== 'H' && flag !== 'S') ?? 'f'
  const row = LIMITS.find(([known]) => known === letter)
  if (!row) {
    yield* shell.write(1, '8\n')
    return 0
  }
  const [, name, text, unit] = row
  const [wanted] = rest
  if (wanted === undefined) {
    yield* shell.write(1, `${show(name, unit)}\n`)
    return 0
  }
  const value = wanted === 'unlimited' ? Infinity : wanted === 'hard' ? limits[name].hard : wanted === 'soft' ? limits[name].soft : Number(wanted) * unit
  if (Number.isNaN(value)) {
    yield* shell.error(`ulimit: ${wanted}: invalid number`)
    return 1
  }
  try {
    shell.sys.setRlimit(name, flags.has('H') && !flags.has('S') ? limits[name].soft : value, flags.has('S') && !flags.has('H') ? limits[name].hard : value)
  } catch (error) {
    yield* shell.error(`ulimit: ${text}: cannot modify limit: ${error instanceof Error ? error.message : ''}`)
    return 1
  }
  return 0
}

const minutes = (ns: number): string => `${Math.floor(ns / 6e10)}m${((ns % 6e10) / 1e9).toFixed(3)}s`

export default [
  {
    name: 'let',
    *run(shell, { args }) {
      if (args.length === 1) {
        yield* shell.error('let: expression expected')
        return 1
      }
      let value = 0n
      try {
        for (const text of args.slice(1)) value = shell.arithmetic(text, 'let')
      } catch (error) {
        if (!(error instanceof ExpansionError)) throw error
        yield* shell.error(error.message)
        return 1
      }
      return value === 0n ? 1 : 0
    },
  },
  { name: 'getopts', run: getopts },
  { name: 'mapfile', run: mapfile },
  { name: 'readarray', run: mapfile },
  { name: 'ulimit', run: ulimit },
  {
    name: 'umask',
    *run(shell, { args }) {
      const [, first, second] = args
      const wanted = first === '-S' || first === '-p' ? second : first
      if (wanted === undefined) {
        const mask = shell.sys.umask()
        yield* shell.write(1, first === '-S' ? `${symbolic(mask)}\n` : `${first === '-p' ? 'umask ' : ''}${mask.toString(8).padStart(4, '0')}\n`)
        return 0
      }
      if (/^[0-7]{1,4}$/.test(wanted)) shell.sys.umask(Number.parseInt(wanted, 8))
      else if (/^[ugoa]*[-+=][rwx]*(,[ugoa]*[-+=][rwx]*)*$/.test(wanted)) {
        let allowed = ~shell.sys.umask() & 0o777
        for (const clause of wanted.split(',')) {
          const [, who = '', sign = '=', letters = ''] = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause) ?? []
          const bits = (letters.includes('r') ? 4 : 0) | (letters.includes('w') ? 2 : 0) | (letters.includes('x') ? 1 : 0)
          for (const [i, c] of ['u', 'g', 'o'].entries()) {
            if (who !== '' && !who.includes('a') && !who.includes(c)) continue
            const shift = 6 - i * 3
            if (sign === '=') allowed = (allowed & ~(7 << shift)) | (bits << shift)
            else if (sign === '+') allowed |= bits << shift
            else allowed &= ~(bits << shift)
          }
        }
        shell.sys.umask(~allowed & 0o777)
      } else {
        yield* shell.error(/^\d+$/.test(wanted) ? `umask: ${wanted}: octal number out of range` : `umask: \`${wanted[0]}': invalid symbolic mode character`)
        return 1
      }
      return 0
    },
  },
  {
    name: 'times',
    special: true,
    *run(shell) {
      const t = shell.sys.times()
      yield* shell.write(1, `${minutes(t.user)} ${minutes(t.system)}\n${minutes(t.childUser)} ${minutes(t.childSystem)}\n`)
      return 0
    },
  },
  {
    name: 'caller',
    *run(shell) {
      const frame = shell.frames.at(-1)
      if (!frame) return 1
      yield* shell.write(1, `${frame.line} ${shell.frames.length > 1 ? frame.source : shell.errorName}\n`)
      return 0
    },
  },
  {
    name: 'history',
    *run(shell, { args }) {
      if (args[1] === '-c') {
        shell.history.clear()
        return 0
      }
      const count = args[1] !== undefined && /^\d+$/.test(args[1]) ? Number(args[1]) : shell.history.length
      const from = Math.max(0, shell.history.length - count)
      yield* shell.write(1, shell.history.lines.slice(from).map((line, i) => `${String(shell.history.base + from + i).padStart(5)}  ${line}\n`).join(''))
      return 0
    },
  },
] satisfies Builtin[]
