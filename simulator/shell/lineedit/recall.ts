/**
 * Lines that were entered (busybox, libbb/lineedit.c). Debian's busybox keeps 15 and no file. Going through them keeps what was
 * changed in each; what stood in the line not yet entered stays after the newest until another line takes its place.
 */
import type { History } from '../readline/history'
import type { Display } from './display'

/** CONFIG_FEATURE_EDITING_HISTORY of Debian's busybox. */
const KEPT = 15

export class Recall {
  private readonly history: History
  private at = 0
  private beyond: string | undefined
  constructor(history: History) {
    this.history = history
  }
  /** A new line is begun. */
  begin(): void {
    this.at = this.history.length
  }
  private keep(display: Display): void {
    if (display.text.length === 0) return
    const text = display.line
    if (this.at < this.history.length) this.history.lines[this.at] = text
    else this.beyond = text
  }
  private here(display: Display): number[] {
    return display.charactersOf((this.at < this.history.length ? this.history.lines[this.at] : this.beyond) ?? '')
  }
  before(display: Display): number[] | undefined {
    if (this.at === 0) return undefined
    this.keep(display)
    this.at--
    return this.here(display)
  }
  after(display: Display): number[] | undefined {
    if (this.at >= this.history.length) return undefined
    this.keep(display)
    this.at++
    return this.here(display)
  }
  remember(line: string): void {
    if (line === '' || this.history.lines.at(-1) === line) return
    this.history.add(line, { size: String(KEPT) })
    this.beyond = undefined
  }
}
