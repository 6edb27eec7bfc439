/** Reading input as filters do: operands or standard input, in blocks of 64 KiB, as bytes or as lines. */
import { concat, decode, EMPTY } from '../../kernel/bytes'
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Io } from '../program'
import { localeQuote, shellEscape, shellEscapeAlways } from './quoting'

export const BLOCK = 65536

/** An open input. */
export class Source {
  readonly fd: number
  readonly name: string
  private readonly sys: Sys
  private readonly owned: boolean
  constructor(sys: Sys, fd: number, name: string, owner: 'owned' | 'borrowed') {
    this.sys = sys
    this.fd = fd
    this.name = name
    this.owned = owner === 'owned'
  }
  /** The next bytes; empty at the end. */
  *read(count = BLOCK): Run<Uint8Array> {
    const bytes = yield* this.sys.read(this.fd, count)
    if (this.sys.spend(1 + (bytes.length >> 9))) yield 'preempted'
    return bytes
  }
  *all(): Run<Uint8Array> {
    const parts: Uint8Array[] = []
    for (;;) {
      const bytes = yield* this.read()
      if (bytes.length === 0) return parts.length === 0 ? EMPTY : concat(parts)
      parts.push(bytes)
    }
  }
  close(): void {
    if (this.owned) this.sys.close(this.fd)
  }
}

/** Opens an operand (`-` is standard input). Throws Errno. */
export function* openSource(sys: Sys, path: string): Run<Source> {
  if (path === '-') return new Source(sys, 0, '-', 'borrowed')
  return new Source(sys, yield* sys.open(path, { read: true }), path, 'owned')
}

/** As openSource, with `NAME: PATH: reason` on stderr and null when it fails. */
export function* openOrSay(io: Io, path: string, say: (reason: string) => string = (r) => `${shown(path)}: ${r}`): Run<Source | null> {
  try {
    return yield* openSource(io.sys, path)
  } catch (error) {
    io.err(`${io.name}: ${say(reason(error))}\n`)
    return null
  }
}

/** strerror of a failed call; anything else is thrown on. */
export function reason(error: unknown): string {
  if (error instanceof Errno) return error.message
  throw error
}

/** quotef: a name as diagnostics show it, quoted only where it needs to be (a colon would look like the end of it). */
export const shown = (name: string): string => (name.includes(':') ? shellEscapeAlways(name) : shellEscape(name))

/** quoteaf: always in quotes, as a shell would read it. */
export const quoted = shellEscapeAlways

/** quote(): typographic quotes where the locale is UTF-8. */
export const locale = (io: Io, text: string): string => localeQuote(text, utf8(io) ? 'utf-8' : 'ascii')

export const utf8 = (io: Io): boolean => /utf-?8/i.test(io.env('LC_ALL') || io.env('LC_CTYPE') || io.env('LANG') || '')

/** Lines of an input, many at a time. */
export class LineReader {
  /** False when the last line of the input had no delimiter. */
  terminated = true
  private readonly source: Pick<Source, 'read'>
  private readonly delimiter: number
  private readonly separator: string
  private rest: Uint8Array[] = []
  private ended = false
  private pending: string[] = []
  private at = 0
  constructor(source: Pick<Source, 'read'>, delimiter = 10) {
    this.source = source
    this.delimiter = delimiter
    this.separator = String.fromCharCode(delimiter)
  }
  /** The next lines that can be had with one read; null at the end. */
  *batch(): Run<string[] | null> {
    while (!this.ended) {
      const bytes = yield* this.source.read()
      if (bytes.length === 0) {
        this.ended = true
        if (this.rest.length === 0) return null
        this.terminated = false
        const last = decode(concat(this.rest))
        this.rest = []
        return [last]
      }
      const end = bytes.lastIndexOf(this.delimiter)
      if (end < 0) {
        this.rest.push(bytes)
        continue
      }
      this.rest.push(bytes.subarray(0, end))
      const lines = decode(this.rest.length === 1 ? (this.rest[0] ?? EMPTY) : concat(this.rest)).split(this.separator)
      this.rest = end + 1 < bytes.length ? [bytes.slice(end + 1)] : []
      return lines
    }
    return null
  }
  /** One line; null at the end. */
  *next(): Run<string | null> {
    if (this.at >= this.pending.length) {
      const lines = yield* this.batch()
      if (lines === null) return null
      this.pending = lines
      this.at = 0
    }
    return this.pending[this.at++] ?? null
  }
  /** True when no line is left (may read ahead). */
  *atEnd(): Run<boolean> {
    if (this.at < this.pending.length) return false
    const lines = yield* this.batch()
    if (lines === null) return true
    this.pending = lines
    this.at = 0
    return false
  }
}

/** All lines of the operands, one after the other; `status` is 1 when one could not be read. */
export function* allLines(io: Io, paths: readonly string[], delimiter = 10): Run<{ lines: string[]; status: number }> {
  const lines: string[] = []
  let status = 0
  for (const path of paths) {
    const source = yield* openOrSay(io, path)
    if (!source) {
      status = 1
      continue
    }
    const reader = new LineReader(source, delimiter)
    try {
      for (;;) {
        const batch = yield* reader.batch()
        if (batch === null) break
        for (const line of batch) lines.push(line)
      }
    } catch (error) {
      io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
      status = 1
    }
    source.close()
  }
  return { lines, status }
}
