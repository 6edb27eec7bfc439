/**
 * What jq's WebAssembly (npm jq-wasm 1.0.1, built by Emscripten) needs from its surroundings: descriptors, a few files in
 * memory, the environment and the node's clock. Each run is a fresh instance, because a used one keeps its input at the
 * end. The one-letter names are those that Emscripten gave the imports and exports of exactly this build.
 */
import { decode, encode } from '../../kernel/bytes'
import { strptime, timegm, writeTime } from './calendar'

/** What the host makes of `jq.wasm`: see host.md. */
export interface JqModule {
  instantiate(imports: JqImports): unknown
}
export type JqImports = Readonly<Record<string, Readonly<Record<string, (...args: number[]) => number | undefined>>>>
interface JqExports {
  readonly E: { readonly buffer: ArrayBufferLike; grow(pages: number): number }
  /** Constructors, main(argc, argv), the high half of a 64-bit result, room on the stack. */
  readonly F: () => void
  readonly G: (argc: number, argv: number) => number
  readonly I: (high: number) => void
  readonly J: (size: number) => number
}

const isExports = (value: unknown): value is JqExports =>
  typeof value === 'object' && value !== null && 'E' in value && ['F', 'G', 'I', 'J'].every((name) => typeof Reflect.get(value, name) === 'function')

export const isJqModule = (value: unknown): value is JqModule =>
  typeof value === 'object' && value !== null && 'instantiate' in value && typeof value.instantiate === 'function'

/** A file that the program may open; an error name when opening it fails. */
export type JqFile = Uint8Array | keyof typeof ERRNO

export interface JqRun {
  readonly args: readonly string[]
  /** What has been read for it so far; `stdin` when it was asked for. */
  readonly stdin: Uint8Array | undefined
  readonly files: ReadonlyMap<string, JqFile>
  /** A terminal gets each line when it is written, a pipe gets all at the end. */
  readonly buffering: 'line' | 'full'
  /** Whether standard input looks like a terminal. */
  readonly input: 'terminal' | 'other'
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  /** Unix time in ms. */
  readonly now: number
}
export interface JqWritten {
  readonly fd: 1 | 2
  readonly bytes: Uint8Array
}
export type JqResult =
  | { readonly kind: 'ended'; readonly written: readonly JqWritten[]; readonly code: number }
  /** It wants to read a file (null: its standard input) that was not given: run it again with it. */
  | { readonly kind: 'wants'; readonly path: string | null }

/** WASI's numbers of the errors that can come up here. */
const ERRNO = { EACCES: 2, EBADF: 8, EINVAL: 28, EIO: 29, EISDIR: 31, ELOOP: 32, ENOENT: 44, ENOTDIR: 54, ENOTTY: 59, ERANGE: 68 } as const
const PAGE = 65536
const MEMORY_LIMIT = 268_435_456
const TIOCGWINSZ = 21523
const REGULAR_FILE = 0o100644
const CHARACTER_DEVICE = 0o020620

export const isErrorName = (name: string): name is keyof typeof ERRNO => name in ERRNO

class Ended {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

class Wants {
  readonly path: string | null
  constructor(path: string | null) {
    this.path = path
  }
}

interface Stream {
  readonly bytes: Uint8Array
  at: number
}

export function runJq(module: JqModule, run: JqRun): JqResult {
  const written: JqWritten[] = []
  const streams = new Map<number, Stream>()
  if (run.stdin) streams.set(0, { bytes: run.stdin, at: 0 })
  const environment = [...run.env].map(([name, value]) => encode(`${name}=${value}\0`))
  let exports: JqExports
  const view = (): DataView => new DataView(exports.E.buffer)
  const memory = (): Uint8Array => new Uint8Array(exports.E.buffer)
  const stringAt = (at: number): string => {
    const bytes = memory()
    return decode(bytes.subarray(at, bytes.indexOf(0, at)))
  }
  const put = (at: number, bytes: Uint8Array): void => memory().set(bytes, at)
  const put64 = (at: number, value: number): void => view().setBigInt64(at, BigInt(Math.trunc(value)), true)
  const get64 = (low: number, high: number): number => high * 4294967296 + (low >>> 0)
  const crash = (): never => {
    throw new Ended(134)
  }
  const end = (code: number): never => {
    throw new Ended(code)
  }
  const stat = (mode: number, size: number, at: number): number => {
    memory().fill(0, at, at + 96)
    view().setInt32(at + 4, mode, true)
    view().setInt32(at + 8, 1, true)
    put64(at + 24, size)
    view().setInt32(at + 32, 4096, true)
    return 0
  }
  const fileAt = (path: string): JqFile => {
    const file = run.files.get(path)
    if (file === undefined) throw new Wants(path)
    return file
  }
  const statPath = (path: string, at: number): number => {
    const file = fileAt(path)
    return typeof file === 'string' ? -ERRNO[file] : stat(REGULAR_FILE, file.length, at)
  }
  const vectors = (at: number, count: number): [start: number, length: number][] =>
    Array.from({ length: count }, (_, i) => [view().getUint32(at + i * 8, true), view().getUint32(at + i * 8 + 4, true)])

  const imports: JqImports['a'] = {
    a: crash,
    D: crash,
    b: end,
    s: end,
    r: () => 0,
    t: () => undefined,
    // fcntl, fstat, getcwd, ioctl
    e: () => 0,
    A: (fd = 0, at = 0) => {
      const stream = streams.get(fd)
      return stat(fd <= 2 ? CHARACTER_DEVICE : REGULAR_FILE, stream?.bytes.length ?? 0, at)
    },
    q: (at = 0, size = 0) => {
      const bytes = encode(`${run.cwd}\0`)
      if (size < bytes.length) return -ERRNO.ERANGE
      put(at, bytes)
      return bytes.length
    },
    h: (fd = 0, request = 0) => (request === TIOCGWINSZ && fd === 1 && run.buffering === 'line' ? 0 : -ERRNO.ENOTTY),
    // lstat, fstatat, openat, readlinkat, stat
    x: (path = 0, at = 0) => statPath(stringAt(path), at),
    y: (_, path = 0, at = 0) => statPath(stringAt(path), at),
    z: (path = 0, at = 0) => statPath(stringAt(path), at),
    f: (_, name = 0) => {
      const path = stringAt(name)
      const file = fileAt(path)
      if (typeof file === 'string') return -ERRNO[file]
      let fd = 3
      while (streams.has(fd)) fd++
      streams.set(fd, { bytes: file, at: 0 })
      return fd
    },
    p: () => -ERRNO.EINVAL,
    C: (to = 0, from = 0, count = 0) => {
      memory().copyWithin(to, from, from + count)
      return undefined
    },
    // gmtime, localtime (the node's clock is UTC), timegm, tzset, now
    k: (low = 0, high = 0, at = 0) => {
      writeTime(view(), at, get64(low, high))
      return undefined
    },
    l: (low = 0, high = 0, at = 0) => {
      writeTime(view(), at, get64(low, high))
      return undefined
    },
    m: (at = 0) => {
      const seconds = timegm(view(), at)
      exports.I(Math.floor(seconds / 4294967296))
      return seconds >>> 0
    },
    v: (zone = 0, daylight = 0, standard = 0, summer = 0) => {
      view().setInt32(zone, 0, true)
      view().setInt32(daylight, 0, true)
      put(standard, encode('UTC\0'))
      put(summer, encode('UTC\0'))
      return undefined
    },
    u: (text = 0, format = 0, at = 0) => {
      const used = strptime(stringAt(text), stringAt(format), view(), at)
      return used === null ? 0 : text + used
    },
    ["B"]: () => run.now,
    o: (size = 0) => {
      const wanted = size >>> 0
      if (wanted > MEMORY_LIMIT) return 0
      const now = exports.E.buffer.byteLength
      try {
        exports.E.grow(Math.ceil((Math.min(MEMORY_LIMIT, Math.max(wanted, now * 1.2)) - now) / PAGE))
        return 1
      } catch {
        return 0
      }
    },
    // environ_get, environ_sizes_get
    i: (pointers = 0, text = 0) => {
      let at = text
      for (const [i, entry] of environment.entries()) {
        view().setUint32(pointers + i * 4, at, true)
        put(at, entry)
        at += entry.length
      }
      return 0
    },
    j: (count = 0, size = 0) => {
      view().setUint32(count, environment.length, true)
      view().setUint32(size, environment.reduce((sum, entry) => sum + entry.length, 0), true)
      return 0
    },
    // fd_close, fd_fdstat_get, fd_read, fd_seek, fd_write
    c: (fd = 0) => {
      if (fd > 2 && !streams.delete(fd)) return ERRNO.EBADF
      return 0
    },
    w: (fd = 0, at = 0) => {
      memory().fill(0, at, at + 24)
      // Standard output always looks like a terminal: values then come in colour, which is how dump.ts knows them.
      memory()[at] = fd === 1 || (fd === 0 && run.input === 'terminal') ? 2 : 4
      return 0
    },
    g: (fd = 0, at = 0, count = 0, total = 0) => {
      const stream = streams.get(fd)
      if (!stream && fd === 0) throw new Wants(null)
      if (!stream) return ERRNO.EBADF
      let read = 0
      for (const [start, length] of vectors(at, count)) {
        const part = stream.bytes.subarray(stream.at, stream.at + length)
        put(start, part)
        stream.at += part.length
        read += part.length
        if (part.length < length) break
      }
      view().setUint32(total, read, true)
      return 0
    },
    n: (fd = 0, low = 0, high = 0, whence = 0, at = 0) => {
      const stream = streams.get(fd)
      if (!stream || fd === 0) return 70
      stream.at = get64(low, high) + (whence === 1 ? stream.at : whence === 2 ? stream.bytes.length : 0)
      put64(at, stream.at)
      return 0
    },
    d: (fd = 0, at = 0, count = 0, total = 0) => {
      if (fd !== 1 && fd !== 2) return ERRNO.EBADF
      let sum = 0
      for (const [start, length] of vectors(at, count)) {
        if (length > 0) written.push({ fd, bytes: memory().slice(start, start + length) })
        sum += length
      }
      view().setUint32(total, sum, true)
      return 0
    },
  }
  const instance = module.instantiate({ a: imports })
  if (!isExports(instance)) throw new Error('jq.wasm is not the build that this glue is for')
  exports = instance

  let code: number
  try {
    exports.F()
    const pointers = ['jq', ...run.args].map((arg) => {
      const bytes = encode(`${arg}\0`)
      const at = exports.J(bytes.length)
      put(at, bytes)
      return at
    })
    const argv = exports.J((pointers.length + 1) * 4)
    for (const [i, at] of [...pointers, 0].entries()) view().setUint32(argv + i * 4, at, true)
    code = exports.G(pointers.length, argv)
  } catch (thrown) {
    if (thrown instanceof Wants) return { kind: 'wants', path: thrown.path }
    // A trap (stack or memory used up) is what a crash is on a real machine.
    code = thrown instanceof Ended ? thrown.code : 139
  }
  return { kind: 'ended', written, code: code & 255 }
}
