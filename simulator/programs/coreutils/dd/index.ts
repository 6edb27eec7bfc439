/** dd(1) of coreutils 9.1: blocks from one file to another, and how much and how fast. */
import { concat, EMPTY } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { SIG } from '../../../kernel/signals'
import { NS_PER_SEC } from '../../../kernel/time'
import { command, fail, wrongCall } from '../command'
import { locale, quoted, reason } from '../files'
import { human } from '../numbers'
import { floating } from '../printf/format'
import { HELP, VERSION } from './help'

const CONVERSIONS = ['ascii', 'ebcdic', 'ibm', 'block', 'unblock', 'lcase', 'ucase', 'sparse', 'swab', 'sync', 'excl', 'nocreat', 'notrunc', 'noerror', 'fdatasync', 'fsync']
const UNKNOWN_CONVERSIONS = ['ascii', 'ebcdic', 'ibm', 'block', 'unblock']
const FLAGS = ['append', 'direct', 'directory', 'dsync', 'sync', 'fullblock', 'nonblock', 'noatime', 'nocache', 'noctty', 'nofollow', 'binary', 'text', 'count_bytes', 'skip_bytes', 'seek_bytes']
const MULTIPLIERS: { readonly [suffix: string]: number } = { '': 1, c: 1, w: 2, b: 512, B: 1 }

/** `2k`, `1Mx4`, `0x10`: products of numbers with multipliers; undefined when it is none. */
function amount(text: string): { readonly value: number; readonly bytes: boolean } | undefined {
  let value = 1
  let bytes = false
  for (const part of text.split('x')) {
    const found = /^(\d+)(c|w|b|B|([kKMGTPEZY])(iB|B)?)?$/.exec(part)
    if (!found) return undefined
    const letter = found[3]
    const unit = letter ? (found[4] === 'B' ? 1000 : 1024) ** ('KMGTPEZY'.indexOf(letter.toUpperCase()) + 1) : (MULTIPLIERS[found[2] ?? ''] ?? 1)
    if (part.endsWith('B')) bytes = true
    value *= Number(found[1]) * unit
  }
  return { value, bytes }
}

class Tally {
  full = 0
  partial = 0
  count(size: number, block: number): void {
    if (size === block) this.full++
    else this.partial++
  }
  toString(): string {
    return `${this.full}+${this.partial}`
  }
}

export default command({
  summary: 'convert and copy a file',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    const set = new Map<string, string>()
    const sizes = new Map<string, { readonly value: number; readonly bytes: boolean }>()
    const words = (name: string): string[] => (set.get(name) ?? '').split(',').filter((w) => w !== '')
    for (const operand of options.operands) {
      const cut = operand.indexOf('=')
      const name = operand.slice(0, cut)
      const value = operand.slice(cut + 1)
      if (cut < 0) return wrongCall(io, `unrecognized operand ${locale(io, operand)}`)
      if (['if', 'of'].includes(name)) set.set(name, value)
      else if (name === 'conv' || name === 'iflag' || name === 'oflag' || name === 'status') {
        const known = name === 'conv' ? CONVERSIONS : name === 'status' ? ['none', 'noxfer', 'progress'] : FLAGS
        const wrong = value.split(',').find((w) => !known.includes(w))
        if (wrong !== undefined) {
          const what = { conv: 'invalid conversion', iflag: 'invalid input flag', oflag: 'invalid output flag', status: 'invalid status level' }[name]
          return wrongCall(io, `${what}: ${locale(io, wrong)}`)
        }
        set.set(name, name === 'status' ? value : `${set.get(name) ?? ''},${value}`)
      } else if (['ibs', 'obs', 'bs', 'cbs', 'count', 'skip', 'iseek', 'seek', 'oseek'].includes(name)) {
        const found = amount(value)
        if (!found) return fail(io, `invalid number: ${locale(io, value)}`)
        if (['ibs', 'obs', 'bs', 'cbs'].includes(name) && found.value === 0) return fail(io, `invalid number: ${locale(io, value)}`)
        sizes.set({ iseek: 'skip', oseek: 'seek' }[name] ?? name, found)
      } else return wrongCall(io, `unrecognized operand ${locale(io, operand)}`)
    }
    const conversions = words('conv')
    if (conversions.some((c) => UNKNOWN_CONVERSIONS.includes(c)) || sizes.has('cbs')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    if (conversions.includes('lcase') && conversions.includes('ucase')) return fail(io, 'cannot combine lcase and ucase')
    if (conversions.includes('excl') && conversions.includes('nocreat')) return fail(io, 'cannot combine excl and nocreat')
    const inFlags = words('iflag')
    const outFlags = words('oflag')
    const both = sizes.get('bs')?.value
    const inSize = both ?? sizes.get('ibs')?.value ?? 512
    const outSize = both ?? sizes.get('obs')?.value ?? 512
    const inBytes = (name: string, flag: string, unit: number, flags: readonly string[]): number | undefined => {
      const found = sizes.get(name)
      return found === undefined ? undefined : flags.includes(flag) || found.bytes ? found.value : found.value * unit
    }
    const skip = inBytes('skip', 'skip_bytes', inSize, inFlags) ?? 0
    const seek = inBytes('seek', 'seek_bytes', outSize, outFlags) ?? 0
    const limit = inBytes('count', 'count_bytes', inSize, inFlags)
    const blocksOnly = limit !== undefined && !inFlags.includes('count_bytes') && !sizes.get('count')?.bytes
    const [input, output] = [set.get('if'), set.get('of')]
    const inName = input ?? 'standard input'
    const outName = output ?? 'standard output'
    try {
      if (input !== undefined) {
        const fd = yield* sys.open(input, { read: true })
        sys.dup2(fd, 0)
        if (fd !== 0) sys.close(fd)
      }
    } catch (error) {
      return fail(io, `failed to open ${quoted(input ?? '')}: ${reason(error)}`)
    }
    const truncates = !conversions.includes('notrunc')
    if (output !== undefined) {
      try {
        const fd = yield* sys.open(output, { read: seek > 0 && truncates, write: true, create: !conversions.includes('nocreat'), exclusive: conversions.includes('excl'), truncate: truncates && seek === 0, append: outFlags.includes('append') }, 0o666)
        sys.dup2(fd, 1)
        if (fd !== 1) sys.close(fd)
        if (seek > 0 && truncates && sys.fstat(1).kind === 'file') sys.ftruncate(1, seek)
      } catch (error) {
        return fail(io, `failed to open ${quoted(output)}: ${reason(error)}`)
      }
    }
    const began = sys.monotonic()
    const [read, wrote] = [new Tally(), new Tally()]
    let copied = 0
    const status = set.get('status')
    const report = (): void => {
      if (status === 'none') return
      io.err(`${read} records in\n${wrote} records out\n`)
      if (status === 'noxfer') return
      io.err(`${speed(copied, (sys.monotonic() - began) / NS_PER_SEC)}\n`)
    }
    let interrupted = 0
    sys.signal(SIG.SIGUSR1, report)
    sys.signal(SIG.SIGINT, (signo) => {
      interrupted = signo
    })
    let code = 0
    // What is skipped is sought where the input can, else read.
    if (skip > 0) {
      try {
        const { kind, size } = sys.fstat(0)
        if (kind === 'file' && skip > size) {
          io.err(`${io.name}: ${quoted(inName)}: cannot skip to specified offset\n`)
          sys.lseek(0, size, 'set')
        } else sys.lseek(0, skip, 'cur')
      } catch (error) {
        if (!isErrno(error, 'ESPIPE')) throw error
        for (let left = skip; left > 0; ) {
          const bytes = yield* sys.read(0, Math.min(left, inSize))
          if (bytes.length === 0) {
            io.err(`${io.name}: ${quoted(inName)}: cannot skip to specified offset\n`)
            break
          }
          left -= bytes.length
        }
      }
    }
    if (seek > 0) {
      try {
        sys.lseek(1, seek, 'cur')
      } catch (error) {
        if (!isErrno(error, 'ESPIPE')) throw error
        for (let left = seek; left > 0; left -= outSize) yield* sys.write(1, new Uint8Array(Math.min(left, outSize)))
      }
    }
    let pending: Uint8Array = EMPTY
    const put = function* (block: Uint8Array) {
      yield* sys.write(1, block)
      copied += block.length
      wrote.count(block.length, outSize)
    }
    try {
      while (interrupted === 0) {
        if (blocksOnly ? read.full + read.partial >= (limit ?? 0) / inSize : limit !== undefined && copied + pending.length >= limit) break
        const want = limit !== undefined && !blocksOnly ? Math.min(inSize, limit - copied - pending.length) : inSize
        let bytes: Uint8Array
        try {
          bytes = yield* sys.read(0, want)
          while (inFlags.includes('fullblock') && bytes.length > 0 && bytes.length < want) {
            const more = yield* sys.read(0, want - bytes.length)
            if (more.length === 0) break
            bytes = concat([bytes, more])
          }
        } catch (error) {
          if (isErrno(error, 'EINTR')) continue
          io.err(`${io.name}: error reading ${quoted(inName)}: ${reason(error)}\n`)
          code = 1
          break
        }
        if (bytes.length === 0) break
        read.count(bytes.length, inSize)
        bytes = converted(bytes, conversions, inSize)
        if (both !== undefined && conversions.every((c) => !['lcase', 'ucase', 'swab', 'sync'].includes(c))) {
          yield* put(bytes)
          continue
        }
        pending = pending.length === 0 ? bytes : concat([pending, bytes])
        while (pending.length >= outSize) {
          yield* put(pending.subarray(0, outSize))
          pending = pending.subarray(outSize)
        }
      }
      if (pending.length > 0) yield* put(pending)
    } catch (error) {
      // Blocks that are gathered from others go another way (write_output).
      io.err(`${io.name}: ${sizes.has('bs') || pending.length < outSize ? 'error writing' : 'writing to'} ${quoted(outName)}: ${reason(error)}\n`)
      if (isErrno(error, 'EBADF')) io.err(`${io.name}: closing output file ${quoted(outName)}: ${reason(error)}\n`)
      code = 1
    }
    report()
    yield* io.flush()
    if (interrupted !== 0) {
      sys.signal(interrupted, 'default')
      sys.kill(sys.pid, interrupted)
    }
    return code
  },
})

function converted(bytes: Uint8Array, conversions: readonly string[], block: number): Uint8Array {
  let out = bytes
  if (conversions.includes('sync') && out.length < block) {
    const whole = new Uint8Array(block)
    whole.set(out)
    out = whole
  }
  if (conversions.includes('swab')) {
    out = out.slice()
    for (let i = 0; i + 1 < out.length; i += 2) [out[i], out[i + 1]] = [out[i + 1] ?? 0, out[i] ?? 0]
  }
  if (conversions.includes('ucase')) out = out.map((b) => (b >= 97 && b <= 122 ? b - 32 : b))
  if (conversions.includes('lcase')) out = out.map((b) => (b >= 65 && b <= 90 ? b + 32 : b))
  return out
}

/** `512 bytes copied, 0.000123 s, 4.2 MB/s`, with the size in larger units where it has any. */
function speed(bytes: number, seconds: number): string {
  const decimal = spaced(human(bytes, 1000, 'nearest'), 'B')
  const binary = spaced(human(bytes, 1024, 'nearest'), 'iB')
  const units = bytes < 1000 ? '' : bytes < 1024 ? ` (${decimal})` : ` (${decimal}, ${binary})`
  const noun = bytes === 1 ? 'byte' : 'bytes'
  const rate = seconds > 0 ? `${spaced(human(bytes / seconds, 1000, 'nearest'), 'B')}/s` : 'Infinity B/s'
  return `${bytes} ${noun}${units} copied, ${floating(seconds, 'g', 6)} s, ${rate}`
}

const spaced = (text: string, unit: string): string => {
  const found = /^([\d.]+)([A-Za-z]?)$/.exec(text)
  return found?.[2] ? `${found[1]} ${found[2]}${unit}` : `${found?.[1] ?? text} B`
}
