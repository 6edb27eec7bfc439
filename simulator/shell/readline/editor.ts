/**
 * The line being typed: each key runs a command on it, and the bytes that the terminal gets are what `Screen` finds to be
 * different (readline(3), emacs mode; recording: cri-node tty/shell).
 */
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Shell } from '../shell'
import { COMPLETE } from './commands/complete'
import { EDIT } from './commands/edit'
import { HISTORY } from './commands/history'
import { KILL } from './commands/kill'
import { MOVE } from './commands/move'
import { TERMINAL } from './commands/terminal'
import { meaningOf } from './keymap'
import { KillRing } from './killring'
import { Line } from './line'
import { Recall } from './recall'
import type { Region, Screen } from './screen'
import { Search } from './search'
import type { Capabilities } from './terminal'

export type Outcome = 'more' | 'line' | 'eof'

type Command = (editor: Editor, count: number) => void | Run<void>

const COMMANDS: Readonly<Record<string, Command>> = { ...MOVE, ...EDIT, ...KILL, ...HISTORY, ...TERMINAL, ...COMPLETE }
/** What ends an incremental search without being done (isearch-terminators). */
const SEARCH_ENDS = new Set(['\x1b', '\n'])
const PASTE_END = '\x1b[201~'

/** What outlives a line: cut texts, what was searched for. */
export interface EditingMemory {
  readonly killed: KillRing
  lastSearch: string
  /** Set by operate-and-get-next: the entry to begin the next line with. */
  recallNext: number | undefined
}

export const newMemory = (): EditingMemory => ({ killed: new KillRing(), lastSearch: '', recallNext: undefined })

export class Editor {
  readonly line = new Line()
  readonly history: Recall
  readonly killed: KillRing
  readonly shell: Shell
  readonly screen: Screen
  readonly terminal: Capabilities
  readonly prompt: string
  readonly lastArgument = { skip: 0, inserted: false }
  /** The command before this one. */
  previous = ''
  hasArgument = false
  private readonly memory: EditingMemory
  private out = ''
  private outcome: Outcome = 'more'
  private keys = ''
  private bytes: number[] = []
  /** Typed characters that are not shown yet, because more are waiting. */
  private unshown = false
  private region: Region | undefined
  private highlighted = false
  private search: Search | null = null
  private argument: { text: string } | null = null
  private waiting: ((character: string) => void | Run<void>) | null = null
  private pasted: string | null = null
  private lastKill = false
  constructor(shell: Shell, screen: Screen, terminal: Capabilities, prompt: string, memory: EditingMemory) {
    this.shell = shell
    this.screen = screen
    this.terminal = terminal
    this.prompt = prompt
    this.memory = memory
    this.killed = memory.killed
    this.history = new Recall(shell.history)
    const next = memory.recallNext
    memory.recallNext = undefined
    if (next !== undefined && next < this.history.length) this.history.enter(next, this.line)
  }

  // ── what commands use ───────────────────────────────────────────────────────────────────────────
  bell(): void {
    this.write('\x07')
  }
  write(text: string): void {
    this.out += text
  }
  /** Cuts a piece into the kill ring; pieces cut one after the other are one. `from` after `to` cuts backwards. */
  kill(from: number, to: number): void {
    if (from === to) return
    this.killed.add(this.line.text.slice(Math.min(from, to), Math.max(from, to)), from < to ? 'forward' : 'backward', this.lastKill ? 'joined' : 'alone')
    this.line.remove(from, to)
    this.line.point = Math.min(from, to)
    this.killedNow = true
  }
  private killedNow = false
  /** Gives the next character typed to `use`, whatever key it is. */
  readNext(use: (character: string) => void | Run<void>): void {
    this.waiting = use
  }
  showRegion(): void {
    const { point, mark } = this.line
    this.region = { from: Math.min(point, mark), to: Math.max(point, mark) }
  }
  startSearch(direction: 'backward' | 'forward'): void {
    this.search = new Search(this.history, this.line, direction)
    this.showSearch()
  }
  set recallNext(index: number | undefined) {
    this.memory.recallNext = index
  }
  accept(): void {
    this.outcome = 'line'
  }
  /** Shows everything anew, on the line where the cursor is. */
  redraw(): void {
    this.write(this.screen.redraw(this.view()))
  }
  refresh(): void {
    const view = this.view()
    this.highlighted = view.region !== undefined
    this.write(this.screen.show(view))
  }

  // ── keys ────────────────────────────────────────────────────────────────────────────────────────
  /** The prompt and what there is of a line. */
  begin(): string {
    return this.screen.redraw(this.view())
  }
  /** What is to be written beside what keys have given. */
  taken(): string {
    const { out } = this
    this.out = ''
    return out
  }
  /** One byte; `waits`: more have been typed already. */
  *key(byte: number, waits: 'more' | 'nothing'): Run<{ readonly output: string; readonly outcome: Outcome }> {
    this.out = ''
    this.outcome = 'more'
    yield* this.take(byte, waits)
    return { output: this.out, outcome: this.outcome }
  }
  private *take(byte: number, waits: 'more' | 'nothing'): Run {
    if (byte >= 0x80 || this.bytes.length > 0) {
      this.bytes.push(byte)
      if (this.bytes.length < utf8Size(this.bytes[0] as number)) return
      const character = decode(new Uint8Array(this.bytes))
      this.bytes = []
      yield* this.character(character, waits)
    } else yield* this.character(String.fromCharCode(byte), waits)
  }
  private *character(character: string, waits: 'more' | 'nothing'): Run {
    if (this.pasted !== null) {
      this.paste(character)
      return
    }
    if (this.waiting) {
      const use = this.waiting
      this.waiting = null
      this.showUnshown()
      const running = use(character)
      if (running) yield* running
      this.settle(this.previous)
      return
    }
    if (this.search && this.keys === '') {
      if (this.searching(character, waits)) return
    }
    this.keys += character
    const meaning = this.keys.length === character.length && [...character].length === 1 && character > '\x7f' ? ({ kind: 'insert' } as const) : meaningOf(this.keys)
    if (meaning.kind === 'prefix') return
    const { keys } = this
    this.keys = ''
    if (meaning.kind === 'insert') {
      this.typed(keys, waits)
      return
    }
    this.showUnshown()
    if (meaning.kind === 'unbound') {
      this.endArgument()
      this.bell()
      this.settle('')
      return
    }
    if (meaning.name === 'digit-argument') {
      this.addDigit(keys.slice(1))
      return
    }
    const count = this.endArgument()
    if (meaning.name === 'bracketed-paste-begin') {
      this.pasted = ''
      return
    }
    yield* this.run(meaning.name, count, keys)
  }
  private *run(name: string, count: number, keys: string): Run {
    if (name === 'accept-line') {
      // A highlighted region is shown plain before the line is left.
      if (this.highlighted) this.refresh()
      this.accept()
      this.previous = name
      return
    }
    if (name === 'abort') this.bell()
    else if (name === 'delete-char' && keys === '\x04' && this.line.text === '' && this.previous !== 'delete-char') {
      this.outcome = 'eof'
      return
    } else {
      const running = COMMANDS[name]?.(this, count)
      if (running) yield* running
    }
    this.settle(name)
  }
  /** After a command: what it has changed is shown. */
  private settle(name: string): void {
    this.previous = name
    this.lastKill = this.killedNow
    this.killedNow = false
    this.hasArgument = false
    if (this.outcome !== 'more' || this.waiting || this.search) return
    this.refresh()
    this.region = undefined
  }
  private typed(text: string, waits: 'more' | 'nothing'): void {
    if (this.argument && /^\d$/.test(text)) {
      this.addDigit(text)
      return
    }
    if (this.argument) this.showUnshown()
    const count = this.endArgument()
    this.line.insert(count > 1 ? text.repeat(count) : text)
    this.unshown = waits === 'more'
    if (this.unshown) {
      this.previous = 'self-insert'
      this.lastKill = false
    } else this.settle('self-insert')
  }
  private showUnshown(): void {
    if (!this.unshown) return
    this.unshown = false
    this.refresh()
    this.region = undefined
  }
  private view() {
    const prompt = this.search?.prompt
    return {
      prompt: prompt?.prompt ?? (this.argument ? `(arg: ${argumentText(this.argument.text)}) ` : this.prompt),
      text: this.line.text, point: this.line.point, region: this.search ? this.search.match : this.region, ...(prompt ? { style: prompt.style } : {}),
    }
  }

  // ── arguments ───────────────────────────────────────────────────────────────────────────────────
  private addDigit(key: string): void {
    if (!this.argument) {
      this.argument = { text: '1' }
      this.refresh()
      this.argument = { text: '' }
    }
    this.argument = { text: (this.argument?.text ?? '') + key }
    this.refresh()
  }
  /** The count for the command that comes; the prompt is shown again. */
  private endArgument(): number {
    const { argument } = this
    if (!argument) return 1
    this.argument = null
    this.hasArgument = true
    this.refresh()
    return Number(argumentText(argument.text))
  }

  // ── paste ───────────────────────────────────────────────────────────────────────────────────────
  private paste(character: string): void {
    const text = (this.pasted ?? '') + character
    this.pasted = text
    if (!text.endsWith(PASTE_END)) return
    this.pasted = null
    this.line.mark = this.line.point
    this.line.insert(text.slice(0, -PASTE_END.length).replace(/\r\n?/g, '\n'))
    this.showRegion()
    this.settle('bracketed-paste-begin')
  }

  // ── incremental search ──────────────────────────────────────────────────────────────────────────
  private showSearch(): void {
    this.refresh()
  }
  /** A key during a search; false when the search is over and the key is to be done. */
  private searching(character: string, waits: 'more' | 'nothing'): boolean {
    const search = this.search as Search
    switch (character) {
      case '\x12':
      case '\x13':
        if (search.again(character === '\x12' ? 'backward' : 'forward', this.memory.lastSearch, () => this.showSearch()) === 'quiet') return true
        break
      case '\x7f':
      case '\b':
        if (search.erase() === 'empty') this.bell()
        break
      case '\x07':
        search.abort()
        this.search = null
        this.region = undefined
        this.settle('')
        return true
      case '\x17':
      case '\x19':
        if (!search.take(character === '\x17' ? 'word' : 'rest')) this.bell()
        break
      default:
        if (character < ' ') {
          this.endSearch()
          if (!SEARCH_ENDS.has(character)) return false
          if (character === '\x1b' && waits === 'more') return false
          this.settle('reverse-search-history')
          return true
        }
        search.add(character)
    }
    if (search.failed) this.bell()
    this.showSearch()
    return true
  }
  private endSearch(): void {
    const search = this.search as Search
    search.accept()
    if (search.string !== '') this.memory.lastSearch = search.string
    this.search = null
    this.region = undefined
    this.refresh()
  }
}

const utf8Size = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1)
const argumentText = (text: string): string => (text === '-' ? '-1' : text)

