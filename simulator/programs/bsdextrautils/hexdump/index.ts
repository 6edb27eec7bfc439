/** hexdump(1) of util-linux 2.38.1. */
import { concat, decode, encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { openSource, reason } from '../../coreutils/files'
import { field, formatFloat, signOf } from '../../libc/printf'
import { command } from '../../util-linux/command'
import { Exit, type Io } from '../../program'
import { fill, type Format, FormatError, parseFormat, type Piece } from './formats'
import { HELP, VERSION } from './help'

const OFFSET = '"%07.7_Ax\\n"'
const lines = (unit: string): readonly string[] => [OFFSET, `"%07.7_ax " ${unit} "\\n"`]

/** What the letters stand for. */
const FORMS: { readonly [letter: string]: readonly string[] } = {
  b: lines('16/1 "%03o "'), c: lines('16/1 "%3_c "'), d: lines('8/2 "  %05u "'), o: lines('8/2 " %06o "'), x: lines('8/2 "   %04x "'),
  C: ['"%08.8_Ax\\n"', '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x " ', '"  |" 16/1 "%_p" "|\\n"'],
}
const USUAL = lines('8/2 "%04x "')
const MULTIPLES = 'KMGTPEZY'

export default command({
  summary: 'display file contents in hexadecimal, decimal, octal, or ascii', help: HELP, version: VERSION, size: 59_720,
  *run(io, options) {
    const size = (name: 'n' | 's', what: 'length' | 'offset'): number | undefined => {
      const text = options.value(name)
      if (text === undefined) return undefined
      const found = /^(0[xX][0-9a-fA-F]+|0[0-7]+|\d+)(?:([KMGTPEZY])(iB|B)?)?$/i.exec(text)
      if (!found) {
        io.err(`${io.name}: failed to parse ${what}: '${text}': Invalid argument\n`)
        throw new Exit(1)
      }
      const digits = found[1] ?? '0'
      const power = found[2] ? MULTIPLES.indexOf(found[2].toUpperCase()) + 1 : 0
      return (/^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)) * (found[3] === 'B' ? 1000 : 1024) ** power
    }
    const texts: string[] = []
    for (const { name, value } of options.given) {
      const letter = { 'one-byte-octal': 'b', 'one-byte-char': 'c', canonical: 'C', 'two-bytes-decimal': 'd', 'two-bytes-octal': 'o', 'two-bytes-hex': 'x' }[name]
      if (letter) texts.push(...(FORMS[letter] ?? []))
      if (name === 'format') texts.push(value ?? '')
      if (name === 'format-file') {
        try {
          texts.push(...decode(yield* io.sys.readFile(value ?? '')).split('\n').filter((l) => l.trim() !== '' && !l.trim().startsWith('#')))
        } catch (error) {
          io.err(`${io.name}: can't read ${value ?? ''}: ${reason(error)}\n`)
          return 1
        }
      }
    }
    let formats: Format[]
    try {
      formats = (texts.length > 0 ? texts : USUAL).map(parseFormat)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      io.err(`${io.name}: ${error.message}\n`)
      return 1
    }
    const limit = size('n', 'length')
    const skip = size('s', 'offset') ?? 0
    const { bytes, status } = yield* input(io, options.operands, skip, limit)
    if (bytes === null) return 1
    yield* new Dumper(io, formats, options.has('v') ? 'all' : 'squeezed').run(bytes, skip)
    return status
  },
})

/** All operands as one, the first `skip` bytes passed over. */
function* input(io: Io, operands: readonly string[], skip: number, limit: number | undefined): Run<{ bytes: Uint8Array | null; status: number }> {
  const parts: Uint8Array[] = []
  let status = 0
  let opened = 0
  const paths = operands.length > 0 ? operands : ['-']
  const wanted = limit === undefined ? Infinity : skip + limit
  let size = 0
  for (const path of paths) {
    try {
      const source = yield* openSource(io.sys, path)
      opened++
      while (size < wanted) {
        const part = yield* source.read()
        if (part.length === 0) break
        parts.push(part)
        size += part.length
      }
      source.close()
    } catch (error) {
      io.err(`${io.name}: ${path}: ${reason(error)}\n`)
      status = 1
    }
  }
  if (opened === 0) {
    io.err(`${io.name}: all input file arguments failed\n`)
    return { bytes: null, status: 1 }
  }
  const all = parts.length === 0 ? new Uint8Array(0) : concat(parts)
  return { bytes: all.subarray(skip, limit === undefined ? undefined : skip + limit), status }
}

const C_NAMES: { readonly [code: number]: string } = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' }
const U_NAMES = ['nul', 'soh', 'stx', 'etx', 'eot', 'enq', 'ack', 'bel', 'bs', 'ht', 'lf', 'vt', 'ff', 'cr', 'so', 'si', 'dle', 'dcl', 'dc2', 'dc3', 'dc4', 'nak', 'syn', 'etb', 'can', 'em', 'sub', 'esc', 'fs', 'gs', 'rs', 'us']

class Dumper {
  private readonly io: Io
  private readonly formats: readonly Format[]
  private readonly block: number
  private readonly squeezes: boolean
  constructor(io: Io, formats: readonly Format[], repeats: 'all' | 'squeezed') {
    this.io = io
    this.formats = formats
    this.block = fill(formats)
    this.squeezes = repeats === 'squeezed'
  }
  *run(bytes: Uint8Array, base: number): Run {
    const { io, block } = this
    if (block === 0 || bytes.length === 0) return
    let before: Uint8Array | null = null
    let starred = false
    for (let at = 0; at < bytes.length; at += block) {
      const part = bytes.subarray(at, at + block)
      const same: boolean = this.squeezes && before !== null && part.length === block && equal(part, before)
      before = part
      if (same) {
        if (!starred) io.out('*\n')
        starred = true
        continue
      }
      starred = false
      for (const format of this.formats) this.show(format, part, base + at)
      if (io.sys.spend(8)) yield 'preempted'
      yield* io.drain()
    }
    for (const { units } of this.formats) {
      for (const { pieces } of units) if (pieces.some((p) => p.kind === 'offset' && p.when === 'end')) for (const piece of pieces) this.put(this.plain(piece, base + bytes.length))
    }
  }
  private put(text: string | Uint8Array): void {
    this.io.out(text)
  }
  private plain(piece: Piece, offset: number): string {
    if (piece.kind === 'text') return piece.text
    if (piece.kind === 'value') return ''
    const digits = offset.toString(piece.base === 'x' ? 16 : piece.base === 'o' ? 8 : 10).padStart(piece.precision ?? 0, '0')
    return field('', digits, piece.flags, piece.width)
  }
  private show({ units }: Format, part: Uint8Array, offset: number): void {
    let at = 0
    for (const unit of units) {
      if (unit.pieces.some((p) => p.kind === 'offset' && p.when === 'end')) continue
      for (let round = 0; round < unit.repeat; round++) {
        const lastPiece = unit.pieces.length - 1
        unit.pieces.forEach((piece, i) => {
          if (piece.kind === 'value') {
            const bytes = part.subarray(at, at + piece.bytes)
            this.put(at >= part.length ? ' '.repeat(piece.width) : value(piece, bytes))
            at += piece.bytes
          } else if (piece.kind === 'offset') this.put(this.plain(piece, offset + at))
          // Blanks at the end are left out the last time.
          else this.io.out(encode(i === lastPiece && unit.repeat > 1 && round === unit.repeat - 1 ? piece.text.replace(/[ \t]+$/, '') : piece.text))
        })
      }
    }
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

function value(piece: Extract<Piece, { kind: 'value' }>, given: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(piece.bytes)
  bytes.set(given)
  const { letter, flags, width, precision } = piece
  const code = bytes[0] ?? 0
  const text = (body: string): Uint8Array => encode(field('', body, flags.replaceAll('0', ''), width))
  switch (letter) {
    case '_p': return text(code >= 32 && code < 127 ? String.fromCharCode(code) : '.')
    case '_c': return text(C_NAMES[code] ?? (code >= 32 && code < 127 ? String.fromCharCode(code) : code.toString(8).padStart(3, '0')))
    case '_u': return text(U_NAMES[code] ?? (code === 127 ? 'del' : code < 127 ? String.fromCharCode(code) : code.toString(16)))
    case 'c': return concat([encode(' '.repeat(Math.max(0, width - 1))), bytes.subarray(0, 1)])
    case 's': {
      const end = bytes.indexOf(0)
      return concat([bytes.subarray(0, end < 0 ? undefined : end)])
    }
  }
  const view = new DataView(bytes.buffer)
  if (/[eEfgG]/.test(letter)) return encode(formatFloat(piece.bytes === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true), { flags, width, precision, letter }))
  let number = 0n
  for (let i = piece.bytes - 1; i >= 0; i--) number = (number << 8n) | BigInt(bytes[i] ?? 0)
  if (letter === 'd' || letter === 'i') number = BigInt.asIntN(piece.bytes * 8, number)
  const digits = (number < 0n ? -number : number).toString(letter === 'o' ? 8 : /[xX]/.test(letter) ? 16 : 10).padStart(precision ?? 0, '0')
  const sign = /[di]/.test(letter) ? signOf(number < 0n, flags) : flags.includes('#') && number !== 0n ? (letter === 'o' ? '0' : /[xX]/.test(letter) ? `0${letter}` : '') : ''
  return encode(field(sign, letter === 'X' ? digits.toUpperCase() : digits, flags, width))
}
