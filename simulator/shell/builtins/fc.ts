/** `fc` (bash(1), SHELL BUILTIN COMMANDS; builtins/fc.def): lists what was typed, runs it again, or after an editor. */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'

const USAGE = 'fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]'
/** So many are listed when none are named. */
const LISTED = 16
const TEMPORARY = '/tmp/bash-fc.'
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** The place of an entry: by number, counted back, or the newest that begins so; undefined when there is none. */
function placeOf(lines: readonly string[], base: number, word: string, zero: number): number | undefined {
  if (!/^-?\d+$/.test(word)) {
    const at = lines.findLastIndex((line) => line.startsWith(word))
    return at < 0 ? undefined : at
  }
  const number = Number(word)
  const at = number === 0 ? zero : number < 0 ? lines.length + number : number - base
  return Math.max(0, Math.min(at, lines.length - 1))
}

function* listed(shell: Shell, lines: readonly string[], flags: ReadonlyMap<string, string>, rest: readonly string[]): Run<number> {
  const { base } = shell.history
  const newest = lines.length - 1
  const from = rest[0] === undefined ? Math.max(0, lines.length - LISTED) : placeOf(lines, base, rest[0], newest)
  const to = rest[1] === undefined ? newest : placeOf(lines, base, rest[1], newest)
  if (from === undefined || to === undefined) return yield* nothing(shell)
  const entries = lines.map((line, i) => `${flags.has('n') ? '' : i + base}\t ${line}\n`).slice(Math.min(from, to), Math.max(from, to) + 1)
  yield* shell.write(1, (flags.has('r') !== from > to ? entries.reverse() : entries).join(''))
  return 0
}

function* nothing(shell: Shell): Run<number> {
  yield* shell.error('fc: no command found')
  return 1
}

/** The commands stand in the history in place of this one. */
function* runAgain(shell: Shell, text: string): Run<number> {
  shell.history.takeBack()
  for (const line of text.split('\n')) shell.history.add(line)
  return yield* shell.runText(text)
}

function* again(shell: Shell, lines: readonly string[], rest: readonly string[]): Run<number> {
  const changes = rest.filter((word) => word.includes('=')).map((word) => word.split('=', 2))
  const wanted = rest.find((word) => !word.includes('='))
  const at = wanted === undefined ? lines.length - 1 : placeOf(lines, shell.history.base, wanted, lines.length - 1)
  const line = at === undefined ? undefined : lines[at]
  if (line === undefined) return yield* nothing(shell)
  const text = changes.reduce((made, [old = '', by = '']) => made.split(old).join(by), line)
  yield* shell.write(2, `${text}\n`)
  return yield* runAgain(shell, text)
}

function* edited(shell: Shell, lines: readonly string[], editor: string, flags: ReadonlyMap<string, string>, rest: readonly string[]): Run<number> {
  const { sys } = shell
  const { base } = shell.history
  const newest = lines.length - 1
  const from = rest[0] === undefined ? newest : placeOf(lines, base, rest[0], newest)
  const to = rest[1] === undefined ? from : placeOf(lines, base, rest[1], newest)
  if (from === undefined || to === undefined || newest < 0) return yield* nothing(shell)
  const chosen = lines.slice(Math.min(from, to), Math.max(from, to) + 1)
  if (flags.has('r') !== from > to) chosen.reverse()
  const file = TEMPORARY + Array.from({ length: 6 }, () => LETTERS[(sys.random() >>> 0) % LETTERS.length]).join('')
  try {
    yield* sys.writeFile(file, encode(chosen.map((line) => `${line}\n`).join('')), { mode: 0o600 })
    if ((yield* shell.runText(`${editor} ${file}`)) !== 0) return 1
    const text = decode(yield* sys.readFile(file)).replace(/\n$/, '')
    yield* shell.write(2, `${text}\n`)
    return yield* runAgain(shell, text)
  } catch (error) {
    if (!isErrno(error)) throw error
    yield* shell.error(`fc: ${file}: cannot open temp file: ${error.message}`)
    return 1
  } finally {
    remove(shell, file)
  }
}

function remove({ sys }: Shell, file: string): void {
  try {
    sys.unlink(file)
  } catch {
    // The editor has taken it away.
  }
}

export default {
  name: 'fc',
  *run(shell, { args }) {
    // A number may look like an option: `fc -2`.
    const cut = args.findIndex((word, i) => i > 0 && /^-\d/.test(word))
    const parsed = parseOptions(cut < 0 ? args : args.slice(0, cut), 'e:lnrs')
    if ('bad' in parsed) return yield* usage(shell, 'fc', parsed.bad, USAGE)
    const { flags } = parsed
    const rest = [...parsed.rest, ...(cut < 0 ? [] : args.slice(cut))]
    const all = shell.history.lines
    // This command itself does not count, unless there is no other.
    const lines = all.length > 1 || !flags.has('l') ? all.slice(0, -1) : all
    if (flags.has('l')) return lines.length === 0 ? 0 : yield* listed(shell, lines, flags, rest)
    const editor = flags.get('e') ?? (shell.vars.get('FCEDIT') || shell.vars.get('EDITOR') || 'vi')
    if (flags.has('s') || editor === '-') return yield* again(shell, lines, rest)
    return yield* edited(shell, lines, editor, flags, rest)
  },
} satisfies Builtin
