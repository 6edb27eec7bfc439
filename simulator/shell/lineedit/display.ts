/**
 * The line being edited and where it stands on the screen (busybox, libbb/lineedit.c). It is much simpler than readline: what follows
 * the cursor is written anew, the rest of the screen is cleared, the cursor goes back.
 */
import { decode, encode } from '../../kernel/bytes'

/** Characters above this are shown as `?` (CONFIG_LAST_SUPPORTED_WCHAR). */
const LAST_SHOWN = 767
const CLEAR_BELOW = '\x1b[J'
/** Going back farther than this is said with a number. */
const FEW = 4

export class Display {
  /** Characters by code point, or bytes where the locale is not UTF-8. */
  text: number[] = []
  cursor = 0
  width: number
  private x = 0
  private y = 0
  private readonly out: number[] = []
  private readonly unicode: boolean
  private readonly prompt: string
  /** The columns of the prompt's last line. */
  private readonly promptWidth: number
  constructor(options: { readonly prompt: string; readonly promptWidth: number; readonly width: number; readonly encoding: 'utf-8' | 'bytes' }) {
    this.prompt = options.prompt
    this.promptWidth = options.promptWidth
    this.width = options.width
    this.unicode = options.encoding === 'utf-8'
  }
  /** What is to be written since the last time. */
  taken(): Uint8Array {
    return new Uint8Array(this.out.splice(0))
  }
  say(text: string): void {
    for (const byte of encode(text)) this.out.push(byte)
  }
  bell(): void {
    this.say('\x07')
  }
  get line(): string {
    return this.textOf(this.text)
  }
  textOf(characters: readonly number[]): string {
    return this.unicode ? String.fromCodePoint(...characters) : decode(new Uint8Array(characters))
  }
  /** A line's text as characters of this display. */
  charactersOf(text: string): number[] {
    return this.unicode ? [...text].map((character) => character.codePointAt(0) ?? 0) : [...encode(text)]
  }

  // ── the cursor ──────────────────────────────────────────────────────────────────────────────────
  /** The terminal says that its cursor is farther to the right: something stood before the prompt. */
  correct(column: number): void {
    const more = column - 1 - this.promptWidth
    if (this.cursor !== 0 || more <= 0) return
    this.x += more
    this.y += Math.floor(this.x / this.width)
    this.x %= this.width
  }
  private putOne(): void {
    const code = this.text[this.cursor]
    if (code !== undefined) {
      this.cursor++
      this.x++
    }
    this.glyph(code ?? 32)
    if (this.x < this.width) return
    this.say('\r\n')
    this.y++
    this.x = 0
  }
  private glyph(code: number): void {
    if (!this.unicode) this.out.push(code)
    else this.say(code > LAST_SHOWN || (code >= 0x80 && code < 0xa0) ? '?' : String.fromCodePoint(code))
  }
  forward(): void {
    if (this.cursor < this.text.length) this.putOne()
  }
  toEnd(): void {
    while (this.cursor < this.text.length) this.putOne()
  }
  back(count: number): void {
    let columns = Math.min(count, this.cursor)
    if (columns === 0) return
    this.cursor -= columns
    if (this.x >= columns) {
      this.x -= columns
      this.say(columns <= FEW ? '\b'.repeat(columns) : `\x1b[${columns}D`)
      return
    }
    columns -= this.x
    const up = 1 + Math.floor((columns - 1) / this.width)
    this.x = (this.width * this.y - columns) % this.width
    this.y -= up
    this.say(`\r\x1b[${up}A${this.x > 0 ? `\x1b[${this.x}C` : ''}`)
  }
  toStart(): void {
    this.back(this.cursor)
  }
  /** Below the text, where output may begin. */
  newLine(): void {
    this.toEnd()
    if (this.cursor === 0 || this.x !== 0) this.say('\n')
  }

  // ── drawing ─────────────────────────────────────────────────────────────────────────────────────
  private draw(prompt: string, cursor: number): void {
    this.say(`\r${prompt}`)
    this.promptShown()
    this.toEnd()
    this.say(CLEAR_BELOW)
    this.back(this.text.length - cursor)
  }
  private promptShown(): void {
    this.cursor = 0
    this.y = Math.floor(this.promptWidth / this.width)
    this.x = this.promptWidth % this.width
  }
  begin(): void {
    this.say(this.prompt)
    this.promptShown()
  }
  /** Over what is shown: the last line of the prompt and the text. */
  redraw(cursor: number): void {
    if (this.y > 0) this.say(`\x1b[${this.y}A`)
    this.draw(this.prompt.slice(this.prompt.lastIndexOf('\n') + 1), cursor)
  }
  /** Where the cursor is now, with the whole prompt. */
  drawAnew(cursor: number): void {
    this.draw(this.prompt, cursor)
  }
  clearScreen(): void {
    this.say(`\x1b[H${CLEAR_BELOW}`)
    this.drawAnew(this.cursor)
  }
  resize(width: number): void {
    this.width = width
    this.y = Math.max(this.y, Math.floor((this.cursor + this.promptWidth) / width))
    this.redraw(this.cursor)
  }

  // ── changes ─────────────────────────────────────────────────────────────────────────────────────
  insert(code: number): void {
    const at = this.cursor
    this.text.splice(at, 0, code)
    if (at === this.text.length - 1) this.putOne()
    else {
      this.toEnd()
      this.back(this.cursor - at - 1)
    }
  }
  /** The character under the cursor. */
  remove(): void {
    const at = this.cursor
    if (at === this.text.length) return
    this.text.splice(at, 1)
    this.toEnd()
    this.say(CLEAR_BELOW)
    this.back(this.cursor - at)
  }
  rubOut(): void {
    if (this.cursor === 0) return
    this.back(1)
    this.remove()
  }
  cutToEnd(): void {
    this.text.length = this.cursor
    this.say(CLEAR_BELOW)
  }
  cutToStart(): void {
    if (this.cursor === 0) return
    this.text.splice(0, this.cursor)
    this.redraw(0)
  }
  /** Another text in place of this one; `cursor`: where to stand in it. */
  replace(text: readonly number[], cursor = text.length): void {
    this.text = [...text]
    this.redraw(cursor)
  }
}
