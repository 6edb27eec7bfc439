/** The items of xargs's input: by blanks with quotes and backslashes, by lines, or by a delimiter (xargs(1)). */
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

export class QuoteError extends Error {}

export interface Item {
  readonly text: string
  /** It is the last of its line (a line that ends in a blank goes on). */
  readonly endsLine: boolean
}

/** Characters of a descriptor, a block at a time. */
class Characters {
  private readonly sys: Sys
  private readonly fd: number
  private text = ''
  private at = 0
  private held: Uint8Array = new Uint8Array(0)
  constructor(sys: Sys, fd: number) {
    this.sys = sys
    this.fd = fd
  }
  *next(): Run<string | null> {
    if (this.at >= this.text.length) {
      const bytes = yield* this.sys.read(this.fd, 65536)
      if (this.sys.spend(1 + (bytes.length >> 6))) yield 'preempted'
      if (bytes.length === 0 && this.held.length === 0) return null
      // A character that the block cut in two waits for the next.
      const all = new Uint8Array(this.held.length + bytes.length)
      all.set(this.held)
      all.set(bytes, this.held.length)
      let end = all.length
      if (bytes.length > 0) while (end > 0 && all.length - end < 3 && ((all[end - 1] ?? 0) & 0xc0) === 0x80) end--
      if (bytes.length > 0 && end > 0 && (all[end - 1] ?? 0) >= 0xc0) end--
      else end = all.length
      this.held = all.slice(end)
      this.text = decode(all.subarray(0, end))
      this.at = 0
      if (this.text === '') return bytes.length === 0 ? null : yield* this.next()
    }
    return this.text[this.at++] ?? null
  }
}

export type Split = { readonly by: 'blanks' | 'lines' } | { readonly by: 'delimiter'; readonly delimiter: string }

export class ItemReader {
  private readonly characters: Characters
  private readonly split: Split
  private readonly end: string | undefined
  private over = false
  constructor(sys: Sys, fd: number, split: Split, end: string | undefined) {
    this.characters = new Characters(sys, fd)
    this.split = split
    this.end = end
  }
  /** The next item; null at the end. Throws QuoteError. */
  *next(): Run<Item | null> {
    if (this.over) return null
    const item = this.split.by === 'delimiter' ? yield* this.delimited(this.split.delimiter) : yield* this.word(this.split.by)
    if (item === null || (this.end !== undefined && this.split.by !== 'delimiter' && item.text === this.end)) {
      this.over = true
      return null
    }
    return item
  }
  private *delimited(delimiter: string): Run<Item | null> {
    let text = ''
    let some = false
    for (;;) {
      const c = yield* this.characters.next()
      if (c === null) return some ? { text, endsLine: true } : null
      if (c === delimiter) return { text, endsLine: true }
      some = true
      text += c
    }
  }
  private *word(by: 'blanks' | 'lines'): Run<Item | null> {
    let text: string | null = null
    let blank = false
    for (;;) {
      const c = yield* this.characters.next()
      if (c === null) return text === null ? null : { text, endsLine: true }
      if (c === '\n') {
        if (text !== null) return { text, endsLine: !blank }
        blank = false
        continue
      }
      if (c === ' ' || c === '\t' || (by === 'blanks' && /[\v\f\r]/.test(c))) {
        if (text === null) continue
        if (by === 'lines') text += c
        // A newline right behind the blank does not end the line.
        else return { text, endsLine: false }
        blank = true
        continue
      }
      blank = false
      if (c === '\\') {
        const escaped = yield* this.characters.next()
        text = (text ?? '') + (escaped ?? '')
      } else if (c === "'" || c === '"') text = (text ?? '') + (yield* this.quoted(c))
      else text = (text ?? '') + c
    }
  }
  private *quoted(mark: string): Run<string> {
    let text = ''
    for (;;) {
      const c = yield* this.characters.next()
      if (c === mark) return text
      if (c === null || c === '\n') throw new QuoteError(`unmatched ${mark === "'" ? 'single' : 'double'} quote; by default quotes are special to xargs unless you use the -0 option`)
      text += c
    }
  }
}
