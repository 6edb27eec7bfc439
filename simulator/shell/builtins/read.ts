/** `read` (bash(1), SHELL BUILTIN COMMANDS). */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { InterruptJump } from '../control'
import type { Builtin } from '../builtins'
import type { Shell } from '../shell'
import { isName } from '../variables'
import { INTERRUPTED } from '../interactive/reader'
import { newMemory } from '../readline/editor'
import { readEdited } from '../readline/reader'
import { parseOptions, usage } from './options'

export interface ReadOptions {
  readonly delimiter: string
  /** `raw`: a backslash is a character like others. */
  readonly raw: 'raw' | 'escapes'
  readonly count?: number
  readonly exactly?: true
  readonly deadline?: number
}

export interface ReadResult {
  /** Characters that a backslash quoted are preceded by U+E001. */
  readonly text: string
  readonly ended: 'delimiter' | 'eof' | 'count' | 'timeout'
}

const QUOTED = '\ue001'

/** Reads up to the delimiter, a byte at a time, as a shell must that shares its input with others. */
export function* readLine(shell: Shell, fd: number, options: ReadOptions): Run<ReadResult> {
  const { sys } = shell
  const bytes: number[] = []
  let escaped = false
  let count = 0
  const delimiter = options.delimiter === '' ? 0 : options.delimiter.charCodeAt(0)
  const mark = [0xee, 0x80, 0x81]
  let ended: ReadResult['ended'] = 'eof'
  for (;;) {
    if (options.count !== undefined && count >= options.count) {
      ended = 'count'
      break
    }
    if (options.deadline !== undefined) {
      const left = options.deadline - sys.monotonic()
      const ready = left > 0 ? yield* sys.poll([{ fd, read: true }], left) : []
      if (!ready.some((r) => r.readable || r.hangup)) {
        ended = 'timeout'
        break
      }
    }
    let chunk: Uint8Array
    try {
      chunk = yield* sys.read(fd, 1)
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      if (shell.interrupted) throw new InterruptJump()
      yield* shell.checkSignals()
      continue
    }
    const byte = chunk[0]
    if (byte === undefined) break
    if (escaped) {
      escaped = false
      if (byte !== 10) {
        bytes.push(...mark, byte)
        count++
      }
      continue
    }
    if (byte === 92 && options.raw === 'escapes') {
      escaped = true
      continue
    }
    if (byte === delimiter && options.exactly === undefined) {
      ended = 'delimiter'
      break
    }
    if (byte === 0) continue
    bytes.push(byte)
    if ((byte & 0xc0) !== 0x80) count++
  }
  return { text: decode(new Uint8Array(bytes)), ended }
}

/** `read -e`: the line is edited as one of the prompt's. */
function* readWithReadline(shell: Shell, prompt: string, raw: ReadOptions['raw']): Run<ReadResult> {
  const line = yield* readEdited(shell, prompt, newMemory())
  if (line === INTERRUPTED) throw new InterruptJump()
  if (line === null) return { text: '', ended: 'eof' }
  return { text: raw === 'raw' ? line : line.replace(/\\([\s\S])/g, `${QUOTED}$1`), ended: 'delimiter' }
}

const plain = (text: string): string => text.replaceAll(QUOTED, '')

/** Divides a line among `count` variables as `read` does: the last gets the rest. */
function divide(text: string, ifs: string, count: number): string[] {
  const white: readonly string[] = [...ifs].filter((c) => c === ' ' || c === '\t' || c === '\n')
  const isWhite = (c: string | undefined): boolean => c !== undefined && white.includes(c)
  const isIfs = (c: string | undefined): boolean => c !== undefined && ifs.includes(c)
  const fields: string[] = []
  let i = 0
  while (isWhite(text[i])) i++
  while (fields.length < count - 1 && i < text.length) {
    let field = ''
    while (i < text.length && !isIfs(text[i])) {
      if (text[i] === QUOTED) {
        field += text[i + 1] ?? ''
        i += 2
      } else field += text[i++]
    }
    fields.push(field)
    while (isWhite(text[i])) i++
    if (isIfs(text[i]) && !isWhite(text[i])) {
      i++
      while (isWhite(text[i])) i++
    }
  }
  if (fields.length < count) {
    let rest = text.slice(i)
    let end = rest.length
    while (end > 0 && isWhite(rest[end - 1]) && rest[end - 2] !== QUOTED) end--
    rest = rest.slice(0, end)
    const last = rest.at(-1)
    if (last !== undefined && isIfs(last) && !isWhite(last) && rest.at(-2) !== QUOTED && ![...rest.slice(0, -1)].some((c) => isIfs(c))) rest = rest.slice(0, -1)
    fields.push(plain(rest))
  }
  while (fields.length < count) fields.push('')
  return fields
}

export default {
  name: 'read',
  *run(shell, { args }) {
    const parsed = parseOptions(args, 'ersa:d:i:n:N:p:t:u:')
    if ('bad' in parsed) return yield* usage(shell, 'read', parsed.bad, 'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]')
    const { flags, rest } = parsed
    const { sys } = shell
    const fd = Number(flags.get('u') ?? 0)
    for (const name of rest) {
      if (isName(name) || /^[A-Za-z_]\w*\[.+\]$/.test(name)) continue
      yield* shell.error(`read: \`${name}': not a valid identifier`)
      return 1
    }
    if (!sys.isOpen(fd)) {
      yield* shell.error(`read: ${fd}: invalid file descriptor: Bad file descriptor`)
      return 1
    }
    const terminal = sys.isatty(fd)
    const prompt = flags.get('p')
    const edits = flags.has('e') && terminal && fd === 0
    if (prompt !== undefined && terminal && !edits) yield* shell.write(2, prompt)
    const exact = flags.get('N')
    const count = exact ?? flags.get('n')
    const timeout = flags.get('t')
    if (timeout === '0') return (yield* sys.poll([{ fd, read: true }], 0)).some((r) => r.readable) ? 0 : 1
    const saved = terminal && (flags.has('s') || count !== undefined) ? sys.tcgetattr(fd) : undefined
    if (saved) sys.tcsetattr(fd, { ...saved, echo: flags.has('s') ? false : saved.echo, icanon: count === undefined ? saved.icanon : false })
    let line: ReadResult
    try {
      line = edits ? yield* readWithReadline(shell, prompt ?? '', flags.has('r') ? 'raw' : 'escapes') : yield* readLine(shell, fd, {
        delimiter: flags.has('d') ? (flags.get('d') ?? '') : '\n', raw: flags.has('r') ? 'raw' : 'escapes',
        ...(count === undefined ? {} : { count: Number(count) }), ...(exact === undefined ? {} : { exactly: true as const }),
        ...(timeout === undefined ? {} : { deadline: sys.monotonic() + Number(timeout) * 1e9 }),
      })
    } finally {
      if (saved) sys.tcsetattr(fd, saved)
    }
    const status = line.ended === 'timeout' ? 142 : line.ended === 'eof' ? 1 : 0
    const array = flags.get('a')
    if (array !== undefined) {
      const words = line.text === '' ? [] : divide(line.text, shell.ifs, 1_000_000)
      while (words.at(-1) === '') words.pop()
      shell.vars.putList(array, words)
    } else if (rest.length === 0) shell.assign('REPLY', plain(line.text))
    else if (exact !== undefined) rest.forEach((name, i) => shell.assign(name, i === 0 ? plain(line.text) : ''))
    else divide(line.text, shell.ifs, rest.length).forEach((value, i) => {
      const name = rest[i] as string
      const element = /^(\w+)\[(.*)\]$/.exec(name)
      if (element) shell.assignElement(element[1] as string, element[2] as string, value)
      else shell.assign(name, value)
    })
    return status
  },
} satisfies Builtin
