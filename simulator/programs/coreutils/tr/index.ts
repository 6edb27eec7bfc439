/** tr(1) of coreutils 9.1: works on bytes. */
import { doubleCloseout } from '../../closeout'
import { encode } from '../../../kernel/bytes'
import { command, usageError } from '../command'
import { locale, openSource } from '../files'
import { HELP, VERSION } from './help'
import { parseSet, type Set as ByteSet, SetError } from './set'

const isCase = (name: string): boolean => name === 'upper' || name === 'lower'

/** What is wrong with classes in string2: only case may be converted, and only class by class. */
function misaligned(one: ByteSet, two: ByteSet): string | undefined {
  if (two.classes.some((c) => !isCase(c.name))) return "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'"
  if (two.classes.some((c) => !one.classes.some((o) => isCase(o.name) && o.at === c.at))) return 'misaligned [:upper:] and/or [:lower:] construct'
  return undefined
}

export default command({
  unwritten: doubleCloseout,
  summary: 'translate or delete characters',
  help: HELP, version: VERSION, stopAtOperand: true,
  *run(io, options) {
    const [first, second, extra] = options.operands
    const remove = options.has('d')
    const squeeze = options.has('s')
    const fail = (...lines: string[]): never => {
      io.err(`${io.name}: ${lines.join('\n')}\n`)
      return usageError(io)
    }
    if (first === undefined) return fail('missing operand')
    if (second === undefined && !remove && !squeeze) return fail(`missing operand after ${locale(io, first)}`, 'Two strings must be given when translating.')
    if (second === undefined && remove && squeeze) return fail(`missing operand after ${locale(io, first)}`, 'Two strings must be given when both deleting and squeezing repeats.')
    if (extra !== undefined) return fail(`extra operand ${locale(io, extra)}`)
    if (second !== undefined && remove && !squeeze) return fail(`extra operand ${locale(io, second)}`, 'Only one string may be given when deleting without squeezing repeats.')
    let one: ByteSet
    let two: ByteSet | undefined
    try {
      one = parseSet(encode(first))
      two = second === undefined ? undefined : parseSet(encode(second))
    } catch (error) {
      if (!(error instanceof SetError)) throw error
      io.err(`${io.name}: ${error.message.replace(/invalid character class (.*)/, (_, n: string) => `invalid character class ${locale(io, n)}`)}\n`)
      return 1
    }
    for (const warning of [...one.warnings, ...(two?.warnings ?? [])]) io.err(`${io.name}: ${warning}\n`)
    const problem = two && !remove && options.last('c', 'C') === undefined ? misaligned(one, two) : undefined
    if (problem !== undefined) {
      io.err(`${io.name}: ${problem}\n`)
      return 1
    }
    const from = options.has('c', 'C') ? Array.from({ length: 256 }, (_, c) => c).filter((c) => !one.bytes.includes(c)) : one.bytes
    const map = Uint8Array.from({ length: 256 }, (_, c) => c)
    const drop = new Uint8Array(256)
    const repeats = new Uint8Array(256)
    if (remove) for (const c of from) drop[c] = 1
    else if (two) {
      const to = [...two.bytes]
      if (two.stretch !== undefined) {
        const c = to[two.stretch] ?? 0
        while (to.length < from.length) to.splice(two.stretch, 0, c)
      }
      if (to.length === 0 && from.length > 0 && !options.has('t')) {
        io.err(`${io.name}: when not truncating set1, string2 must be non-empty\n`)
        return 1
      }
      const length = options.has('t') ? Math.min(from.length, to.length) : from.length
      // Case conversion by classes pairs upper with lower.
      for (let i = 0; i < length; i++) map[from[i] ?? 0] = to[Math.min(i, to.length - 1)] ?? 0
    }
    if (squeeze) for (const c of two ? two.bytes : from) repeats[c] = 1
    const source = yield* openSource(io.sys, '-')
    let last = -1
    for (;;) {
      const bytes = yield* source.read()
      if (bytes.length === 0) return 0
      const out = new Uint8Array(bytes.length)
      let n = 0
      for (let i = 0; i < bytes.length; i++) {
        const b = bytes[i] as number
        if (drop[b]) continue
        const c = map[b] as number
        if (c === last && repeats[c]) continue
        last = c
        out[n++] = c
      }
      io.out(out.subarray(0, n))
      yield* io.flush()
    }
  },
})
