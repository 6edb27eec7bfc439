/** Where sed's output goes: a last line without newline gets one when something follows. */
export class Output {
  private missing = false
  private readonly write: (text: string) => void
  constructor(write: (text: string) => void) {
    this.write = write
  }
  line(text: string, end: string, complete: boolean): void {
    this.write((this.missing ? end : '') + text + (complete ? end : ''))
    this.missing = !complete
  }
  /** Text with its own newlines, as it is. */
  text(text: string): void {
    if (text === '') return
    this.write((this.missing ? '\n' : '') + text)
    this.missing = false
  }
}
