/** wc(1) of coreutils 9.1. */
import type { Run } from '../../../kernel/run'
import { decode } from '../../../kernel/bytes'
import { command } from '../command'
import { openOrSay, reason, shown, type Source, utf8 } from '../files'
import { HELP, VERSION } from './help'

interface Counts { lines: number; words: number; chars: number; bytes: number; longest: number }

function* count(source: Source, wide: boolean): Run<Counts> {
  const c: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 }
  let inside = false
  let column = 0
  for (;;) {
    const bytes = yield* source.read()
    if (bytes.length === 0) break
    c.bytes += bytes.length
    for (let i = 0; i < bytes.length; i++) {
      const b = bytes[i] as number
      if (!wide || (b & 0xc0) !== 0x80) c.chars++
      if (b === 10) c.lines++
      if (b === 10 || b === 13 || b === 12) {
        if (column > c.longest) c.longest = column
        column = 0
      } else if (b === 9) column += 8 - (column % 8)
      else if ((b >= 32 && b < 127) || b >= 0xc0) column++
      if (b === 32 || (b >= 9 && b <= 13)) inside = false
      else if (!inside && b > 32 && b !== 127) {
        inside = true
        c.words++
      }
    }
  }
  if (column > c.longest) c.longest = column
  return c
}

export default command({
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
    let files: readonly string[] = options.operands
    const list = options.value('files0-from')
    if (list !== undefined) {
      const source = yield* openOrSay(io, list)
      if (!source) return 1
      files = decode(yield* source.all()).split('\0').filter((f) => f !== '')
    }
    const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 }
    let status = 0
    // The width comes from the sizes of regular files, before anything is counted.
    let width = 1
    const paths = files.length > 0 ? files : ['-']
    if (paths.length > 1 || show.length > 1) {
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
      width = Math.max(width, String(size).length)
    }
    const line = (c: Counts, name: string): string => `${show.map((k) => String(c[k]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`
    for (const path of paths) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      const name = files.length === 0 ? '' : shown(path)
      let c: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 }
      try {
        c = yield* count(source, utf8(io))
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
      io.out(line(c, name))
      for (const key of ['lines', 'words', 'chars', 'bytes'] as const) total[key] += c[key]
      total.longest = Math.max(total.longest, c.longest)
    }
    if (paths.length > 1) io.out(line(total, 'total'))
    return status
  },
})
