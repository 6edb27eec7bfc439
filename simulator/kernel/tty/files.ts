/** Descriptors of a pseudo-terminal: the slave that programs use and the master that a server holds. */
import { EMPTY } from '../bytes'
import { Errno } from '../errno'
import type { Run } from '../run'
import { sendToGroup } from '../signal'
import { SIG } from '../signals'
import type { OpenFlags } from '../sys'
import type { Task } from '../task'
import type { Inode } from '../vfs/inode'
import type { Location } from '../vfs/location'
import { OpenFile, type Readiness } from '../vfs/openfile'
import type { WaitQueue } from '../waitqueue'
import type { Tty } from './tty'

/** How many bytes a terminal takes in a unit of `spend`, a microsecond: 8 MB/s, about what a terminal shows. What runs in a page follows the wall clock, so a flood of output is no faster there. */
const BYTES_PER_UNIT = 8

export class TtyFile extends OpenFile {
  readonly tty: Tty
  readonly inode: Inode
  override readonly location: Location
  constructor(tty: Tty, location: Location, flags: OpenFlags) {
    super(flags)
    this.tty = tty
    this.inode = location.inode
    this.location = location
    tty.slaves++
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    const { tty } = this
    for (;;) {
      if (task.session.tty === tty && tty.foreground && task.group !== tty.foreground) {
        if (task.dispositions.get(SIG.SIGTTIN) === 'ignore' || task.blocked.has(SIG.SIGTTIN)) throw new Errno('EIO')
        sendToGroup(task.group, SIG.SIGTTIN)
        yield 'preempted'
        continue
      }
      const part = tty.take(count)
      if (part) return part
      if (this.flags.nonBlock) throw new Errno('EAGAIN')
      task.wchan = 'wait_woken'
      if ((yield* task.kernel.block([tty.queue])) === 'interrupted') throw new Errno('EINTR')
    }
  }
  override *write(task: Task, bytes: Uint8Array): Run<number> {
    const { tty } = this
    while (!tty.writable) {
      task.wchan = 'wait_woken'
      if ((yield* task.kernel.block([tty.queue])) === 'interrupted') throw new Errno('EINTR')
    }
    if (tty.hungUp) throw new Errno('EIO')
    if (tty.termios.tostop && task.session.tty === tty && tty.foreground && task.group !== tty.foreground) {
      sendToGroup(task.group, SIG.SIGTTOU)
      yield 'preempted'
    }
    tty.put(bytes)
    if (task.kernel.scheduler.spend(bytes.length / BYTES_PER_UNIT)) yield 'preempted'
    return bytes.length
  }
  override poll(): Readiness {
    return { readable: this.tty.readable, writable: this.tty.writable, hangup: this.tty.hungUp }
  }
  override queues(): readonly WaitQueue[] {
    return [this.tty.queue]
  }
  protected override close(): void {
    this.tty.slaves--
    this.tty.masterQueue.wake()
  }
}

export class PtyMaster extends OpenFile {
  readonly tty: Tty
  readonly inode: Inode
  override readonly location: Location
  private readonly onClose: () => void
  constructor(tty: Tty, location: Location, flags: OpenFlags, onClose: () => void) {
    super(flags)
    this.tty = tty
    this.inode = location.inode
    this.location = location
    this.onClose = onClose
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    const { tty } = this
    while (!tty.hasOutput) {
      // A master whose slave nobody has open reads EIO; here as an end of file.
      if (tty.slaves === 0 && tty.session === null) return EMPTY
      if (this.flags.nonBlock) throw new Errno('EAGAIN')
      if ((yield* task.kernel.block([tty.masterQueue])) === 'interrupted') throw new Errno('EINTR')
    }
    return tty.takeOutput(count)
  }
  override *write(_task: Task, bytes: Uint8Array): Run<number> {
    this.tty.input(bytes)
    return bytes.length
  }
  override poll(): Readiness {
    const gone = this.tty.slaves === 0 && this.tty.session === null
    return { readable: this.tty.hasOutput || gone, writable: true, hangup: gone }
  }
  override queues(): readonly WaitQueue[] {
    return [this.tty.masterQueue]
  }
  protected override close(): void {
    this.tty.hangup()
    this.onClose()
  }
}
