/**
 * A pseudo-terminal with its line discipline (tty(4), termios(3), pty(7)). What is typed goes in at the master side
 * (`input`), what programs print comes out there (`output`, a queue or a listener of the host).
 */
import { concat, EMPTY, encode } from '../bytes'
import { sendSignal, sendToGroup } from '../signal'
import { SIG } from '../signals'
import type { ProcessGroup, Session } from '../task'
import { WaitQueue } from '../waitqueue'
import { COOKED, type Termios, type WindowSize } from './termios'

/** A line longer than this is cut (N_TTY_BUF_SIZE). */
const LINE_LIMIT = 4095
/** What a reader of the master has not taken yet before writers wait. */
const OUTPUT_LIMIT = 65536

export class Tty {
  /** As in /dev/pts/N. */
  readonly index: number
  termios: Termios = COOKED
  /** tty_nr of /proc/PID/stat: major 136, minor the index (proc(5)). */
  get device(): number {
    return (136 << 8) | this.index
  }
  size: WindowSize
  session: Session | null = null
  foreground: ProcessGroup | null = null
  /** Wakes readers and writers of the slave. */
  readonly queue = new WaitQueue()
  /** Wakes readers of the master. */
  readonly masterQueue = new WaitQueue()
  hungUp = false
  slaves = 0
  /** Bytes ready to be read: whole lines in canonical mode; null marks an end of file. */
  private ready: (Uint8Array | null)[] = []
  private line: number[] = []
  private literal = false
  private out: Uint8Array[] = []
  private outSize = 0
  private readonly listener: ((bytes: Uint8Array) => void) | null
  /** Stopped by ^S. */
  private held = false
  constructor(index: number, size: WindowSize, listener: ((bytes: Uint8Array) => void) | null) {
    this.index = index
    this.size = size
    this.listener = listener
  }

  // ── the master side ─────────────────────────────────────────────────────────────────────────────
  /** Bytes as a keyboard sends them; whom they wake is in a hurry. */
  input(bytes: Uint8Array): void {
    const scheduler = this.session?.leader.kernel.scheduler
    if (scheduler) scheduler.urgently(() => this.receive(bytes))
    else this.receive(bytes)
  }
  private receive(bytes: Uint8Array): void {
    const t = this.termios
    for (const raw of bytes) {
      let c = raw
      if (this.literal) {
        this.literal = false
        this.line.push(c)
        this.echo(c)
        continue
      }
      if (t.isig && this.signalKey(c)) continue
      if (t.ixon && t.cc.start !== 0 && (c === t.cc.start || c === t.cc.stop)) {
        this.held = c === t.cc.stop
        if (!this.held) this.queue.wake()
        continue
      }
      if (c === 13) {
        if (t.igncr) continue
        if (t.icrnl) c = 10
      } else if (c === 10 && t.inlcr) c = 13
      if (t.icanon) this.canonical(c)
      else {
        this.echo(c)
        this.push(new Uint8Array([c]))
      }
    }
  }
  private signalKey(c: number): boolean {
    const { cc } = this.termios
    if (c === 0) return false
    const signo = c === cc.intr ? SIG.SIGINT : c === cc.quit ? SIG.SIGQUIT : c === cc.susp ? SIG.SIGTSTP : 0
    if (signo === 0) return false
    this.line = []
    this.ready = []
    // What was printed and not read yet is gone too, as n_tty's isig() has it.
    this.out = []
    this.outSize = 0
    this.echo(c)
    this.held = false
    if (this.foreground) sendToGroup(this.foreground, signo)
    this.queue.wake()
    return true
  }
  private canonical(c: number): void {
    const t = this.termios
    if (c !== 0 && c === t.cc.erase) return this.erase()
    if (c !== 0 && t.iexten && c === t.cc.werase) return this.eraseWord()
    if (c !== 0 && c === t.cc.kill) {
      while (this.line.length > 0) this.erase()
      return
    }
    if (c !== 0 && t.iexten && c === t.cc.lnext) {
      this.literal = true
      if (t.echo) this.emit(encode('^\b'))
      return
    }
    if (c !== 0 && c === t.cc.eof) {
      this.push(this.line.length > 0 ? new Uint8Array(this.line) : null)
      this.line = []
      return
    }
    if (c === 10) {
      if (t.echo || t.echonl) this.emitProcessed(new Uint8Array([10]))
      this.push(new Uint8Array([...this.line, 10]))
      this.line = []
      return
    }
    if (this.line.length >= LINE_LIMIT) return
    this.line.push(c)
    this.echo(c)
  }
  private erase(): void {
    let last = this.line.pop()
    if (last === undefined) return
    while (last !== undefined && (last & 0xc0) === 0x80) last = this.line.pop()
    if (!this.termios.echo || !this.termios.echoe) return
    const width = last !== undefined && (last < 32 || last === 127) && this.termios.echoctl ? 2 : 1
    this.emit(encode('\b \b'.repeat(width)))
  }
  private eraseWord(): void {
    while (this.line.at(-1) === 32 || this.line.at(-1) === 9) this.erase()
    while (this.line.length > 0 && this.line.at(-1) !== 32 && this.line.at(-1) !== 9) this.erase()
  }
  private echo(c: number): void {
    const t = this.termios
    if (!t.echo) return
    if (t.echoctl && (c < 32 || c === 127) && c !== 9 && c !== 10) this.emit(encode(`^${String.fromCharCode(c ^ 64)}`))
    else this.emitProcessed(new Uint8Array([c]))
  }
  private push(bytes: Uint8Array | null): void {
    this.ready.push(bytes)
    this.queue.wake()
  }
  private emit(bytes: Uint8Array): void {
    if (this.listener) {
      this.listener(bytes)
      return
    }
    this.out.push(bytes)
    this.outSize += bytes.length
    this.masterQueue.wake()
  }
  private emitProcessed(bytes: Uint8Array): void {
    this.emit(this.termios.opost && this.termios.onlcr ? newlines(bytes) : bytes)
  }
  /** What programs have printed and the master has not read. */
  takeOutput(count: number): Uint8Array {
    const all = concat(this.out)
    const part = all.subarray(0, count)
    this.out = part.length < all.length ? [all.subarray(count)] : []
    this.outSize -= part.length
    this.queue.wake()
    return part
  }
  get hasOutput(): boolean {
    return this.outSize > 0
  }
  resize(size: WindowSize): void {
    if (size.cols === this.size.cols && size.rows === this.size.rows) return
    this.size = size
    if (this.foreground) sendToGroup(this.foreground, SIG.SIGWINCH)
  }
  /** The other end is gone (the window was closed, the connection broke). */
  hangup(): void {
    if (this.hungUp) return
    this.hungUp = true
    const leader = this.session?.leader
    if (leader) {
      sendSignal(leader, SIG.SIGHUP, null)
      sendSignal(leader, SIG.SIGCONT, null)
    }
    this.queue.wake()
  }

  // ── the slave side ──────────────────────────────────────────────────────────────────────────────
  get readable(): boolean {
    return this.ready.length > 0 || this.hungUp
  }
  /** Bytes that are ready, at most `count`; undefined when there are none yet. Empty at an end of file. */
  take(count: number): Uint8Array | undefined {
    if (this.ready.length === 0) return this.hungUp ? EMPTY : undefined
    const first = this.ready[0]
    if (first === null || first === undefined) {
      this.ready.shift()
      return EMPTY
    }
    if (this.termios.icanon || first.length > count) {
      if (first.length <= count) this.ready.shift()
      else this.ready[0] = first.subarray(count)
      return first.subarray(0, count)
    }
    const parts: Uint8Array[] = []
    let size = 0
    while (size < count) {
      const next = this.ready[0]
      if (!next || size + next.length > count) break
      parts.push(next)
      size += next.length
      this.ready.shift()
    }
    return concat(parts)
  }
  get writable(): boolean {
    return !this.held && (this.listener !== null || this.outSize < OUTPUT_LIMIT)
  }
  put(bytes: Uint8Array): void {
    this.emitProcessed(bytes)
  }
  /** Drops what was typed and not read (TCSAFLUSH). */
  flushInput(): void {
    this.ready = []
    this.line = []
  }
  setTermios(next: Termios): void {
    if (this.termios.icanon && !next.icanon && this.line.length > 0) {
      this.push(new Uint8Array(this.line))
      this.line = []
    }
    this.termios = next
  }
}

function newlines(bytes: Uint8Array): Uint8Array {
  let count = 0
  for (const b of bytes) if (b === 10) count++
  if (count === 0) return bytes.slice()
  const out = new Uint8Array(bytes.length + count)
  let at = 0
  for (const b of bytes) {
    if (b === 10) out[at++] = 13
    out[at++] = b
  }
  return out
}
