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

interface Line {
  readonly stream: 1 | 2
  readonly time: string
  readonly text: Uint8Array
}

/** `TIME STREAM TAG text`; the newline of a partial line is not the container's. */
export function parseLine(line: Uint8Array): Line | undefined {
  const spaces: number[] = []
  for (let at = line.indexOf(32); at >= 0 && spaces.length < 3; at = line.indexOf(32, at + 1)) spaces.push(at)
  const [first = -1, second = -1, third = -1] = spaces
  if (third < 0) return undefined
  const stream = decode(line.subarray(first + 1, second))
  if (stream !== 'stdout' && stream !== 'stderr') return undefined
  const isPartial = decode(line.subarray(second + 1, third)).split(':')[0] === 'P'
  return { stream: stream === 'stdout' ? 1 : 2, time: decode(line.subarray(0, first)), text: line.subarray(third + 1, isPartial && line.at(-1) === NEWLINE ? -1 : undefined) }
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
export function* readLogs(sys: Sys, path: string, options: LogOptions, isRunning: () => Run<boolean>): Run {
  yield* logLines(sys, path, options, isRunning, (stream, bytes) => sys.write(stream, bytes))
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
export function* logLines(sys: Sys, path: string, options: LogOptions, isRunning: () => Run<boolean>, write: (stream: 1 | 2, bytes: Uint8Array) => Run<unknown>): Run {
  let log: Uint8Array
  try {
    log = yield* sys.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new LogError(`failed to try resolving symlinks in path "${path}": lstat ${firstMissing(sys, path)}: ${error.message.toLowerCase()}`)
  }
  const fd = yield* sys.open(path, { read: true })
  sys.lseek(fd, tailStart(log, options.tail), 'set')
  let held: Uint8Array = new Uint8Array(0)
  let remaining = options.bytes < 0 ? Number.POSITIVE_INFINITY : options.bytes
  let isNewLine = true
  let isLive = true
  for (;;) {
    const part = yield* sys.read(fd, CHUNK)
    if (part.length > 0) {
      held = concat([held, part])
      for (let end = held.indexOf(NEWLINE); end >= 0; end = held.indexOf(NEWLINE)) {
        const line = parseLine(held.subarray(0, end + 1))
        held = held.subarray(end + 1)
        if (line === undefined || (options.since !== undefined && timeOf(line.time) < options.since)) continue
        const whole = options.timestamps === 'shown' && isNewLine ? concat([encode(`${fixed(line.time)} `), line.text]) : line.text
        const cut = whole.subarray(0, Math.min(whole.length, remaining))
        if (cut.length > 0) yield* write(line.stream, cut)
        remaining -= cut.length
        if (remaining <= 0) return sys.close(fd)
        isNewLine = line.text.length === 0 || line.text.at(-1) === NEWLINE
      }
      continue
    }
    if (options.follow === null || !isLive) break
    isLive = yield* isRunning()
    try {
      for (let waited = 0; isLive && !options.follow.came && waited < CHECK_NS && sys.fstat(fd).size <= sys.lseek(fd, 0, 'cur'); waited += WAIT_NS) yield* sys.sleep(WAIT_NS)
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
    if (options.follow.came) break
  }
  sys.close(fd)
}
