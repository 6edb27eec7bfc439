/** What was cut and can be yanked (readline(3), killing and yanking). It outlives the line. */
const LIMIT = 10

export class KillRing {
  private entries: string[] = []
  private at = 0
  /** `joined`: it goes on a cut made just before, at its end or, cutting backwards, at its start. */
  add(text: string, direction: 'forward' | 'backward', joined: 'joined' | 'alone'): void {
    if (joined === 'joined' && this.entries.length > 0) {
      const last = this.entries[this.entries.length - 1] as string
      this.entries[this.entries.length - 1] = direction === 'forward' ? last + text : text + last
    } else this.entries.push(text)
    if (this.entries.length > LIMIT) this.entries.shift()
    this.at = this.entries.length - 1
  }
  get current(): string | undefined {
    return this.entries[this.at]
  }
  rotate(): void {
    if (this.entries.length > 0) this.at = (this.at + this.entries.length - 1) % this.entries.length
  }
}
