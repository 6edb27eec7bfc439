/** Keys as busybox tells them apart (libbb/read_key.c): a byte, or what an escape sequence means. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export type NamedKey = 'up' | 'down' | 'left' | 'right' | 'home' | 'end' | 'delete' | 'word-left' | 'word-right' | 'delete-word' | 'rubout-word' | 'other'

/** `position`: the terminal's answer to the question where its cursor is. */
export type Key = { readonly kind: 'byte'; readonly byte: number } | { readonly kind: 'named'; readonly name: NamedKey } | { readonly kind: 'position'; readonly column: number }

const SEQUENCES: Readonly<Record<string, NamedKey>> = {
  b: 'word-left', f: 'word-right', d: 'delete-word', '\x7f': 'rubout-word', '\b': 'rubout-word',
  OA: 'up', OB: 'down', OC: 'right', OD: 'left', OH: 'home', OF: 'end', '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[H': 'home', '[F': 'end',
  '[1~': 'home', '[2~': 'other', '[3~': 'delete', '[4~': 'end', '[5~': 'other', '[6~': 'other', '[7~': 'home', '[8~': 'end',
  '[1;5C': 'word-right', '[1;5D': 'word-left', '[1;3C': 'word-right', '[1;3D': 'word-left',
}
const NAMES = Object.keys(SEQUENCES)
const ESCAPE = 27
/** Bytes of a sequence come together: one that lets wait for longer is a key of its own. */
const SEQUENCE_NS = 50_000_000
/** As many bytes of a sequence that is not known are thrown away. */
const LONGEST = 15

export class Keys {
  private readonly sys: Sys
  private readonly ahead: number[] = []
  constructor(sys: Sys) {
    this.sys = sys
  }
  /** The next key; null at the end of input. EINTR comes through. */
  *next(): Run<Key | null> {
    const byte = this.ahead.shift() ?? (yield* this.sys.read(0, 1))[0]
    if (byte === undefined) return null
    return byte === ESCAPE ? yield* this.sequence() : { kind: 'byte', byte }
  }
  /** More bytes of a character that is not complete; undefined when none comes. */
  *continued(): Run<number | undefined> {
    return yield* this.soon()
  }
  private *soon(): Run<number | undefined> {
    const known = this.ahead.shift()
    if (known !== undefined) return known
    const [state] = yield* this.sys.poll([{ fd: 0, read: true }], SEQUENCE_NS)
    return state?.readable ? (yield* this.sys.read(0, 1))[0] : undefined
  }
  private *sequence(): Run<Key> {
    let text = ''
    while (NAMES.some((name) => name.startsWith(text)) || (text !== '' && text.length < LONGEST)) {
      const name = SEQUENCES[text]
      if (name) return { kind: 'named', name }
      const [, column] = /^\[\d+;(\d+)R$/.exec(text) ?? []
      if (column !== undefined) return { kind: 'position', column: Number(column) }
      const byte = yield* this.soon()
      if (byte === undefined) break
      text += String.fromCharCode(byte)
    }
    // One byte after Escape is a key; more were a sequence that nobody knows.
    if (text.length === 1) this.ahead.unshift(text.charCodeAt(0))
    return { kind: 'named', name: 'other' }
  }
}
