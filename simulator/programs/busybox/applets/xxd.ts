/** busybox xxd (util-linux/hexdump_xxd.c): bytes in groups of hexadecimal digits, and back. */
import { concat, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { openSource } from '../../coreutils/files'
import { applet, numberWithin, showUsage } from '../applet'

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')
const letter = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')

/** The bytes that a dump stands for; with offsets a line ends where two blanks stand before its text. */
function* reversed(text: string, form: 'plain' | 'offsets'): Generator<Uint8Array> {
  for (const line of text.split('\n')) {
    const digits = form === 'plain' ? line : line.replace(/^\s*[\da-f]+:?\s/i, '')
    const pairs: number[] = []
    for (let rest = digits.trimStart(); ; rest = form === 'plain' ? rest.slice(2).trimStart() : rest.slice(2).replace(/^ /, '')) {
      if (!/^[\da-f]{2}/i.test(rest)) break
      pairs.push(Number.parseInt(rest.slice(0, 2), 16))
    }
    yield new Uint8Array(pairs)
  }
}

export default applet('l:s:apirg:c:o:', function* (io, given) {
  const most = 0x7fffffff
  const limit = given.has('l') ? numberWithin(io, given.value('l') ?? '', 0, most) : Infinity
  const skip = given.has('s') ? numberWithin(io, given.value('s') ?? '', 0, most) : 0
  const added = given.has('o') ? numberWithin(io, given.value('o') ?? '', 0, most) : 0
  const plain = given.has('p')
  const columns = numberWithin(io, given.value('c') ?? '0', 0, most) || (plain ? 30 : given.has('i') ? 12 : 16)
  const [name = '-', extra] = given.operands
  if (extra !== undefined) return showUsage(io)
  let input: Uint8Array
  try {
    const source = yield* openSource(io.sys, name)
    if (skip > 0 && !given.has('r')) io.sys.lseek(source.fd, skip, 'set')
    input = yield* source.all()
    source.close()
  } catch (error) {
    if (!isErrno(error)) throw error
    io.err(`xxd: ${name === '-' ? 'stdin' : name}: ${error.message}\n`)
    return isErrno(error, 'EISDIR') ? 0 : 1
  }
  if (given.has('r')) {
    for (const bytes of reversed(concat([input]).reduce((text, byte) => text + String.fromCharCode(byte), ''), plain ? 'plain' : 'offsets')) io.out(bytes)
    return 0
  }
  const bytes = input.subarray(0, limit)
  if (given.has('i')) {
    const variable = name.replace(/[^A-Za-z0-9]/g, '_')
    if (name !== '-') io.out(`unsigned char ${variable}[] = {\n`)
    for (let at = 0; at < bytes.length; at += columns) io.out(`  ${[...bytes.subarray(at, at + columns)].map((byte) => `0x${hex(byte)},`).join(' ')}\n`)
    if (name !== '-') io.out(`};\nunsigned int ${variable}_len = ${bytes.length};\n`)
    return 0
  }
  const group = given.has('g') ? numberWithin(io, given.value('g') ?? '', 0, most) : 2
  const inGroups = (part: Uint8Array): string => [...part].map((byte, i) => (group > 0 && i > 0 && i % group === 0 ? ' ' : '') + hex(byte)).join('')
  const width = columns * 2 + (group > 0 ? Math.ceil(columns / group) - 1 : 0)
  for (let at = 0; at < bytes.length; at += columns) {
    const part = bytes.subarray(at, at + columns)
    io.out(encode(plain ? `${[...part].map(hex).join('')}\n` : `${hex8(at + skip + added)}: ${inGroups(part).padEnd(width)}  ${[...part].map(letter).join('')}\n`))
    yield* io.drain()
  }
  return 0
})

function hex8(offset: number): string {
  return offset.toString(16).padStart(8, '0')
}
