/** Incremental search in the history: ^R and ^S (readline(3), "Searching"). */
import type { Line } from './line'
import type { Recall } from './recall'
import { isWordCharacter } from './words'

export interface SearchPrompt {
  readonly prompt: string
  readonly style: 'whole' | 'least'
}

export class Search {
  private text = ''
  private direction: 1 | -1
  private readonly recall: Recall
  private readonly line: Line
  private readonly start: number
  private readonly lines: string[]
  private readonly startText: string
  private readonly startPoint: number
  private at: number
  /** The line looked through last; after a failure it is not the one shown. */
  private looked: string
  private column: number
  private found: number
  private lastFound: string | undefined
  failed = false
  /** The match on the shown line. */
  match: { from: number; to: number } | undefined
  constructor(recall: Recall, line: Line, direction: 'backward' | 'forward') {
    this.recall = recall
    this.line = line
    this.direction = direction === 'backward' ? -1 : 1
    this.start = recall.at
    this.at = recall.at
    this.found = recall.at
    this.startText = line.text
    this.looked = line.text
    this.startPoint = line.point
    this.column = line.point
    this.lines = Array.from({ length: recall.length + 1 }, (_, i) => (i === recall.at ? line.text : recall.textAt(i)))
  }
  get prompt(): SearchPrompt {
    const label = `(${this.failed ? 'failed ' : ''}${this.direction < 0 ? 'reverse-' : ''}i-search)\`${this.text}': `
    return { prompt: label, style: this.text === '' ? 'whole' : 'least' }
  }
  get string(): string {
    return this.text
  }
  /** Another character to look for. */
  add(text: string): void {
    this.text += text
    this.look()
  }
  /** ^R or ^S again. `last`: what the search before this one looked for; it is shown before it is looked for. Quiet when there is nothing. */
  again(direction: 'backward' | 'forward', last: string, show: () => void): 'shown' | 'quiet' {
    const wanted = direction === 'backward' ? -1 : 1
    if (wanted !== this.direction) this.direction = wanted
    else if (this.text === '') {
      if (last === '') return 'quiet'
      this.text = last
      show()
    } else this.column += this.direction
    this.look()
    return 'shown'
  }
  erase(): 'rubbed' | 'empty' {
    const had = this.text !== ''
    this.text = [...this.text].slice(0, -1).join('')
    this.look()
    return had && this.text !== '' ? 'rubbed' : 'empty'
  }
  /** ^W and ^Y: more of the line joins what is looked for. False when there is no more. */
  take(what: 'word' | 'rest'): boolean {
    const { line } = this
    const from = line.point + this.text.length
    if (from >= line.end || (what === 'word' && !isWordCharacter(line.characterAt(from)))) return false
    let to = what === 'rest' ? line.end : line.next(from)
    while (what === 'word' && to < line.end && isWordCharacter(line.characterAt(to))) to = line.next(to)
    this.text += line.text.slice(from, to)
    this.look()
    return true
  }
  private look(): void {
    this.failed = this.text === ''
    const { text, direction } = this
    while (!this.failed) {
      const column = direction < 0 ? (this.column < 0 ? -1 : this.looked.lastIndexOf(text, this.column)) : this.looked.indexOf(text, Math.max(0, this.column))
      if (column >= 0) {
        this.column = column
        break
      }
      if (direction < 0) this.column = 0
      do {
        this.at += direction
        if (this.at < 0 || this.at >= this.lines.length) this.failed = true
        else this.looked = this.lines[this.at] as string
      } while (!this.failed && (this.looked === this.lastFound || this.looked.length < text.length))
      if (!this.failed) this.column = direction < 0 ? this.looked.length - text.length : 0
    }
    if (this.failed) {
      this.at = this.found
      this.match = undefined
      return
    }
    this.lastFound = this.looked
    this.found = this.at
    this.line.replace(this.looked, this.column)
    this.match = { from: this.column, to: this.column + text.length }
  }
  /** The line found is taken. */
  accept(): void {
    const point = Math.max(0, this.column)
    this.line.replace(this.startText)
    if (this.found !== this.start) {
      this.recall.leave(this.line)
      this.recall.enter(this.found, this.line)
    }
    this.line.point = Math.min(point, this.line.end)
  }
  abort(): void {
    this.line.replace(this.startText, this.startPoint)
  }
}
