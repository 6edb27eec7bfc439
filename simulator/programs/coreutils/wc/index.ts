/** wc(1) of coreutils 9.1: lines, words, characters, bytes, and the widest line, for each file. */
import { bareCloseout } from '../../closeout'
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { command, fail, type Options, usageError } from '../command'
import { LineReader, openOrSay, openSource, quoted, reason, shown, type Source, utf8 } from '../files'
import { displayWidth } from '../width'
import { HELP, VERSION } from './help'

interface Counts { lines: number; words: number; chars: number; bytes: number; longest: number }
const NOTHING: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 }

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0x1680 || (code >= 0x2000 && code <= 0x2006) || (code >= 0x2008 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x205f || code === 0x3000

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 128) return false
  return true
}

/** Counts bytes as they come; `wide` inputs are read as UTF-8. */
class Counter {
  readonly counts: Counts = { ...NOTHING }
  private inside = false
  private column = 0
  private rest: Uint8Array = new Uint8Array(0)
  add(bytes: Uint8Array, charset: 'utf-8' | 'bytes'): void {
    this.counts.bytes += bytes.length
    if (charset === 'bytes' || isAscii(bytes)) {
      this.flush()
      this.plain(bytes)
      return
    }
    const all = new Uint8Array(this.rest.length + bytes.length)
    all.set(this.rest)
    all.set(bytes, this.rest.length)
    // A character may be cut at the end of a block.
    let end = all.length
    for (let back = 1; back <= 3 && back <= all.length; back++) {
      const b = all[all.length - back] ?? 0
      if (b >= 0xc0) {
        if ((b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2) > back) end = all.length - back
        break
      }
      if (b < 128) break
    }
    this.rest = all.slice(end)
    this.text(all.subarray(0, end))
  }
  flush(): void {
    if (this.rest.length > 0) this.text(this.rest)
    this.rest = new Uint8Array(0)
  }
  /** Bytes that are characters by themselves, or none (above 127). The same as `one` for each, without a call for each. */
  private plain(bytes: Uint8Array): void {
    const { counts } = this
    let { inside, column } = this
    let { lines, words, longest } = counts
    for (let i = 0; i < bytes.length; i++) {
      const code = bytes[i] ?? 0
      if (code > 32) {
        if (code >= 127) continue
        column++
        if (!inside) {
          inside = true
          words++
        }
      } else if (code === 32) {
        column++
        inside = false
      } else if (code >= 9 && code <= 13) {
        inside = false
        if (code === 9) column += 8 - (column % 8)
        else if (code !== 11) {
          if (code === 10) lines++
          if (column > longest) longest = column
          column = 0
        }
      }
    }
    this.inside = inside
    this.column = column
    Object.assign(counts, { lines, words, longest, chars: counts.chars + bytes.length })
  }
  private text(bytes: Uint8Array): void {
    for (const c of decode(bytes)) {
      const code = c.codePointAt(0) ?? 0
      if (code >= 0xdc80 && code <= 0xdcff) continue
      this.one(code, 'char')
    }
  }
  private one(code: number, kind: 'char' | 'opaque'): void {
    const { counts } = this
    counts.chars++
    if (code === 10) counts.lines++
    if (code === 10 || code === 13 || code === 12) {
      counts.longest = Math.max(counts.longest, this.column)
      this.column = 0
    } else if (code === 9) this.column += 8 - (this.column % 8)
    else if (kind === 'char') this.column += displayWidth(code)
    if (isSpace(code)) this.inside = false
    else if (!this.inside && kind === 'char' && code > 32 && code !== 127) {
      this.inside = true
      counts.words++
    }
  }
  done(): Counts {
    this.flush()
    this.counts.longest = Math.max(this.counts.longest, this.column)
    return this.counts
  }
}

function* count(source: Source, charset: 'utf-8' | 'bytes'): Run<Counts> {
  const counter = new Counter()
  for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) counter.add(bytes, charset)
  return counter.done()
}

/** The width of the columns comes from the sizes of regular files, before anything is counted. */
function widthOf(io: Io, paths: readonly string[], columns: number): number {
  if (paths.length === 1 && columns === 1) return 1
  let width = 1
  let size = 0
  for (const path of paths) {
    try {
      const stat = path === '-' ? io.sys.fstat(0) : io.sys.stat(path)
      if (stat.kind === 'file') size += stat.size
      else width = 7
    } catch (error) {
      reason(error)
    }
  }
  return Math.max(width, String(size).length)
}

export default command({
  unwritten: bareCloseout,
  summary: 'print newline, word, and byte counts for each file',
  help: HELP, version: VERSION,
  *run(io, options) {
    const show: (keyof Counts)[] = []
    if (options.has('l')) show.push('lines')
    if (options.has('w')) show.push('words')
    if (options.has('m')) show.push('chars')
    if (options.has('c')) show.push('bytes')
    if (options.has('L')) show.push('longest')
    if (show.length === 0) show.push('lines', 'words', 'bytes')
    const list = options.value('files0-from')
    const named = list !== undefined || options.operands.length > 0
    let status = 0
    const wrongName = (message: string): void => {
      io.err(`${io.name}: ${message}invalid zero-length file name\n`)
      status = 1
    }
    const files = list === undefined ? options.operands : yield* listed(io, options, list)
    const paths = named ? files : ['-']
    const width = list === undefined ? widthOf(io, paths, show.length) : list === '-' ? 1 : widthOf(io, paths, show.length)
    const line = (c: Counts, name: string): string => `${show.map((k) => String(c[k]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`
    const total: Counts = { ...NOTHING }
    for (const [index, path] of paths.entries()) {
      if (path === '') {
        wrongName(list === undefined ? '' : `${shown(list)}:${index + 1}: `)
        continue
      }
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      let c: Counts = { ...NOTHING }
      try {
        c = yield* count(source, utf8(io) ? 'utf-8' : 'bytes')
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
      io.out(line(c, named ? shownName(path) : ''))
      for (const key of ['lines', 'words', 'chars', 'bytes'] as const) total[key] += c[key]
      total.longest = Math.max(total.longest, c.longest)
    }
    if (paths.length > 1) io.out(line(total, 'total'))
    return status
  },
})

/** Only a name with a newline is quoted among the counts. */
const shownName = (path: string): string => (path.includes('\n') ? shown(path) : path)

function* listed(io: Io, options: Options, list: string): Run<string[]> {
  const [extra] = options.operands
  if (extra !== undefined) {
    io.err(`${io.name}: extra operand ${quoted(extra)}\nfile operands cannot be combined with --files0-from\n`)
    return usageError(io)
  }
  const paths: string[] = []
  try {
    const reader = new LineReader(yield* openSource(io.sys, list), 0)
    for (let path = yield* reader.next(); path !== null; path = yield* reader.next()) paths.push(path)
  } catch (error) {
    return fail(io, `cannot open ${quoted(list)} for reading: ${reason(error)}`)
  }
  return paths
}
