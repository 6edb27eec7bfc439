/** curl's meter on standard error (lib/progress.c): once at the start, once at the end. */
import type { Io } from '../../program'

const HEADER =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n'

/** Five characters for any number of bytes. */
function short(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5)
  if (bytes < 10_000 * 1024) return `${String(Math.trunc(bytes / 1024)).padStart(4)}k`
  if (bytes < 100 * 1024 * 1024) return `${String(Math.trunc(bytes / 1048576)).padStart(2)}.${Math.trunc((bytes % 1048576) / (1048576 / 10))}M`
  return `${String(Math.trunc(bytes / 1048576)).padStart(4)}M`
}

const clock = (seconds: number): string => {
  if (seconds <= 0) return '--:--:--'
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(Math.trunc(seconds / 3600)).padStart(2)}:${two(Math.trunc(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export class Progress {
  private readonly io: Io
  private shown: boolean
  private started = false
  private total: number | undefined
  private readonly since: number
  constructor(io: Io, state: 'shown' | 'hidden', since: number) {
    this.io = io
    this.shown = state === 'shown'
    this.since = since
  }
  get quiet(): boolean {
    return true
  }
  hide(): void {
    this.shown = false
  }
  start(): void {
    if (!this.shown || this.started) return
    this.started = true
    this.io.err(HEADER)
    this.line(0)
  }
  expect(total: number | undefined): void {
    this.total = total
  }
  private line(received: number): void {
    const ns = this.io.sys.monotonic() - this.since
    const percent = this.total && received > 0 ? Math.trunc((received * 100) / this.total) : received > 0 ? 100 : 0
    const average = received > 0 ? Math.trunc((received * 1e6) / Math.max(1, Math.trunc(ns / 1000))) : 0
    const current = received > 0 ? Math.trunc((received * 1000) / Math.max(1, Math.trunc(ns / 1e6))) : 0
    const spent = clock(Math.trunc(ns / 1e9))
    const size = short(received)
    const all = this.total !== undefined && received > 0 ? short(this.total) : size
    const share = String(percent).padStart(3)
    this.io.err(`\r${share} ${all}  ${share} ${size}    0     0  ${short(average)}      0 --:--:-- ${spent} --:--:-- ${short(current)}`)
  }
  finish(received: number): void {
    if (!this.started) return
    this.line(received)
    this.io.err('\n')
  }
  fail(received: number): void {
    this.finish(received)
  }
}
