/** The line being typed: keys change it and give the bytes that redraw it, as readline's emacs mode does (readline(3)). */
import { decode } from '../../kernel/bytes'
import type { Shell } from '../shell'
import { complete } from './completion'

export interface KeyResult {
  readonly output: string
  readonly done?: 'line' | 'eof'
}

const NOTHING: KeyResult = { output: '' }
const BELL: KeyResult = { output: '\x07' }

export class Editor {
  text = ''
  private at = 0
  private killed = ''
  private pending: number[] = []
  private escape = ''
  private historyAt: number
  private draft = ''
  private lastTab = false
  private search: { text: string; at: number } | null = null
  private readonly shell: Shell
  private readonly prompt: string
  constructor(shell: Shell, prompt: string) {
    this.shell = shell
    this.prompt = prompt
    this.historyAt = shell.history.length
  }
  key(byte: number): KeyResult {
    const wasTab = this.lastTab
    this.lastTab = false
    if (this.escape !== '') return this.escaped(byte)
    if (this.search) return this.searching(byte)
    if (byte >= 0x80) {
      this.pending.push(byte)
      const first = this.pending[0] as number
      const wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
      if (this.pending.length < wanted) return NOTHING
      const text = decode(new Uint8Array(this.pending))
      this.pending = []
      return this.insert(text)
    }
    switch (byte) {
      case 13:
      case 10:
        return { output: '', done: 'line' }
      case 4:
        if (this.text === '') return { output: '', done: 'eof' }
        return this.remove(this.at, this.at + 1)
      case 127:
      case 8:
        return this.at === 0 ? BELL : this.remove(this.at - 1, this.at)
      case 1:
        return this.moveTo(0)
      case 5:
        return this.moveTo(this.text.length)
      case 2:
        return this.at === 0 ? BELL : this.moveTo(this.at - 1)
      case 6:
        return this.at === this.text.length ? BELL : this.moveTo(this.at + 1)
      case 11:
        this.killed = this.text.slice(this.at)
        return this.remove(this.at, this.text.length)
      case 21:
        this.killed = this.text.slice(0, this.at)
        return this.remove(0, this.at)
      case 23: {
        const from = this.text.slice(0, this.at).replace(/\S+\s*$/, '').length
        this.killed = this.text.slice(from, this.at)
        return from === this.at ? BELL : this.remove(from, this.at)
      }
      case 25:
        return this.insert(this.killed)
      case 12:
        return { output: `\x1b[H\x1b[2J${this.prompt}${this.text}${'\b'.repeat(this.text.length - this.at)}` }
      case 16:
        return this.recall(-1)
      case 14:
        return this.recall(1)
      case 18:
        this.search = { text: '', at: this.shell.history.length }
        return { output: `\r\x1b[K(reverse-i-search)\`': ${this.text}` }
      case 9: {
        const result = complete(this.shell, this.text, this.at, wasTab ? 'again' : 'first')
        this.lastTab = true
        if (result.kind === 'insert') return this.insert(result.text)
        if (result.kind === 'list') return { output: `\n${result.text}${this.prompt}${this.text}${'\b'.repeat(this.text.length - this.at)}` }
        return BELL
      }
      case 27:
        this.escape = '\x1b'
        return NOTHING
      default:
        return byte < 32 ? BELL : this.insert(String.fromCharCode(byte))
    }
  }
  private escaped(byte: number): KeyResult {
    this.escape += String.fromCharCode(byte)
    const sequence = this.escape.slice(1)
    if (/^(?:\[|O|\[[0-9;]*)$/.test(sequence)) return NOTHING
    this.escape = ''
    switch (sequence) {
      case '[A':
      case 'OA':
        return this.recall(-1)
      case '[B':
      case 'OB':
        return this.recall(1)
      case '[C':
      case 'OC':
        return this.at === this.text.length ? BELL : this.moveTo(this.at + 1)
      case '[D':
      case 'OD':
        return this.at === 0 ? BELL : this.moveTo(this.at - 1)
      case '[H':
      case 'OH':
      case '[1~':
        return this.moveTo(0)
      case '[F':
      case 'OF':
      case '[4~':
        return this.moveTo(this.text.length)
      case '[3~':
        return this.remove(this.at, this.at + 1)
      case 'b':
        return this.moveTo(this.text.slice(0, this.at).replace(/\w+\W*$/, '').length)
      case 'f':
        return this.moveTo(this.at + (/^\W*\w*/.exec(this.text.slice(this.at))?.[0].length ?? 0))
      case 'd':
        return this.remove(this.at, this.at + (/^\W*\w*/.exec(this.text.slice(this.at))?.[0].length ?? 0))
      case '.': {
        const words = (this.shell.history.lines.at(-1) ?? '').split(/\s+/)
        return this.insert(words.at(-1) ?? '')
      }
      default:
        return NOTHING
    }
  }
  private searching(byte: number): KeyResult {
    const search = this.search as { text: string; at: number }
    const { lines } = this.shell.history
    const look = (from: number): void => {
      for (let i = from; i >= 0; i--) {
        if (!lines[i]?.includes(search.text)) continue
        search.at = i
        this.text = lines[i] as string
        this.at = this.text.lastIndexOf(search.text)
        return
      }
    }
    if (byte === 18) look(search.at - 1)
    else if (byte === 127 || byte === 8) {
      search.text = search.text.slice(0, -1)
      look(lines.length - 1)
    } else if (byte >= 32 && byte < 127) {
      search.text += String.fromCharCode(byte)
      look(Math.min(search.at, lines.length - 1))
    } else {
      this.search = null
      if (byte === 7) this.text = ''
      this.at = this.text.length
      const output = `\r\x1b[K${this.prompt}${this.text}`
      if (byte === 13 || byte === 10) return { output, done: 'line' }
      return { output }
    }
    return { output: `\r\x1b[K(reverse-i-search)\`${search.text}': ${this.text}` }
  }
  private insert(text: string): KeyResult {
    const rest = this.text.slice(this.at)
    this.text = this.text.slice(0, this.at) + text + rest
    this.at += text.length
    if (rest === '' || text === '') return { output: text }
    return { output: `\x1b[${text.length}@${text}` }
  }
  private remove(from: number, to: number): KeyResult {
    const removed = this.text.slice(from, to)
    if (removed === '') return BELL
    const rest = this.text.slice(to)
    const back = '\b'.repeat(Math.max(0, this.at - from))
    this.text = this.text.slice(0, from) + rest
    this.at = from
    return { output: rest === '' ? `${back}\x1b[K` : `${back}\x1b[${removed.length}P` }
  }
  private moveTo(to: number): KeyResult {
    const by = to - this.at
    this.at = to
    return { output: by < 0 ? '\b'.repeat(-by) : '\x1b[C'.repeat(by) }
  }
  private recall(by: -1 | 1): KeyResult {
    const { lines } = this.shell.history
    const to = this.historyAt + by
    if (to < 0 || to > lines.length) return BELL
    if (this.historyAt === lines.length) this.draft = this.text
    const back = '\b'.repeat(this.at)
    const wider = this.text.length
    this.historyAt = to
    this.text = to === lines.length ? this.draft : (lines[to] as string)
    this.at = this.text.length
    return { output: `${back}${this.text}${wider > this.text.length ? '\x1b[K' : ''}` }
  }
}
