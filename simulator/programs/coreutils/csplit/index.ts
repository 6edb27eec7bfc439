/** csplit(1) of coreutils 9.1: pieces of a file, cut at line numbers and where patterns match. */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { compile, type Regex, RegexError } from '../../../regex'
import { Exit, type Io } from '../../program'
import { command, fail, missingOperand, type Options } from '../command'
import { locale, openSource, quoted, reason, shown } from '../files'
import { numberOrComplaint } from '../numbers'
import { formatC } from '../printf/format'
import { HELP, VERSION } from './help'

interface Control {
  readonly text: string
  /** Times to be repeated; Infinity for {*}. */
  repeat: number
  readonly at: { readonly kind: 'line'; readonly line: number } | { readonly kind: 'match'; readonly regex: Regex; readonly offset: number; readonly skips: boolean }
}

function parseControls(io: Io, words: readonly string[]): Control[] {
  const out: Control[] = []
  let last = 0
  for (const word of words) {
    const repeat = /^\{(.*)\}$/.exec(word)
    const before = out.at(-1)
    if (repeat && before) {
      if (repeat[1] !== '*' && !/^\d+$/.test(repeat[1] ?? '')) return fail(io, `${locale(io, word.slice(0, -1))}}: integer required between '{' and '}'`)
      before.repeat = repeat[1] === '*' ? Infinity : Number(repeat[1])
      continue
    }
    const mark = word[0]
    if (mark === '/' || mark === '%') {
      const close = word.lastIndexOf(mark)
      if (close === 0) return fail(io, `${word}: closing delimiter '${mark}' missing`)
      const offset = word.slice(close + 1)
      if (offset !== '' && !/^[-+]?\d+$/.test(offset)) return fail(io, `${locale(io, word)}: integer expected after delimiter`)
      try {
        out.push({ text: word, repeat: 0, at: { kind: 'match', regex: compile(word.slice(1, close), { syntax: 'bre' }), offset: Number(offset || 0), skips: mark === '%' } })
      } catch (error) {
        if (!(error instanceof RegexError)) throw error
        return fail(io, `${locale(io, word)}: invalid regular expression: ${error.message}`)
      }
      continue
    }
    if (!/^\d+$/.test(word)) return fail(io, `${locale(io, word)}: invalid pattern`)
    const line = Number(word)
    if (line === 0) return fail(io, `${word}: line number must be greater than zero`)
    if (line < last) return fail(io, `line number ${locale(io, word)} is smaller than preceding line number, ${last}`)
    if (line === last) io.err(`${io.name}: warning: line number ${locale(io, word)} is the same as preceding line number\n`)
    last = line
    out.push({ text: word, repeat: 0, at: { kind: 'line', line } })
  }
  return out
}

/** -b is a format with one integer in it. */
function checkSuffix(io: Io, form: string): void {
  const found = [...form.matchAll(/%(%|[-0#']*\d*(?:\.\d*)?(.?))/g)].filter(([, what]) => what !== '%')
  const [first, second] = found
  if (!first) return fail(io, 'missing % conversion specification in suffix')
  const letter = first[2] ?? ''
  if (letter === '') return fail(io, 'missing conversion specifier in suffix')
  if (!/[diuoxX]/.test(letter)) return fail(io, `invalid conversion specifier in suffix: ${letter}`)
  if (second) return fail(io, 'too many % conversion specifications in suffix')
}

class Pieces {
  private readonly io: Io
  private readonly options: Options
  private readonly digits: number
  readonly made: string[] = []
  private count = 0
  constructor(io: Io, options: Options, digits: number) {
    this.io = io
    this.options = options
    this.digits = digits
  }
  *write(lines: readonly string[]): Run {
    const { io, options } = this
    const bytes = encode(lines.join(''))
    if (bytes.length === 0 && options.has('z')) return
    const form = options.value('b')
    const number = this.count++
    const name = (options.value('f') ?? 'xx') + (form === undefined ? String(number).padStart(this.digits, '0') : formatC(form, [String(number)]).text)
    try {
      yield* io.sys.writeFile(name, bytes)
    } catch (error) {
      return fail(io, `${shown(name)}: ${reason(error)}`)
    }
    this.made.push(name)
    if (!options.has('s', 'q')) io.out(`${bytes.length}\n`)
    yield* io.flush()
  }
  remove(): void {
    for (const name of this.made) {
      try {
        this.io.sys.unlink(name)
      } catch (error) {
        if (!isErrno(error)) throw error
      }
    }
  }
}

export default command({
  summary: 'split a file into sections determined by context lines',
  help: HELP, version: VERSION, hidden: '  -q, --quiet\n',
  *run(io, options) {
    const { operands } = options
    if (operands.length < 2) return missingOperand(io, operands)
    const digitsText = options.value('n')
    const digits = digitsText === undefined ? 2 : numberOrComplaint(digitsText, { what: 'invalid number' }, (t) => locale(io, t))
    if (typeof digits !== 'number') return fail(io, digits.complaint)
    const form = options.value('b')
    if (form !== undefined) checkSuffix(io, form)
    const [path = '', ...words] = operands
    const controls = parseControls(io, words)
    let lines: string[]
    try {
      const source = yield* openSource(io.sys, path)
      lines = decode(yield* source.all()).match(/[^\n]*\n|[^\n]+$/g) ?? []
      source.close()
      if (lines.length === 0) return fail(io, 'input disappeared')
    } catch (error) {
      return fail(io, `cannot open ${quoted(path)} for reading: ${reason(error)}`)
    }
    const pieces = new Pieces(io, options, digits)
    try {
      yield* cut(io, options, lines, controls, pieces)
      return 0
    } catch (error) {
      if (error instanceof Exit && !options.has('k')) pieces.remove()
      throw error
    }
  },
})

function* cut(io: Io, options: Options, lines: readonly string[], controls: readonly Control[], pieces: Pieces): Run {
  /** The first line not yet written, and the last one that was looked at. */
  let start = 0
  let current = 0
  const suppress = options.has('suppress-matched')
  const restAndFail = function* (message: string): Run<never> {
    yield* pieces.write(lines.slice(start))
    return fail(io, message)
  }
  for (const { text, repeat, at } of controls) {
    for (let i = 0; i <= repeat; i++) {
      const which = i > 0 ? ` on repetition ${i}` : ''
      if (at.kind === 'line') {
        const stop = at.line * (i + 1) - 1
        if (stop >= lines.length) {
          return yield* restAndFail(`${locale(io, text)}: line number out of range${which}`)
        }
        yield* pieces.write(lines.slice(start, stop))
        start = stop + (suppress ? 1 : 0)
        current = start
        continue
      }
      const first = i > 0 || current > start ? current : start
      let found = first
      while (found < lines.length && !at.regex.test((lines[found] ?? '').replace(/\n$/, ''))) found++
      if (found >= lines.length) {
        if (repeat === Infinity) {
          if (!at.skips) yield* pieces.write(lines.slice(start))
          return
        }
        if (!at.skips) return yield* restAndFail(`${locale(io, text)}: match not found${which}`)
        return fail(io, `${locale(io, text)}: match not found${which}`)
      }
      const stop = found + at.offset
      if (stop < start || stop > lines.length) return yield* restAndFail(`${locale(io, text)}: line number out of range${which}`)
      if (!at.skips) yield* pieces.write(lines.slice(start, stop))
      start = stop + (suppress ? 1 : 0)
      current = Math.max(found + 1, start)
    }
  }
  yield* pieces.write(lines.slice(start))
}
