/** cat(1) of coreutils 9.1. */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Io } from '../../program'
import { command } from '../command'
import { openOrSay, reason, shown } from '../files'
import { HELP, VERSION } from './help'

const caret = (line: string): string =>
  [...line].map((c) => {
    const code = c.charCodeAt(0)
    if (code < 32 && code !== 9) return `^${String.fromCharCode(code + 64)}`
    if (code === 127) return '^?'
    if (code < 127) return c
    return meta(c)
  }).join('')

function meta(c: string): string {
  const bytes = new TextBytes(c).values
  return bytes.map((b) => {
    const low = b - 128
    if (low < 32) return `M-^${String.fromCharCode(low + 64)}`
    return low === 127 ? 'M-^?' : `M-${String.fromCharCode(low)}`
  }).join('')
}

class TextBytes {
  readonly values: number[]
  constructor(text: string) {
    this.values = [...encode(text)]
  }
}

/** True when a file is the regular file that output goes to, with something left to read. */
function writesTo(io: Io, fd: number): boolean {
  try {
    const [input, output] = [io.sys.fstat(fd), io.sys.fstat(1)]
    return output.kind === 'file' && input.dev === output.dev && input.ino === output.ino && io.sys.lseek(fd, 0, 'cur') < input.size
  } catch (error) {
    if (!isErrno(error)) throw error
    return false
  }
}

export default command({
  summary: 'concatenate files and print on the standard output',
  help: HELP, version: VERSION,
  *run(io, options) {
    const all = options.has('A')
    const ends = all || options.has('E', 'e')
    const tabs = all || options.has('T', 't')
    const visible = all || options.has('v', 'e', 't')
    const numbering = options.has('b') ? 'nonblank' : options.has('n') ? 'all' : 'none'
    const squeeze = options.has('s')
    const plain = !ends && !tabs && !visible && numbering === 'none' && !squeeze
    let status = 0
    let number = 0
    let blank = 0
    let fresh = true
    const format = (text: string): string => {
      let shownText = visible ? caret(text) : text
      if (tabs) shownText = shownText.replaceAll('\t', '^I')
      return shownText
    }
    if (!io.sys.isOpen(1)) {
      io.err(`${io.name}: standard output: Bad file descriptor\n`)
      return 1
    }
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      // What would be read is what is being written.
      if (writesTo(io, source.fd)) {
        io.err(`${io.name}: ${shown(path)}: input file is output file\n`)
        source.close()
        status = 1
        continue
      }
      try {
        for (;;) {
          const bytes = yield* source.read()
          if (bytes.length === 0) break
          if (plain) {
            yield* io.put(bytes)
            continue
          }
          const pieces = decode(bytes).split('\n')
          let out = ''
          pieces.forEach((piece, i) => {
            const ended = i < pieces.length - 1
            if (!ended && piece === '') return
            if (fresh && piece === '' && ended) blank++
            else blank = 0
            if (squeeze && blank > 1) return
            if (fresh && (numbering === 'all' || (numbering === 'nonblank' && piece !== ''))) out += `${String(++number).padStart(6)}\t`
            out += format(piece)
            if (ended && ends && !visible) out = out.replace(/\r$/, '^M')
            if (ended) out += ends ? '$\n' : '\n'
            fresh = ended
          })
          io.out(out)
          yield* io.flush()
        }
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
