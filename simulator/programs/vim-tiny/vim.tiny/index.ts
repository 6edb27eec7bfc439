/**
 * vi of Debian 12 (vim.tiny 9.0): enough of it to write, change, save and leave a file. Commands: motions h j k l w b 0 ^ $ gg G,
 * i a I A o O x X D dd dw yy p P J r u, / n N, ZZ, and : w q wq x with `!`, a file name or a line number.
 */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { compile, RegexError } from '../../../regex'
import { Keys } from '../../libc/keys'
import { type Io, program } from '../../program'
import { Buffer } from './buffer'

export default program({
  summary: 'Vi IMproved, a compact version', size: 1_629_584, paths: ['/usr/bin/vim.tiny', '/usr/bin/vi', '/usr/bin/view', '/usr/bin/ex', '/usr/bin/editor'],
  *run(io) {
    if (io.args.some((a) => a.startsWith('-') && a !== '-R' && a !== '--') || !io.sys.isatty(0) || !io.sys.isatty(1)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const files = io.args.filter((a) => !a.startsWith('-') && !a.startsWith('+'))
    const line = io.args.find((a) => /^\+\d*$/.test(a))
    return yield* new Editor(io, files[0], line).run()
  },
})

type Mode = 'command' | 'insert'

class Editor {
  private readonly io: Io
  private readonly keys: Keys
  private readonly startLine: string | undefined
  private file: string | undefined
  private buffer = new Buffer('')
  private mode: Mode = 'command'
  private top = 0
  private message = ''
  private copied: { text: string[]; kind: 'lines' | 'characters' } = { text: [], kind: 'lines' }
  private pattern = ''
  private done = false
  constructor(io: Io, file: string | undefined, startLine: string | undefined) {
    this.io = io
    this.file = file
    this.startLine = startLine
    this.keys = new Keys(io.sys, 0)
  }
  *run(): Run<number> {
    const { io } = this
    yield* this.load()
    io.out('\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\x1b[H\x1b[2J')
    try {
      while (!this.done) {
        this.draw()
        yield* io.flush()
        const key = yield* this.keys.next()
        if (key === null) break
        if (key === 'resized') continue
        this.message = ''
        if (this.mode === 'insert') this.typed(key)
        else yield* this.command(key)
        this.buffer.clamp(this.mode)
      }
    } finally {
      this.keys.restore()
    }
    io.out('\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t')
    yield* io.flush()
    return 0
  }
  private *load(): Run {
    if (this.file === undefined) return
    try {
      const text = decode(yield* this.io.sys.readFile(this.file))
      this.buffer = new Buffer(text)
      const count = text === '' ? 0 : this.buffer.lines.length
      this.message = `"${this.file}" ${count}L, ${encode(text).length}B`
      if (this.startLine !== undefined) this.buffer.row = this.startLine === '+' ? this.buffer.lines.length - 1 : Number(this.startLine.slice(1)) - 1
      this.buffer.clamp('command')
    } catch (error) {
      if (!isErrno(error)) throw error
      this.message = `"${this.file}" ${error.code === 'ENOENT' ? '[New]' : error.message}`
    }
  }

  // ── screen ────────────────────────────────────────────────────────────────────────────────────────────
  private draw(): void {
    const { rows = 24, cols = 80 } = this.io.sys.getWindowSize(1)
    const height = Math.max(1, (rows || 24) - 1)
    const { buffer } = this
    if (buffer.row < this.top) this.top = buffer.row
    if (buffer.row >= this.top + height) this.top = buffer.row - height + 1
    let out = '\x1b[?25l\x1b[H'
    for (let i = 0; i < height; i++) {
      const line = buffer.lines[this.top + i]
      out += `${line === undefined ? '\x1b[94m~\x1b[39m' : expanded(line).slice(0, cols || 80)}\x1b[K\r\n`
    }
    const status = this.message !== '' ? this.message : this.mode === 'insert' ? '\x1b[1m-- INSERT --\x1b[m' : ''
    out += `${status}\x1b[K\x1b[${height + 1};${(cols || 80) - 17}H${`${buffer.row + 1},${buffer.column + (buffer.line === '' ? 0 : 1)}${buffer.line === '' ? '-1' : ''}`.padEnd(14)}${where(this.top, height, buffer.lines.length)}`
    const column = expanded(buffer.line.slice(0, buffer.column)).length
    this.io.out(`${out}\x1b[${buffer.row - this.top + 1};${column + 1}H\x1b[?25h`)
  }

  // ── insert ────────────────────────────────────────────────────────────────────────────────────────────
  private typed(key: string): void {
    const { buffer } = this
    if (key === '\x1b' || key === '\x03') {
      this.mode = 'command'
      buffer.column--
    } else if (key === '\r' || key === '\n') buffer.split()
    else if (key === '\x7f' || key === '\b') buffer.backspace()
    else if (key === 'delete') buffer.remove(1)
    else if (!this.moved(key) && (key >= ' ' || key === '\t')) buffer.insert(key)
  }
  /** Keys that only move the cursor; false: it is none. */
  private moved(key: string): boolean {
    const { buffer } = this
    switch (key) {
      case 'left': buffer.column--; return true
      case 'right': buffer.column++; return true
      case 'up': buffer.row--; return true
      case 'down': buffer.row++; return true
      case 'home': buffer.column = 0; return true
      case 'end': buffer.column = buffer.line.length; return true
      case 'pageup': buffer.row -= 20; return true
      case 'pagedown': buffer.row += 20; return true
      case 'insert': case 'delete': return true
      default: return false
    }
  }

  // ── commands ──────────────────────────────────────────────────────────────────────────────────────────
  private enter(prepare: () => void): void {
    this.buffer.remember()
    prepare()
    this.mode = 'insert'
  }
  private change(work: () => void): void {
    this.buffer.remember()
    work()
  }
  private *command(first: string): Run {
    const { buffer } = this
    let digits = ''
    let key: string | null = first
    while (key !== null && /^[0-9]$/.test(key) && !(key === '0' && digits === '')) {
      digits += key
      key = yield* this.keys.next()
    }
    if (key === null) return
    const count = Number(digits || 1)
    if (this.moved(key)) return
    switch (key) {
      case 'h': case '\x7f': buffer.column -= count; return
      case 'l': case ' ': buffer.column += count; return
      case 'j': case '\r': case '\n': case '+': buffer.row += count; return
      case 'k': case '-': buffer.row -= count; return
      case '0': buffer.column = 0; return
      case '^': buffer.column = Math.max(0, buffer.line.search(/\S/)); return
      case '$': buffer.column = buffer.line.length; return
      case 'G': buffer.row = digits === '' ? buffer.lines.length - 1 : count - 1; return
      case 'g':
        if ((yield* this.keys.next()) === 'g') buffer.row = count - 1
        return
      case 'w': for (let i = 0; i < count; i++) this.word(); return
      case 'b': for (let i = 0; i < count; i++) this.back(); return
      case '\x06': buffer.row += 20; return
      case '\x02': buffer.row -= 20; return
      case 'i': return this.enter(() => {})
      case 'a': return this.enter(() => buffer.column++)
      case 'I': return this.enter(() => { buffer.column = Math.max(0, buffer.line.search(/\S/)) })
      case 'A': return this.enter(() => { buffer.column = buffer.line.length })
      case 'o': return this.enter(() => buffer.open(buffer.row + 1))
      case 'O': return this.enter(() => buffer.open(buffer.row))
      case 'C': return this.enter(() => buffer.remove(Infinity))
      case 's': return this.enter(() => buffer.remove(count))
      case 'x': return this.change(() => { this.copied = { text: [buffer.remove(count)], kind: 'characters' } })
      case 'X': return this.change(() => { if (buffer.column > 0) buffer.backspace() })
      case 'D': return this.change(() => { this.copied = { text: [buffer.remove(Infinity)], kind: 'characters' } })
      case 'J': return this.change(() => {
        const next = buffer.lines[buffer.row + 1]
        if (next === undefined) return
        buffer.lines.splice(buffer.row + 1, 1)
        buffer.replaceLine(`${buffer.line} ${next.trimStart()}`)
      })
      case 'd': case 'c': return yield* this.operator(key, count)
      case 'y':
        if ((yield* this.keys.next()) === 'y') this.copied = { text: buffer.lines.slice(buffer.row, buffer.row + count), kind: 'lines' }
        return
      case 'p': case 'P': return this.put(key)
      case 'r': {
        const letter = yield* this.keys.next()
        if (letter !== null && letter.length === 1 && letter >= ' ') this.change(() => {
          buffer.remove(1)
          buffer.insert(letter)
          buffer.column--
        })
        return
      }
      case 'u':
        if (!buffer.undo()) this.message = 'Already at oldest change'
        return
      case '/': {
        const text = yield* this.ask('/')
        if (text !== null && text !== '') this.pattern = text
        if (text !== null) this.find(1)
        return
      }
      case 'n': return this.find(1)
      case 'N': return this.find(-1)
      case ':': {
        const line = yield* this.ask(':')
        if (line !== null) yield* this.ex(line.trim())
        return
      }
      case 'Z':
        if ((yield* this.keys.next()) === 'Z') yield* this.ex('x')
        return
    }
  }
  private word(): void {
    const { buffer } = this
    const rest = /^(?:\w+|[^\w\s]+)?\s*/.exec(buffer.line.slice(buffer.column))?.[0].length ?? 0
    if (buffer.column + rest < buffer.line.length) buffer.column += Math.max(1, rest)
    else if (buffer.row + 1 < buffer.lines.length) {
      buffer.row++
      buffer.column = Math.max(0, buffer.line.search(/\S/))
    } else buffer.column = buffer.line.length
  }
  private back(): void {
    const { buffer } = this
    const before = buffer.line.slice(0, buffer.column).trimEnd()
    if (before === '' && buffer.row > 0) {
      buffer.row--
      buffer.column = buffer.line.length
      return this.back()
    }
    buffer.column = before.length - (/(?:\w+|[^\w\s]+)$/.exec(before)?.[0].length ?? 0)
  }
  /** dd, dw, d$ and the same with c. */
  private *operator(key: 'd' | 'c', count: number): Run {
    const { buffer } = this
    const motion = yield* this.keys.next()
    if (motion === key) {
      this.change(() => {
        if (key === 'c') {
          this.copied = { text: [buffer.line], kind: 'lines' }
          buffer.replaceLine('')
        } else this.copied = { text: buffer.removeLines(count), kind: 'lines' }
      })
    } else if (motion === 'w' || motion === '$') {
      const length = motion === '$' ? Infinity : (new RegExp(`^(?:(?:\\w+|[^\\w\\s]+|\\s+)${key === 'c' ? '' : '\\s*'}){1,${count}}`).exec(buffer.line.slice(buffer.column))?.[0].length ?? 0)
      this.change(() => {
        this.copied = { text: [buffer.remove(length)], kind: 'characters' }
      })
    } else return
    if (key === 'c') this.mode = 'insert'
  }
  private put(key: 'p' | 'P'): void {
    const { buffer, copied } = this
    if (copied.text.length === 0) return
    this.change(() => {
      if (copied.kind === 'lines') {
        const at = key === 'p' ? buffer.row + 1 : buffer.row
        buffer.lines.splice(at, 0, ...copied.text)
        buffer.row = at
        buffer.column = 0
        buffer.changed = true
      } else {
        if (key === 'p' && buffer.line !== '') buffer.column++
        buffer.insert(copied.text.join(''))
        buffer.column--
      }
    })
  }
  private find(step: 1 | -1): void {
    const { buffer } = this
    if (this.pattern === '') {
      this.message = 'E35: No previous regular expression'
      return
    }
    try {
      const regex = compile(this.pattern, { syntax: 'bre' })
      for (let i = 1; i <= buffer.lines.length; i++) {
        const row = (buffer.row + i * step + buffer.lines.length * 2) % buffer.lines.length
        const match = regex.exec(buffer.lines[row] ?? '')?.[0]
        if (!match) continue
        buffer.row = row
        buffer.column = match[0]
        return
      }
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
    }
    this.message = `E486: Pattern not found: ${this.pattern}`
  }
  /** A line typed at the bottom; null when it was left. */
  private *ask(mark: ':' | '/'): Run<string | null> {
    let text = ''
    for (;;) {
      const { rows } = this.io.sys.getWindowSize(1)
      this.io.out(`\x1b[${rows || 24};1H${mark}${text}\x1b[K`)
      yield* this.io.flush()
      const key = yield* this.keys.next()
      if (key === 'resized') this.draw()
      if (key === null || key === '\x1b' || key === '\x03') return null
      if (key === '\r' || key === '\n') return text
      if (key === '\x7f' || key === '\b') {
        if (text === '') return null
        text = Array.from(text).slice(0, -1).join('')
      } else if (key >= ' ' && Array.from(key).length === 1) text += key
    }
  }
  private *ex(line: string): Run {
    const { buffer } = this
    if (/^\d+$|^\$$/.test(line)) {
      buffer.row = line === '$' ? buffer.lines.length - 1 : Number(line) - 1
      return
    }
    const found = /^(w|write|wq|x|xit|q|quit|wa|wqa|xa|qa|qall|wall)(!?)(?:\s+(\S+))?$/.exec(line)
    if (!found) {
      if (line !== '') this.message = `E492: Not an editor command: ${line}`
      return
    }
    const [, word = '', force = '', name] = found
    const writes = word.startsWith('w') || word.startsWith('x')
    const leaves = /q|x/.test(word)
    if (writes && (word.startsWith('w') || buffer.changed)) {
      if (!(yield* this.save(name, force === '!'))) return
    }
    if (!leaves) return
    if (!writes && buffer.changed && force === '') {
      this.message = 'E37: No write since last change (add ! to override)'
      return
    }
    this.done = true
  }
  private *save(name: string | undefined, force: boolean): Run<boolean> {
    const path = name ?? this.file
    if (path === undefined) {
      this.message = 'E32: No file name'
      return false
    }
    const { sys } = this.io
    let isNew = false
    try {
      sys.stat(path)
      if (name !== undefined && name !== this.file && !force) {
        this.message = 'E13: File exists (add ! to override)'
        return false
      }
    } catch (error) {
      if (!isErrno(error)) throw error
      isNew = true
    }
    try {
      const { text } = this.buffer
      yield* sys.writeFile(path, encode(text))
      this.file ??= path
      this.buffer.changed = false
      this.message = `"${path}" ${isNew ? '[New] ' : ''}${text === '' ? 0 : this.buffer.lines.length}L, ${encode(text).length}B written`
      return true
    } catch (error) {
      if (!isErrno(error)) throw error
      this.message = `"${path}" E212: Can't open file for writing`
      return false
    }
  }
}

function expanded(line: string): string {
  let out = ''
  for (const c of line) out += c === '\t' ? ' '.repeat(8 - (out.length % 8)) : c < ' ' ? `^${String.fromCharCode(c.charCodeAt(0) + 64)}` : c
  return out
}

const where = (top: number, height: number, lines: number): string => (lines <= height ? 'All' : top === 0 ? 'Top' : top + height >= lines ? 'Bot' : `${Math.floor((top / Math.max(1, lines - height)) * 100)}%`)
