/** Pipes and FIFOs (pipe(7)): 64 KiB of bytes in flight, SIGPIPE for a writer without readers. */
import { concat, EMPTY } from './bytes'
import { Errno } from './errno'
import { INTERNAL_DEVICE, MemorySpecial } from './fs/memory'
import type { Kernel } from './kernel'
import type { Run } from './run'
import { sendSignal } from './signal'
import { SIG } from './signals'
import type { OpenFlags, StatFs } from './sys'
import type { Task } from './task'
import { FileSystem } from './vfs/filesystem'
import type { Inode } from './vfs/inode'
import type { Location } from './vfs/location'
import { OpenFile, type Readiness } from './vfs/openfile'
import { WaitQueue } from './waitqueue'

export const PIPE_CAPACITY = 65536
/** Writes of up to PIPE_BUF bytes are atomic. */
const PIPE_BUF = 4096

export class Pipe {
  readonly inode: Inode
  private chunks: Uint8Array[] = []
  private size = 0
  readers = 0
  writers = 0
  readonly queue = new WaitQueue()
  constructor(inode: Inode) {
    this.inode = inode
  }
  get buffered(): number {
    return this.size
  }
  get room(): number {
    return PIPE_CAPACITY - this.size
  }
  take(count: number): Uint8Array {
    const first = this.chunks[0]
    if (!first) return EMPTY
    if (first.length >= count || this.chunks.length === 1) {
      const part = first.subarray(0, count)
      if (part.length === first.length) this.chunks.shift()
      else this.chunks[0] = first.subarray(count)
      this.size -= part.length
      return part
    }
    const all = concat(this.chunks)
    const part = all.subarray(0, count)
    this.chunks = part.length < all.length ? [all.subarray(count)] : []
    this.size -= part.length
    return part
  }
  put(bytes: Uint8Array): void {
    this.chunks.push(bytes)
    this.size += bytes.length
  }
}

export class PipeEnd extends OpenFile {
  readonly pipe: Pipe
  declare readonly location?: Location
  constructor(pipe: Pipe, flags: OpenFlags, location?: Location) {
    super(flags)
    this.pipe = pipe
    if (location) this.location = location
    if (flags.read) pipe.readers++
    if (flags.write) pipe.writers++
  }
  get inode(): Inode {
    return this.pipe.inode
  }
  override get label(): string {
    return `pipe:[${this.pipe.inode.ino}]`
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    if (!this.flags.read) throw new Errno('EBADF')
    const { pipe } = this
    while (pipe.buffered === 0) {
      if (pipe.writers === 0) return EMPTY
      if (this.flags.nonBlock) throw new Errno('EAGAIN')
      task.wchan = 'anon_pipe_read'
      if ((yield* task.kernel.block([pipe.queue])) === 'interrupted') throw new Errno('EINTR')
    }
    const part = pipe.take(count)
    pipe.queue.wake()
    return part
  }
  override *write(task: Task, bytes: Uint8Array): Run<number> {
    if (!this.flags.write) throw new Errno('EBADF')
    const { pipe } = this
    let done = 0
    while (done < bytes.length || bytes.length === 0) {
      if (pipe.readers === 0) {
        sendSignal(task, SIG.SIGPIPE, task)
        throw new Errno('EPIPE')
      }
      if (bytes.length === 0) return 0
      const left = bytes.length - done
      if (pipe.room > 0 && (left > PIPE_BUF || pipe.room >= left)) {
        const part = bytes.slice(done, done + pipe.room)
        pipe.put(part)
        done += part.length
        pipe.queue.wake()
        continue
      }
      if (this.flags.nonBlock) {
        if (done > 0) return done
        throw new Errno('EAGAIN')
      }
      task.wchan = 'anon_pipe_write'
      if ((yield* task.kernel.block([pipe.queue])) === 'interrupted') {
        if (done > 0) return done
        throw new Errno('EINTR')
      }
    }
    return done
  }
  override poll(): Readiness {
    const { pipe } = this
    return {
      readable: (this.flags.read ?? false) && (pipe.buffered > 0 || pipe.writers === 0),
      writable: (this.flags.write ?? false) && (pipe.room >= PIPE_BUF || pipe.readers === 0),
      hangup: this.flags.read ? pipe.writers === 0 : pipe.readers === 0,
    }
  }
  override queues(): readonly WaitQueue[] {
    return [this.pipe.queue]
  }
  protected override close(): void {
    if (this.flags.read) this.pipe.readers--
    if (this.flags.write) this.pipe.writers--
    this.pipe.queue.wake()
  }
}

/** pipefs: where the inodes of pipes live. */
class PipeFs extends FileSystem {
  readonly type = 'pipefs'
  get root(): Inode {
    throw new Error('pipefs has no root')
  }
  override statfs(): StatFs {
    return { type: this.type, blockSize: 4096, blocks: 0, free: 0, available: 0, files: 0, filesFree: 0 }
  }
}
const PIPEFS = new PipeFs(INTERNAL_DEVICE)

class PipeInode extends MemorySpecial {
  constructor(ino: number, now: { sec: number; nsec: number }) {
    super(PIPEFS, 'fifo', { mode: 0o600, uid: 0, gid: 0, now }, 0)
    Object.defineProperty(this, 'ino', { value: ino })
  }
}

/** A new anonymous pipe. */
export function newPipe(kernel: Kernel): Pipe {
  const pipe = new Pipe(new PipeInode(kernel.nextSocketInode(), kernel.clock.realtime()))
  FIFOS.set(pipe.inode, pipe)
  return pipe
}

const FIFOS = new WeakMap<Inode, Pipe>()

/** open(2) of a FIFO: waits for the other end (fifo(7)). */
export function* openFifo(task: Task, inode: Inode, flags: OpenFlags, location: Location): Run<OpenFile> {
  let pipe = FIFOS.get(inode)
  if (!pipe) {
    pipe = new Pipe(inode)
    FIFOS.set(inode, pipe)
  }
  const end = new PipeEnd(pipe, flags, location)
  pipe.queue.wake()
  // Through /proc/PID/fd an anonymous pipe opens at once.
  if ((flags.read && flags.write) || inode instanceof PipeInode) return end
  if (flags.nonBlock) {
    if (flags.write && pipe.readers === 0) {
      end.release()
      throw new Errno('ENXIO')
    }
    return end
  }
  while (flags.read ? pipe.writers === 0 && pipe.buffered === 0 : pipe.readers === 0) {
    task.wchan = 'wait_for_partner'
    if ((yield* task.kernel.block([pipe.queue])) === 'interrupted') {
      end.release()
      throw new Errno('EINTR')
    }
  }
  return end
}
