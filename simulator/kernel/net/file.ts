/** A socket as an open file: turns the sockets' "not yet" into blocking system calls. */
import { Errno } from '../errno'
import { INTERNAL_DEVICE, MemorySpecial } from '../fs/memory'
import type { Run } from '../run'
import { sendSignal } from '../signal'
import { SIG } from '../signals'
import type { Task } from '../task'
import type { Timespec } from '../time'
import { FileSystem } from '../vfs/filesystem'
import type { Inode } from '../vfs/inode'
import { OpenFile, type Readiness } from '../vfs/openfile'
import type { WaitQueue } from '../waitqueue'
import type { Socket } from './socket'

class SockFs extends FileSystem {
  readonly type = 'sockfs'
  get root(): never {
    throw new Error('sockfs has no root')
  }
}
const SOCKFS = new SockFs(INTERNAL_DEVICE + 1)

class SocketInode extends MemorySpecial {
  constructor(ino: number, uid: number, now: Timespec) {
    super(SOCKFS, 'sock', { mode: 0o777, uid, gid: 0, now }, 0)
    Object.defineProperty(this, 'ino', { value: ino })
  }
}

export class SocketFile extends OpenFile {
  readonly socket: Socket
  readonly inode: Inode
  constructor(socket: Socket, now: Timespec) {
    super({ read: true, write: true })
    this.socket = socket
    this.inode = new SocketInode(socket.inode, socket.uid, now)
  }
  override get label(): string {
    return this.socket.label
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    for (;;) {
      const part = this.socket.tryRead(count)
      if (part) return part
      if (this.flags.nonBlock) throw new Errno('EAGAIN')
      task.wchan = 'wait_woken'
      if ((yield* task.kernel.block([this.socket.queue])) === 'interrupted') throw new Errno('EINTR')
    }
  }
  override *write(task: Task, bytes: Uint8Array): Run<number> {
    let done = 0
    while (done < bytes.length) {
      let taken: number
      try {
        taken = this.socket.tryWrite(bytes.subarray(done))
      } catch (error) {
        if (error instanceof Errno && error.code === 'EPIPE') sendSignal(task, SIG.SIGPIPE, task)
        throw error
      }
      done += taken
      if (taken > 0) continue
      task.wchan = 'sk_stream_wait_memory'
      if ((yield* task.kernel.block([this.socket.queue])) === 'interrupted') throw new Errno('EINTR')
    }
    return done
  }
  override poll(): Readiness {
    return this.socket.poll()
  }
  override queues(): readonly WaitQueue[] {
    return [this.socket.queue]
  }
  protected override close(): void {
    this.socket.close()
  }
}
