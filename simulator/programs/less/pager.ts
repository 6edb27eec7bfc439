/** A text shown a screen at a time: what less and more do on a terminal. */
import type { Run } from '../../kernel/run'
import { compile, type Regex, RegexError } from '../../regex'
import { Keys } from '../libc/keys'
import type { Io } from '../program'

export interface Screenful {
  /** What is said first, at the bottom. */
  readonly message?: string
  readonly name: string
  readonly lines: readonly string[]
  readonly numbers: boolean
  readonly chop: boolean
  /** Where to begin. */
  readonly top: number
}

const REVERSE = '\x1b[7m'
const NORMAL = '\x1b[27m'
const CLEAR = '\x1b[K'

/** Rows of the screen that a text's lines take. */
export function rowsOf(lines: readonly string[], cols: number, numbers: boolean, chop: boolean): { text: string; line: number }[] {
  const rows: { text: string; line: number }[] = []
  lines.forEach((line, i) => {
    const shown = (numbers ? `${String(i + 1).padStart(7)} ` : '') + visible(line)
    if (chop || shown.length <= cols) rows.push({ text: shown.slice(0, cols), line: i })
    else for (let at = 0; at < shown.length; at += cols) rows.push({ text: shown.slice(at, at + cols), line: i })
  })
  return rows
}

/** Tabs to the next stop, controls as `^X`. */
function visible(line: string): string {
  let out = ''
  for (const c of line) out += c === '\t' ? ' '.repeat(8 - (out.length % 8)) : c < ' ' ? `^${String.fromCharCode(c.charCodeAt(0) + 64)}` : c
  return out
}

export class Pager {
  private readonly io: Io
  private readonly what: Screenful
  private readonly keys: Keys
  private rows: { text: string; line: number }[] = []
  private top = 0
  private height = 23
  private pattern: Regex | null = null
  private direction: 1 | -1 = 1
  private message = ''
  constructor(io: Io, what: Screenful, fd: number) {
    this.io = io
    this.what = what
    this.keys = new Keys(io.sys, fd)
  }
  *run(): Run {
    const { io } = this
    io.out('\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\r')
    this.measure()
    this.message = this.what.message ?? ''
    this.top = Math.min(this.what.top, this.last)
    try {
      this.draw()
      for (;;) {
        yield* io.flush()
        const key = yield* this.keys.next()
        if (key === null || key === 'q' || key === 'Q' || key === '\x03') break
        yield* this.key(key)
      }
    } finally {
      this.keys.restore()
    }
    io.out('\r\x1b[K\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t')
    yield* io.flush()
  }
  private measure(): void {
    const { rows, cols } = this.io.sys.getWindowSize(1)
    this.height = Math.max(1, (rows || 24) - 1)
    this.rows = rowsOf(this.what.lines, cols || 80, this.what.numbers, this.what.chop)
  }
  private get last(): number {
    return Math.max(0, this.rows.length - this.height)
  }
  private draw(): void {
    let out = '\x1b[H'
    for (let i = 0; i < this.height; i++) {
      const row = this.rows[this.top + i]
      out += `${row ? this.marked(row.text) : '~'}${CLEAR}\n`
    }
    this.io.out(out)
    this.prompt()
  }
  private marked(text: string): string {
    const { pattern } = this
    if (!pattern) return text
    let out = ''
    let at = 0
    for (let from = 0; from <= text.length; ) {
      const match = pattern.exec(text, from)?.[0]
      if (!match || match[0] === match[1]) break
      out += text.slice(at, match[0]) + REVERSE + text.slice(match[0], match[1]) + NORMAL
      at = from = match[1]
    }
    return out + text.slice(at)
  }
  private prompt(): void {
    const atEnd = this.top >= this.last
    const text = this.message !== '' ? this.message : atEnd ? '(END)' : this.top === 0 && this.what.name !== '' ? this.what.name : ''
    this.message = ''
    this.io.out(text === '' ? `\r:${CLEAR}` : `\r${REVERSE}${text}${NORMAL}${CLEAR}`)
  }
  private move(to: number): void {
    const next = Math.max(0, Math.min(this.last, to))
    if (next === this.top) {
      this.io.out('\x07')
      return this.prompt()
    }
    this.top = next
    this.draw()
  }
  private *key(key: string): Run {
    const half = Math.max(1, Math.floor(this.height / 2))
    switch (key) {
      case ' ': case 'f': case '\x06': case '\x16': case 'pagedown': return this.move(this.top + this.height)
      case 'b': case '\x02': case 'pageup': return this.move(this.top - this.height)
      case 'j': case 'e': case '\r': case '\n': case '\x0e': case '\x05': case 'down': return this.move(this.top + 1)
      case 'k': case 'y': case '\x10': case '\x19': case 'up': return this.move(this.top - 1)
      case 'd': case '\x04': return this.move(this.top + half)
      case 'u': case '\x15': return this.move(this.top - half)
      case 'g': case '<': case 'home': return this.move(0)
      case 'G': case '>': case 'end': return this.move(this.last)
      case 'r': case '\x0c': case 'resized':
        this.measure()
        this.top = Math.min(this.top, this.last)
        return this.draw()
      case '/': case '?': return yield* this.ask(key)
      case 'n': return this.search(this.direction)
      case 'N': return this.search(this.direction === 1 ? -1 : 1)
      case '=':
        this.message = `${this.what.name === '' ? '' : `${this.what.name} `}lines ${this.top + 1}-${Math.min(this.rows.length, this.top + this.height)}/${this.rows.length} ${this.top >= this.last ? '(END)' : `${Math.floor(((this.top + this.height) / this.rows.length) * 100)}%`}`
        return this.prompt()
      default:
        this.io.out('\x07')
        this.prompt()
    }
  }
  private *ask(mark: '/' | '?'): Run {
    let text = ''
    for (;;) {
      this.io.out(`\r${mark}${text}${CLEAR}`)
      yield* this.io.flush()
      const key = yield* this.keys.next()
      if (key === null || key === '\x1b' || key === '\x03') return this.prompt()
      if (key === '\r' || key === '\n') break
      if (key === '\x7f' || key === '\b') {
        if (text === '') return this.prompt()
        text = Array.from(text).slice(0, -1).join('')
      } else if (key.length === 1 || /^[\ud800-\udbff]/.test(key)) text += key
    }
    this.direction = mark === '/' ? 1 : -1
    try {
      if (text !== '') this.pattern = compile(text, { syntax: 'ere' })
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      this.message = `${error.message}  (press RETURN)`
      return this.prompt()
    }
    this.search(this.direction)
  }
  private search(step: 1 | -1): void {
    const { pattern, rows } = this
    if (!pattern) {
      this.message = 'No previous regular expression  (press RETURN)'
      return this.prompt()
    }
    for (let i = this.top + step; i >= 0 && i < rows.length; i += step) {
      if (!pattern.test(rows[i]?.text ?? '')) continue
      this.top = Math.min(i, this.last)
      return this.draw()
    }
    this.message = 'Pattern not found  (press RETURN)'
    this.prompt()
  }
}
