/** `mapfile`, `readarray` (bash(1), SHELL BUILTIN COMMANDS). */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Builtin, Invocation } from '../builtins'
import { quoteAlways } from '../expand/quote'
import type { Shell } from '../shell'
import { isName } from '../variables'
import { parseOptions, usage } from './options'

const USAGE = '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]'
/** After so many lines the callback is called, if -c does not say otherwise. */
const QUANTUM = 5000

function* mapfile(shell: Shell, { args }: Invocation): Run<number> {
  const name = args[0] as string
  const parsed = parseOptions(args, 'td:n:O:s:u:C:c:')
  if ('bad' in parsed) return yield* usage(shell, name, parsed.bad, `${name} ${USAGE}`)
  const { flags, rest } = parsed
  for (const [letter, what] of [['n', 'line count'], ['O', 'array origin'], ['s', 'line count'], ['c', 'callback quantum']] as const) {
    const value = flags.get(letter)
    if (value !== undefined && (!/^\d+$/.test(value) || (letter === 'c' && value === '0'))) {
      yield* shell.error(`${name}: ${value}: invalid ${what}`)
      return 1
    }
  }
  const target = rest[0] ?? 'MAPFILE'
  if (!isName(target)) {
    yield* shell.error(`${name}: \`${target}': not a valid identifier`)
    return 1
  }
  const fd = Number(flags.get('u') ?? 0)
  if (!shell.sys.isOpen(fd)) {
    yield* shell.error(`${name}: ${fd}: invalid file descriptor: Bad file descriptor`)
    return 1
  }
  const lines = yield* readLines(shell, fd, flags)
  const origin = flags.get('O')
  if (origin === undefined) shell.vars.putList(target, [])
  const callback = flags.get('C')
  const quantum = Number(flags.get('c') ?? QUANTUM)
  for (const [i, line] of lines.entries()) {
    const index = Number(origin ?? 0) + i
    if (callback !== undefined && (i + 1) % quantum === 0) yield* shell.runText(`${callback} ${index} ${quoteAlways(line)}`, shell.line)
    shell.assignElement(target, String(index), line)
  }
  return 0
}

function* readLines(shell: Shell, fd: number, flags: ReadonlyMap<string, string>): Run<string[]> {
  let text = ''
  for (;;) {
    try {
      const bytes = yield* shell.sys.read(fd, 65536)
      if (bytes.length === 0) break
      text += decode(bytes)
    } catch (error) {
      if (!isErrno(error)) throw error
      break
    }
  }
  const delimiter = flags.has('d') ? flags.get('d')?.[0] || '\0' : '\n'
  const lines = text.split(delimiter).map((line, i, all) => (i < all.length - 1 && !flags.has('t') ? line + delimiter : line))
  if (lines.at(-1) === '') lines.pop()
  const kept = lines.slice(Number(flags.get('s') ?? 0))
  const count = Number(flags.get('n') ?? 0)
  return count > 0 ? kept.slice(0, count) : kept
}

export default [{ name: 'mapfile', run: mapfile }, { name: 'readarray', run: mapfile }] satisfies Builtin[]
