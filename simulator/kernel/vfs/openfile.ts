/** Open file descriptions (open(2)): what descriptors point to; shared by fork and dup. */
import { EMPTY } from '../bytes'
import { Errno } from '../errno'
import type { Run } from '../run'
import type { OpenFlags } from '../sys'
import type { Task } from '../task'
import type { WaitQueue } from '../waitqueue'
import { unlock } from './locks'
import { Directory, type Inode, RegularFile } from './inode'
import type { Location } from './location'

export interface Readiness {
  readonly readable: boolean
  readonly writable: boolean
  readonly hangup: boolean
}

export abstract class OpenFile {
  readonly flags: OpenFlags
  offset = 0
  private references = 1
  constructor(flags: OpenFlags) {
    this.flags = flags
  }
  abstract readonly inode: Inode
  /** Where it was opened; undefined for what has no path (pipes, sockets). */
  readonly location?: Location
  /** What /proc/PID/fd/N points to when it has no location: `pipe:[43787]`, `socket:[4]`, `anon_inode:[eventpoll]`. */
  get label(): string {
    return `anon_inode:${this.inode.ino}`
  }
  abstract read(task: Task, count: number): Run<Uint8Array>
  abstract write(task: Task, bytes: Uint8Array): Run<number>
  poll(): Readiness {
    return { readable: true, writable: true, hangup: false }
  }
  /** Queues that wake when `poll` may answer otherwise. */
  queues(): readonly WaitQueue[] {
    return []
  }
  seek(_offset: number, _whence: 'set' | 'cur' | 'end', _task: Task): number {
    throw new Errno('ESPIPE')
  }
  truncate(_size: number): void {
    throw new Errno('EINVAL')
  }
  /** Another descriptor points here (fork, dup). */
  acquire(): this {
    this.references++
    return this
  }
  /** A descriptor went away; the last one closes. */
  release(): void {
    if (--this.references > 0) return
    unlock(this)
    this.close()
  }
  protected close(): void {}
}

/** An ordinary file, or a directory opened to be read by readdir. */
export class InodeFile extends OpenFile {
  readonly inode: RegularFile | Directory
  override readonly location: Location
  constructor(inode: RegularFile | Directory, location: Location, flags: OpenFlags) {
    super(flags)
    this.inode = inode
    this.location = location
    inode.hold()
  }
  protected override close(): void {
    this.inode.letGo()
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    if (this.inode instanceof Directory) throw new Errno('EISDIR')
    if (count === 0) return EMPTY
    const bytes = this.inode.read(this.offset, count, task)
    this.offset += bytes.length
    return bytes
  }
  override *write(task: Task, bytes: Uint8Array): Run<number> {
    if (this.inode instanceof Directory) throw new Errno('EISDIR')
    if (this.flags.append) this.offset = this.inode.size(task)
    this.inode.write(this.offset, bytes, task)
    this.offset += bytes.length
    return bytes.length
  }
  override seek(offset: number, whence: 'set' | 'cur' | 'end', task: Task): number {
    const from = whence === 'set' ? 0 : whence === 'cur' ? this.offset : this.inode.size(task)
    if (from + offset < 0) throw new Errno('EINVAL')
    this.offset = from + offset
    return this.offset
  }
  override truncate(size: number): void {
    if (!(this.inode instanceof RegularFile)) throw new Errno('EINVAL')
    this.inode.truncate(size)
  }
}
