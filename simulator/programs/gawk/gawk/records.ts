/** How input falls into records (gawk.info, "Records"): by a newline, a character, blank lines, or a regular expression. */
import { concat, decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import type { Regex } from '../../../regex'

export type Separator =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'regexp'; readonly regex: Regex }

export interface TextRecord {
  readonly text: string
  /** What ended it: RT. */
  readonly terminator: string
}

const BLOCK = 65536

/** Bytes at the end that may be the beginning of a character. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const b = bytes[bytes.length - back] ?? 0
    if (b < 0x80) return 0
    if (b >= 0xc0) return (b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

export class RecordReader {
  readonly fd: number
  private readonly sys: Sys
  private text = ''
  private at = 0
  private tail = new Uint8Array(0)
  private ended = false
  constructor(sys: Sys, fd: number) {
    this.sys = sys
    this.fd = fd
  }
  private *fill(): Run<boolean> {
    if (this.ended) return false
    const bytes = yield* this.sys.read(this.fd, BLOCK)
    if (this.sys.spend(1 + (bytes.length >> 8))) yield 'preempted'
    const all = this.tail.length > 0 ? concat([this.tail, bytes]) : bytes
    const keep = bytes.length === 0 ? 0 : unfinished(all)
    this.tail = all.slice(all.length - keep)
    this.text = this.text.slice(this.at) + decode(keep > 0 ? all.subarray(0, all.length - keep) : all)
    this.at = 0
    if (bytes.length === 0) this.ended = true
    return !this.ended
  }
  private take(end: number, next: number): TextRecord {
    const record = { text: this.text.slice(this.at, end), terminator: this.text.slice(end, next) }
    this.at = next
    return record
  }
  /** The next record; null at the end. */
  *next(separator: Separator): Run<TextRecord | null> {
    if (separator.kind === 'paragraph') return yield* this.paragraph()
    let searched = this.at
    for (;;) {
      if (separator.kind === 'character') {
        const end = this.text.indexOf(separator.character, searched)
        if (end >= 0) return this.take(end, end + 1)
        searched = this.text.length
      } else if (this.at < this.text.length) {
        const match = separator.regex.exec(this.text, this.at)?.[0]
        // At the end of what has been read a match might still grow.
        if (match && match[1] > match[0] && (match[1] < this.text.length || this.ended)) return this.take(match[0], match[1])
      }
      const before = this.at
      if (!(yield* this.fill())) break
      searched -= before
    }
    if (separator.kind === 'regexp' && this.at < this.text.length) {
      const match = separator.regex.exec(this.text, this.at)?.[0]
      if (match && match[1] > match[0]) return this.take(match[0], match[1])
      // The newline that ends a file belongs to no record.
      if (this.text.endsWith('\n')) return this.take(this.text.length - 1, this.text.length)
    }
    return this.at >= this.text.length ? null : this.take(this.text.length, this.text.length)
  }
  private *paragraph(): Run<TextRecord | null> {
    for (;;) {
      while (this.text[this.at] === '\n') this.at++
      if (this.at < this.text.length) break
      if (!(yield* this.fill()) && this.at >= this.text.length) return null
    }
    for (;;) {
      const end = this.text.indexOf('\n\n', this.at)
      if (end >= 0) {
        let next = end
        while (this.text[next] === '\n') next++
        if (next < this.text.length || this.ended) return this.take(end, next)
      }
      if (!(yield* this.fill()) && this.ended) {
        const again = this.text.indexOf('\n\n', this.at)
        if (again >= 0) return this.take(again, this.text.length)
        const last = this.text.endsWith('\n') ? this.text.length - 1 : this.text.length
        return this.take(last, this.text.length)
      }
    }
  }
}
