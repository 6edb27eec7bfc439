/** od(1) of coreutils 9.1. */
import { closeout, wordlessCloseout } from '../../closeout'
import { concat } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { argmatch, command, fail } from '../command'
import { locale, openSource, reason, shown } from '../files'
import { asCharacter, type Format, parseFormats } from './format'
import { HELP, VERSION } from './help'

const TRADITIONAL: { readonly [letter: string]: string } = { a: 'a', b: 'o1', c: 'c', d: 'u2', f: 'fF', i: 'dI', l: 'dL', o: 'o2', s: 'd2', x: 'x2', e: 'fD', F: 'fD', h: 'x2', I: 'dL', L: 'dL', D: 'u4', H: 'x4', O: 'o4', B: 'o2', X: 'x4' }
const MULTIPLIERS: { readonly [suffix: string]: number } = { '': 1, b: 512, B: 1024, k: 1024, K: 1024, m: 1048576, M: 1048576, G: 2 ** 30, T: 2 ** 40, kB: 1000, KB: 1000, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1048576, GiB: 2 ** 30 }
const ADDRESS: { readonly [radix: string]: ((n: number) => string) | null } = {
  d: (n) => String(n).padStart(7, '0'), o: (n) => n.toString(8).padStart(7, '0'), x: (n) => n.toString(16).padStart(6, '0'), n: null,
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** A number of -j, -N, -S, -w: decimal, 0octal or 0xhex, with a multiplier. */
function count(io: Io, text: string, option: string): number {
  const found = /^(0[xX][0-9a-fA-F]+|\d+)([a-zA-Z]*)$/.exec(text)
  const digits = found?.[1] ?? ''
  const factor = MULTIPLIERS[found?.[2] ?? '']
  if (!found) return fail(io, `invalid ${option} argument '${text}'`)
  if (factor === undefined) return fail(io, `invalid suffix in ${option} argument '${text}'`)
  return (/^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)) * factor
}

/** An offset of the old form: octal, or hexadecimal after 0x; `b` counts blocks. (A point was to make it decimal; coreutils 9.1 refuses it.) */
function oldOffset(text: string): number | undefined {
  const found = /^\+?(0[xX][0-9a-fA-F]+|[0-7]+)([bB])?$/.exec(text)
  if (!found) return undefined
  const [, digits = '', block] = found
  return (/^0x/i.test(digits) ? Number(digits) : Number.parseInt(digits, 8)) * (block === 'b' ? 512 : block === 'B' ? 1024 : 1)
}

/** The inputs one after the other, without what is skipped and what is beyond the limit. */
function* contents(io: Io, paths: readonly string[], skip: number, limit: number): Run<{ bytes: Uint8Array; status: number; short: boolean; none: boolean }> {
  const parts: Uint8Array[] = []
  let status = 0
  let before = skip
  let left = limit
  let opened = 0
  for (const path of paths) {
    try {
      const source = yield* openSource(io.sys, path)
      opened++
      while (left > 0) {
        let bytes = yield* source.read()
        if (bytes.length === 0) break
        if (before > 0) {
          const cut = Math.min(before, bytes.length)
          before -= cut
          bytes = bytes.subarray(cut)
        }
        bytes = bytes.subarray(0, left)
        left -= bytes.length
        if (bytes.length > 0) parts.push(bytes)
      }
      source.close()
    } catch (error) {
      io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
      status = 1
    }
  }
  return { bytes: concat(parts), status, short: before > 0, none: opened === 0 }
}

export default command({
  unwritten: (fault) => {
    const { said, status } = closeout()(fault)
    return { said: fault.isLast ? said : wordlessCloseout(fault).said + said, status }
  },
  summary: 'dump files in octal and other formats',
  help: HELP, version: VERSION,
  hidden: '  -S BYTES\n  --strings[=BYTES]\n  -w[BYTES]\n  --width[=BYTES]\n  -a\n  -b\n  -c\n  -d\n  -f\n  -i\n  -l\n  -o\n  -s\n  -x\n  -B\n  -D\n  -e\n  -F\n  -h\n  -H\n  -I\n  -L\n  -O\n  -X\n',
  *run(io, options) {
    const formats: Format[] = []
    for (const { name, value } of options.given) {
      const text = name === 'format' ? value : TRADITIONAL[name]
      if (text === undefined) continue
      const found = parseFormats(text, (t) => locale(io, t))
      if (found === 'unknown') {
        io.err(`${io.name}: not simulated in this lab\n`)
        return 125
      }
      if (typeof found === 'string') return fail(io, found)
      formats.push(...found)
    }
    const radix = options.value('A') ?? 'o'
    if (radix.length !== 1 || !Object.hasOwn(ADDRESS, radix)) return fail(io, `invalid output address radix '${radix}'; it must be one character from [doxn]`)
    const endianWord = options.value('endian')
    const endian = endianWord === undefined ? 'little' : argmatch(io, endianWord, '--endian', [[['little'], 'little'], [['big'], 'big']] as const)
    let skip = options.value('j') === undefined ? 0 : count(io, options.value('j') ?? '', '-j')
    const limit = options.value('N') === undefined ? Infinity : count(io, options.value('N') ?? '', '-N')
    let operands = options.operands
    const modern = options.given.some((g) => ['address-radix', 'skip-bytes', 'read-bytes', 'format', 'output-duplicates', 'S', 'strings', 'w', 'width', 'endian'].includes(g.name))
    if (!modern || options.has('traditional')) {
      const last = operands.at(-1)
      const may = last !== undefined && (last.startsWith('+') || options.has('traditional') || (operands.length === 2 && /^\d/.test(last)))
      const offset = may ? oldOffset(last) : undefined
      if (offset !== undefined && operands.length <= 2) {
        skip = offset
        operands = operands.slice(0, -1)
      }
    }
    const paths = operands.length > 0 ? operands : ['-']
    const address = ADDRESS[radix] ?? null
    const strings = options.given.findLast((g) => g.name === 'S' || g.name === 'strings')
    const { bytes, status, short, none } = yield* contents(io, paths, skip, limit)
    if (none) return status
    if (short) return fail(io, 'cannot skip past end of combined input')
    if (strings) {
      graphic(io, bytes, skip, strings.value === undefined ? 3 : count(io, strings.value, '-S'), address)
      return status
    }
    if (formats.length === 0) formats.push(...(parseFormats('oS', String) as Format[]))
    const unit = formats.reduce((lcm, f) => (lcm * f.size) / gcd(lcm, f.size), 1)
    let perLine = unit < 16 ? 16 - (16 % unit) : unit
    const widthOption = options.given.findLast((g) => g.name === 'w' || g.name === 'width')
    if (widthOption) {
      const wanted = widthOption.value === undefined ? 32 : count(io, widthOption.value, '-w')
      if (wanted > 0 && wanted % unit === 0) perLine = wanted
      else {
        io.err(`${io.name}: warning: invalid width ${wanted}; using ${unit} instead\n`)
        perLine = unit
      }
    }
    yield* dump(io, bytes, skip, formats, perLine, address, endian, options.has('v'))
    return status
  },
})

function* dump(io: Io, bytes: Uint8Array, start: number, formats: readonly Format[], perLine: number, address: ((n: number) => string) | null, endian: 'little' | 'big', duplicates: boolean): Run {
  // Formats side by side: the narrower ones are spread over the width of the widest.
  const widest = Math.max(...formats.map((f) => (f.width + 1) * (perLine / f.size)))
  let previous: Uint8Array | null = null
  let starred = false
  const lead = address ? ' '.repeat(address(0).length) : ''
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine)
    if (!duplicates && previous && line.length === perLine && line.every((b, i) => b === previous?.[i])) {
      if (!starred) io.out('*\n')
      starred = true
      continue
    }
    starred = false
    previous = line
    const padded = new Uint8Array(perLine)
    padded.set(line)
    const view = new DataView(padded.buffer)
    formats.forEach((format, index) => {
      const fields = perLine / format.size
      const used = Math.ceil(line.length / format.size)
      const padding = widest - (format.width + 1) * fields
      let out = index === 0 ? (address?.(start + at) ?? '') : lead
      let left = padding
      for (let k = 0; k < used; k++) {
        const next = Math.floor((padding * (fields - 1 - k)) / fields)
        out += format.write(view, k * format.size, endian).padStart(format.width + 1 + left - next)
        left = next
      }
      if (format.trailer) {
        out += ' '.repeat((fields - used) * (format.width + 1 + Math.floor(padding / fields)))
        out += `  >${[...line].map(asCharacter).join('')}<`
      }
      io.out(`${out}\n`)
    })
    yield* io.drain()
    if (io.sys.spend(8)) yield 'preempted'
  }
  if (address) io.out(`${address(start + bytes.length)}\n`)
}

/** -S: runs of at least so many graphic characters that end in a null byte. */
function graphic(io: Io, bytes: Uint8Array, start: number, least: number, address: ((n: number) => string) | null): void {
  let from = 0
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i] ?? 0
    if (b === 0) {
      if (i - from >= least) {
        const text = [...bytes.subarray(from, i)].map((c) => ({ 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' })[c] ?? String.fromCharCode(c)).join('')
        io.out(`${address ? `${address(start + from)} ` : ''}${text}\n`)
      }
      from = i + 1
    } else if (b < 32 || b > 126) from = i + 1
  }
}
