/** shred(1) of coreutils 9.1: overwrites files. Up to three passes are of random bytes; more of them would mix in patterns, which is not simulated. */
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { argmatch, command, fail, type Options, wrongCall } from '../command'
import { locale, reason, shown } from '../files'
import { sizeOf } from '../numbers'
import { HELP, VERSION } from './help'

const CHUNK = 65536
/** More passes than this are not all random. */
const RANDOM_PASSES = 3

function randomBytes(io: Io, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => io.sys.random() & 0xff)
}

/** Renames it to shorter and shorter names of zeros, then unlinks it. */
function wipe(io: Io, path: string, options: Options, how: 'unlink' | 'wipe' | 'wipesync'): void {
  const { sys } = io
  const verbose = options.has('v')
  if (verbose) io.err(`${io.name}: ${shown(path)}: removing\n`)
  let now = path
  if (how !== 'unlink') {
    const cut = path.lastIndexOf('/') + 1
    for (let length = path.length - cut; length > 0; length--) {
      const next = path.slice(0, cut) + '0'.repeat(length)
      if (taken(io, next)) continue
      sys.rename(now, next)
      if (verbose) io.err(`${io.name}: ${shown(now)}: renamed to ${shown(next)}\n`)
      now = next
    }
  }
  sys.unlink(now)
  if (verbose) io.err(`${io.name}: ${shown(path)}: removed\n`)
}
function taken(io: Io, path: string): boolean {
  try {
    io.sys.lstat(path)
    return true
  } catch {
    return false
  }
}

function* overwrite(io: Io, path: string, options: Options, passes: number, size: number | undefined): Run {
  const { sys } = io
  if (options.has('f')) {
    const { mode } = sys.stat(path)
    if ((mode & 0o200) === 0) sys.chmod(path, (mode & 0o7777) | 0o200)
  }
  const fd = path === '-' ? 1 : yield* sys.open(path, { write: true })
  const stat = sys.fstat(fd)
  const rounded = size === undefined && stat.kind === 'file' && !options.has('x') && stat.size > 0 ? Math.ceil(stat.size / stat.blksize) * stat.blksize : stat.size
  const bytes = size ?? rounded
  const all = passes + (options.has('z') ? 1 : 0)
  for (let pass = 1; pass <= all && bytes > 0; pass++) {
    const zero = pass > passes
    if (options.has('v')) io.err(`${io.name}: ${shown(path)}: pass ${pass}/${all} (${zero ? '000000' : 'random'})...\n`)
    sys.lseek(fd, 0, 'set')
    for (let left = bytes; left > 0; left -= CHUNK) {
      const count = Math.min(left, CHUNK)
      yield* sys.write(fd, zero ? new Uint8Array(count) : randomBytes(io, count))
      if (sys.spend(count >> 4)) yield 'preempted'
    }
  }
  if (options.has('u', 'remove') && stat.kind === 'file') sys.ftruncate(fd, 0)
  if (path !== '-') sys.close(fd)
}

export default command({
  summary: 'overwrite a file to hide its contents, and optionally delete it', help: HELP, version: VERSION, size: 64_656,
  *run(io, options) {
    const [passesText, sizeText] = [options.value('n') ?? String(RANDOM_PASSES), options.value('s')]
    if (!/^\d+$/.test(passesText)) return fail(io, `invalid number of passes: ${locale(io, passesText)}`)
    const size = sizeText === undefined ? undefined : sizeOf(sizeText)
    if (sizeText !== undefined && size === undefined) return fail(io, `invalid file size: ${locale(io, sizeText)}`)
    const word = options.value('remove')
    const how = word === undefined ? 'wipesync' : argmatch(io, word, '--remove', [[['unlink'], 'unlink'], [['wipe'], 'wipe'], [['wipesync'], 'wipesync']] as const)
    if (options.operands.length === 0) return wrongCall(io, 'missing file operand')
    if (Number(passesText) > RANDOM_PASSES || options.has('random-source')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    let status = 0
    for (const path of options.operands) {
      try {
        yield* overwrite(io, path, options, Number(passesText), size)
        if (options.has('u', 'remove') && path !== '-') wipe(io, path, options, how)
      } catch (error) {
        io.err(`${io.name}: ${path === '-' ? '-' : shown(path)}: failed to open for writing: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})
