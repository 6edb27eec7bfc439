/** Walking through the history while a line is edited: changed entries keep their changes until the line is accepted. */
import type { History } from './history'
import type { Line, SavedLine } from './line'

export class Recall {
  /** The entry shown; `length` is the line that is new. */
  at: number
  private readonly history: History
  private readonly edited = new Map<number, SavedLine>()
  constructor(history: History) {
    this.history = history
    this.at = history.length
  }
  get length(): number {
    return this.history.length
  }
  textAt(index: number): string {
    return this.edited.get(index)?.text ?? this.history.lines[index] ?? ''
  }
  /** The entry `back` lines above the one shown. */
  before(back: number): string | undefined {
    return this.history.lines[this.at - back]
  }
  leave(line: Line): void {
    if (line.changed || this.at === this.length) this.edited.set(this.at, line.save())
  }
  enter(index: number, line: Line): void {
    this.at = index
    const saved = this.edited.get(index)
    if (saved) line.restore(saved)
    else line.replace(this.history.lines[index] ?? '')
  }
  /** The line is accepted: an entry that was edited and left stays changed, the one that was accepted does not. */
  accept(): void {
    for (const [index, saved] of this.edited) if (index !== this.at && index < this.length) this.history.lines[index] = saved.text
  }
}
