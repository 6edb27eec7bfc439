/** cmp(1) of diffutils 3.8. */
import { streamCloseout } from '../../closeout'
import { concat } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { statOrNull } from '../../coreutils/copying'
import { openSource, reason, type Source } from '../../coreutils/files'
import { sizeOf } from '../../coreutils/numbers'
import { command } from '../../options'
import { Exit, type Io } from '../../program'
import { HELP, VERSION } from './help'

export default command({
  unwritten: streamCloseout,
  summary: 'compare two files byte by byte', help: HELP, version: VERSION, failure: 2, hint: 'named', size: 48_456,
  *run(io, options) {
    const [first, second, skip1, skip2, ...extra] = options.operands
    if (options.has('l') && options.has('s')) return wrong(io, 'options -l and -s are incompatible')
    if (first === undefined) return wrong(io, `missing operand after '${io.args.at(-1) ?? io.name}'`)
    if (extra.length > 0) return wrong(io, `extra operand '${extra[0] ?? ''}'`)
    const numbers = (text: string): number => sizeOf(text) ?? wrong(io, `invalid --ignore-initial value '${text}'`)
    const [a = '0', b = a] = (options.value('i') ?? '').split(':').filter((t) => t !== '')
    const skips = [numbers(skip1 ?? a), numbers(skip2 ?? b)] as const
    const limit = options.value('n')
    const most = limit === undefined ? Infinity : (sizeOf(limit) ?? wrong(io, `invalid --bytes value '${limit}'`))
    // The same file from the same place on needs no reading.
    if (skips[0] === skips[1] && second !== undefined && isSame(io.sys, first, second)) return 0
    const sides: Side[] = []
    for (const [i, path] of [first, second ?? '-'].entries()) {
      try {
        const source = yield* openSource(io.sys, path)
        const side = new Side(source, path)
        yield* side.skip(skips[i] ?? 0)
        sides.push(side)
      } catch (error) {
        if (!options.has('s')) io.err(`${io.name}: ${path}: ${reason(error)}\n`)
        return 2
      }
    }
    const [x, y] = sides
    if (!x || !y) return 2
    try {
      return yield* compare(io, x, y, { most, list: options.has('l'), silent: options.has('s'), show: options.has('b') })
    } catch (error) {
      io.err(`${io.name}: ${x.path}: ${reason(error)}\n`)
      return 2
    }
  },
})

function isSame(sys: Sys, first: string, second: string): boolean {
  const [a, b] = [statOrNull(sys, first), statOrNull(sys, second)]
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino
}

function wrong(io: Io, message: string): never {
  io.err(`${io.name}: ${message}\n${io.name}: Try '${io.name} --help' for more information.\n`)
  throw new Exit(2)
}

class Side {
  readonly path: string
  private readonly source: Source
  private held: Uint8Array = new Uint8Array(0)
  constructor(source: Source, path: string) {
    this.source = source
    this.path = path
  }
  *skip(count: number): Run {
    for (let left = count; left > 0; ) {
      const part = yield* this.source.read(Math.min(left, 65_536))
      if (part.length === 0) return
      left -= part.length
    }
  }
  /** At least `count` bytes, less only at the end. */
  *take(count: number): Run<Uint8Array> {
    const parts = [this.held]
    let size = this.held.length
    while (size < count) {
      const part = yield* this.source.read()
      if (part.length === 0) break
      parts.push(part)
      size += part.length
    }
    const all = concat(parts)
    this.held = all.slice(count)
    return all.subarray(0, Math.min(count, all.length))
  }
}

/** A byte as `cat -t` would show it. */
function printable(byte: number): string {
  let out = ''
  let b = byte
  if (b >= 128) {
    out += 'M-'
    b -= 128
  }
  if (b === 127) return `${out}^?`
  return b < 32 ? `${out}^${String.fromCharCode(b + 64)}` : out + String.fromCharCode(b)
}

const octal = (byte: number): string => byte.toString(8).padStart(3)

function* compare(io: Io, a: Side, b: Side, rules: { most: number; list: boolean; silent: boolean; show: boolean }): Run<number> {
  let offset = 0
  let line = 1
  let status = 0
  let lastNewline = true
  const rows: [place: number, x: number, y: number][] = []
  for (;;) {
    const want = Math.min(65_536, rules.most - offset)
    const x = want > 0 ? yield* a.take(want) : new Uint8Array(0)
    const y = want > 0 ? yield* b.take(want) : new Uint8Array(0)
    const shared = Math.min(x.length, y.length)
    for (let i = 0; i < shared; i++) {
      const p = x[i] ?? 0
      const q = y[i] ?? 0
      if (p !== q) {
        if (rules.silent) return 1
        status = 1
        if (!rules.list) {
          io.out(`${a.path} ${b.path} differ: byte ${offset + i + 1}, line ${line}${rules.show ? ` is ${octal(p)} ${printable(p)} ${octal(q)} ${printable(q)}` : ''}\n`)
          return 1
        }
        rows.push([offset + i + 1, p, q])
      }
      lastNewline = p === 10
      if (p === 10) line++
    }
    if (io.sys.spend(1 + (shared >> 6))) yield 'preempted'
    offset += shared
    if (x.length !== y.length) {
      yield* list(io, rows, rules.show, offset)
      if (!rules.silent) {
        const shorter = x.length < y.length ? a : b
        const where = offset === 0 ? ' which is empty' : ` after byte ${offset}${rules.list ? '' : lastNewline ? `, line ${line - 1}` : `, in line ${line}`}`
        io.err(`${io.name}: EOF on ${shorter.path}${where}\n`)
      }
      return 1
    }
    if (shared === 0) {
      yield* list(io, rows, rules.show, offset)
      return status
    }
  }
}

/** -l: place and both bytes, the place as wide as the last one needs. */
function* list(io: Io, rows: readonly [number, number, number][], show: boolean, size: number): Run {
  const width = String(size).length
  for (const [place, p, q] of rows) {
    io.out(`${String(place).padStart(width)} ${octal(p)} ${show ? `${printable(p).padEnd(4)} ${octal(q)} ${printable(q)}` : octal(q)}\n`)
    yield* io.drain()
  }
}
