/** paste(1) of coreutils 9.1. */
import { doubleCloseout } from '../../closeout'
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { command, fail } from '../command'
import { LineReader, openSource, reason, shown, type Source } from '../files'
import { HELP, VERSION } from './help'

const ESCAPES: { readonly [c: string]: string } = { '0': '', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }

/** The delimiters of -d; null when it ends in a lone backslash. */
function delimiters(text: string): string[] | null {
  // Delimiters are bytes.
  const list = [...encode(text)].map((b) => (b < 128 ? String.fromCharCode(b) : String.fromCharCode(0xdc00 | b)))
  const out: string[] = []
  for (let i = 0; i < list.length; i++) {
    const c = list[i] ?? ''
    if (c !== '\\') out.push(c)
    else {
      const next = list[++i]
      if (next === undefined) return null
      out.push(ESCAPES[next] ?? next)
    }
  }
  return out.length > 0 ? out : ['']
}

export default command({
  unwritten: doubleCloseout,
  summary: 'merge lines of files',
  help: HELP, version: VERSION,
  *run(io, options) {
    const between = delimiters(options.value('d') ?? '\t')
    if (!between) return fail(io, `delimiter list ends with an unescaped backslash: ${options.value('d') ?? ''}`)
    const end = options.has('z') ? 0 : 10
    const newline = String.fromCharCode(end)
    const files = options.operands.length > 0 ? options.operands : ['-']
    let status = 0
    if (options.has('s')) {
      for (const path of files) {
        try {
          const source = yield* openSource(io.sys, path)
          const reader = new LineReader(source, end)
          let out = ''
          let first = true
          let n = 0
          for (let lines = yield* reader.batch(); lines !== null; lines = yield* reader.batch()) {
            for (const line of lines) {
              out += first ? line : (between[n++ % between.length] ?? '') + line
              first = false
            }
            io.out(out)
            out = ''
            yield* io.drain()
          }
          io.out(newline)
          source.close()
        } catch (error) {
          io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
          status = 1
        }
      }
      return status
    }
    const sources: Source[] = []
    for (const path of files) {
      try {
        sources.push(yield* openSource(io.sys, path))
      } catch (error) {
        if (!isErrno(error)) throw error
        return fail(io, `${shown(path)}: ${error.message}`)
      }
    }
    // Several operands that are standard input share it line by line.
    const shared = new Map<number, LineReader>()
    const readers = sources.map((source) => {
      const reader = (source.fd === 0 ? shared.get(0) : undefined) ?? new LineReader(source, end)
      if (source.fd === 0) shared.set(0, reader)
      return reader
    })
    const ended = readers.map(() => false)
    for (;;) {
      let line = ''
      let any = false
      for (const [i, reader] of readers.entries()) {
        if (i > 0) line += between[(i - 1) % between.length] ?? ''
        if (ended[i]) continue
        let text: string | null = null
        try {
          text = yield* reader.next()
        } catch (error) {
          io.err(`${io.name}: ${shown(files[i] ?? '')}: ${reason(error)}\n`)
          status = 1
        }
        if (text === null) ended[i] = true
        else {
          line += text
          any = true
        }
      }
      if (!any) return status
      io.out(line + newline)
      yield* io.drain()
    }
  },
})
