/** Reading a container's log: the lines of the CRI's format, as `crictl logs` and the kubelet give them (pkg/kubelet/kuberuntime/logs/logs.go). */
import { concat, decode, encode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'

export interface LogOptions {
  /** Nanoseconds since the epoch; older lines are left out. */
  readonly since: bigint | undefined
  /** Lines from the end; negative: all. */
  readonly tail: number
  /** Bytes; negative: all. */
  readonly bytes: number
  readonly timestamps: 'shown' | 'hidden'
  /** Null: once. Otherwise on until the container ends or `came` is set. */
  readonly follow: { readonly came: boolean } | null
}

const NEWLINE = 10
const CHUNK = 65_536
const WAIT_NS = 50_000_000
const CHECK_NS = 1_000_000_000

export class LogError extends Error {}

/** Of a line that cannot be read, why; of one that has no end yet, `incomplete`. */
export type Complaint = (line: Uint8Array, why: string | 'incomplete') => Run<unknown>

interface Line {
  readonly stream: 1 | 2
  readonly time: string
  readonly text: Uint8Array
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
const FORMAT = '2006-01-02T15:04:05.999999999Z07:00'

/** `TIME STREAM TAG text`; the newline of a partial line is not the container's. A text says what is wrong with it. */
export function parseLine(line: Uint8Array): Line | string {
  const spaces: number[] = []
  for (let at = line.indexOf(32); at >= 0 && spaces.length < 3; at = line.indexOf(32, at + 1)) spaces.push(at)
  const [first = -1, second = -1, third = -1] = spaces
  if (first < 0) return 'timestamp is not found'
  const time = decode(line.subarray(0, first))
  if (!TIME.test(time)) return `unexpected timestamp format "${FORMAT}": parsing time ${JSON.stringify(time)} as "${FORMAT}": cannot parse ${JSON.stringify(time)} as "2006"`
  if (second < 0) return 'stream type is not found'
  const stream = decode(line.subarray(first + 1, second))
  if (stream !== 'stdout' && stream !== 'stderr') return `unexpected stream type "${stream}"`
  if (third < 0) return 'log tag is not found'
  const isPartial = decode(line.subarray(second + 1, third)).split(':')[0] === 'P'
  return { stream: stream === 'stdout' ? 1 : 2, time, text: line.subarray(third + 1, isPartial && line.at(-1) === NEWLINE ? -1 : undefined) }
}

/** Nanoseconds of a time with up to nine digits after the second. */
export function timeOf(text: string): bigint {
  const match = /^(.*?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text)
  return BigInt(Date.parse(`${match?.[1] ?? ''}${match?.[3] ?? 'Z'}`)) * 1_000_000n + BigInt((match?.[2] ?? '').padEnd(9, '0') || '0')
}

const fixed = (text: string): string => text.replace(/(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/, (_, fraction: string | undefined, zone: string) => `.${(fraction ?? '').padEnd(9, '0')}${zone}`)

/** Where the last `lines` whole lines begin. */
function tailStart(bytes: Uint8Array, lines: number): number {
  if (lines < 0) return 0
  let at = bytes.lastIndexOf(NEWLINE)
  for (let left = lines; left > 0 && at >= 0; left--) at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)
  return at + 1
}

/** Writes a log to standard output and standard error. `isRunning` is asked while following. */
export function* readLogs(sys: Sys, path: string, options: LogOptions, isRunning: () => Run<boolean>, complain: Complaint): Run {
  yield* logLines(sys, path, options, isRunning, (stream, bytes) => sys.write(stream, bytes), complain)
}

/** filepath.EvalSymlinks looks at one directory after the other. */
function firstMissing(sys: Sys, path: string): string {
  const names = path.split('/')
  for (let i = 2; i <= names.length; i++) {
    const part = names.slice(0, i).join('/')
    try {
      sys.stat(part)
    } catch (error) {
      if (!isErrno(error)) throw error
      return part
    }
  }
  return path
}

/** The same, for who passes the lines on. */
export function* logLines(sys: Sys, path: string, options: LogOptions, isRunning: () => Run<boolean>, write: (stream: 1 | 2, bytes: Uint8Array) => Run<unknown>, complain: Complaint = nothing): Run {
  let log: Uint8Array
  try {
    log = yield* sys.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new LogError(`failed to try resolving symlinks in path "${path}": lstat ${firstMissing(sys, path)}: ${error.message.toLowerCase()}`)
  }
  let fd = yield* sys.open(path, { read: true })
  sys.lseek(fd, tailStart(log, options.tail), 'set')
  let held: Uint8Array = new Uint8Array(0)
  let remaining = options.bytes < 0 ? Number.POSITIVE_INFINITY : options.bytes
  let linesLeft = options.tail < 0 || options.follow ? Number.POSITIVE_INFINITY : options.tail
  let isFirst = true
  let isNewLine = true
  let isLive = true
  /** Writes a line; `enough` when no more is wanted. */
  const show = function* (bytes: Uint8Array): Run<'on' | 'enough'> {
    const line = parseLine(bytes)
    if (typeof line === 'string') {
      if (isFirst) throw new LogError(`failed to get parse function: unsupported log format: ${JSON.stringify(decode(bytes))}`)
      yield* complain(bytes, line)
      return 'on'
    }
    isFirst = false
    if (options.since === undefined || timeOf(line.time) >= options.since) {
      const whole = options.timestamps === 'shown' && isNewLine ? concat([encode(`${fixed(line.time)} `), line.text]) : line.text
      const cut = whole.subarray(0, Math.min(whole.length, remaining))
      if (cut.length > 0) yield* write(line.stream, cut)
      remaining -= cut.length
      if (remaining <= 0) return 'enough'
    }
    isNewLine = line.text.length === 0 || line.text.at(-1) === NEWLINE
    return --linesLeft > 0 ? 'on' : 'enough'
  }
  for (; linesLeft > 0; ) {
    const part = yield* sys.read(fd, CHUNK)
    if (part.length > 0) {
      held = concat([held, part])
      for (let end = held.indexOf(NEWLINE); end >= 0; end = held.indexOf(NEWLINE)) {
        const line = held.subarray(0, end + 1)
        held = held.subarray(end + 1)
        if ((yield* show(line)) === 'enough') return sys.close(fd)
      }
      continue
    }
    if (options.follow === null) {
      if (held.length > 0) {
        yield* complain(held, 'incomplete')
        yield* show(held)
      }
      break
    }
    if (!isLive) break
    isLive = yield* isRunning()
    try {
      for (let waited = 0; isLive && !options.follow.came && waited < CHECK_NS && sys.fstat(fd).size <= sys.lseek(fd, 0, 'cur'); waited += WAIT_NS) {
        yield* sys.sleep(WAIT_NS)
        fd = yield* sameOrNew(sys, fd, path)
      }
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
    if (options.follow.came) break
  }
  sys.close(fd)
}

function* nothing(): Run {}

/** A log that was moved away is followed by the one that has come to its place. */
function* sameOrNew(sys: Sys, fd: number, path: string): Run<number> {
  try {
    if (sys.stat(path).ino === sys.fstat(fd).ino) return fd
    const fresh = yield* sys.open(path, { read: true })
    sys.close(fd)
    return fresh
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    return fd
  }
}
