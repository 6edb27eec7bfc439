/** `ulimit` (bash(1), SHELL BUILTIN COMMANDS). */
import type { Rlimits } from '../../kernel/rlimits'
import type { Run } from '../../kernel/run'
import type { Builtin, Invocation } from '../builtins'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'

export default { name: 'ulimit', writes: (args) => args.slice(1).some((arg) => /^-\w*a/.test(arg)), run: ulimit } satisfies Builtin

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
    yield* shell.write(1, rows.map(({ text, label, value }) => `${text.padEnd(20)} ${`(${label}) `.padStart(20)}${value}\n`).join(''))
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
