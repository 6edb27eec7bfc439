/** A socket as an open file: what a descriptor points to. Here sockets that know nothing of tasks meet tasks that block. */
import { Errno } from '../errno'
import { INTERNAL_DEVICE, MemorySpecial } from '../fs/memory'
import type { Run } from '../run'
import { sendSignal } from '../signal'
import { SIG } from '../signals'
import type { OpenFlags, SocketAddress, StatFs } from '../sys'
import type { Task } from '../task'
import { FileSystem } from '../vfs/filesystem'
import type { Inode } from '../vfs/inode'
import { OpenFile, type Readiness } from '../vfs/openfile'
import type { WaitQueue } from '../waitqueue'
import type { ConnectOutcome, Datagram, Socket } from './socket'

/** sockfs: where the inodes of sockets live. */
class SockFs extends FileSystem {
  readonly type = 'sockfs'
  get root(): Inode {
    throw new Error('sockfs has no root')
  }
  override statfs(): StatFs {
    return { type: this.type, blockSize: 4096, blocks: 0, free: 0, available: 0, files: 0, filesFree: 0 }
  }
}
const SOCKFS = new SockFs(INTERNAL_DEVICE)

class SocketInode extends MemorySpecial {
  constructor(socket: Socket, task: Task) {
    super(SOCKFS, 'sock', { mode: 0o777, uid: socket.uid, gid: task.credentials.fsgid, now: task.kernel.clock.realtime() }, 0)
    Object.defineProperty(this, 'ino', { value: socket.inode })
  }
}

/** Waits until `attempt` has something; EAGAIN where the description must not block, EINTR when a signal comes. */
function* until<T>(task: Task, socket: Socket, wchan: string, flags: OpenFlags, attempt: () => T | undefined): Run<T> {
  for (;;) {
    const got = attempt()
    if (got !== undefined) return got
    if (flags.nonBlock) throw new Errno('EAGAIN')
    task.wchan = wchan
    if ((yield* task.kernel.block([socket.queue])) === 'interrupted') throw new Errno('EINTR')
  }
}

/** Sits out what the network needs, then reports how it went. */
export function* settle(task: Task, outcome: ConnectOutcome): Run {
  const { clock } = task.kernel
  const end = clock.monotonic + outcome.after
  while (clock.monotonic < end) {
    task.wchan = 'inet_stream_connect'
    if ((yield* task.kernel.block([], end - clock.monotonic)) === 'interrupted') throw new Errno('EINTR')
  }
  if (outcome.error) throw new Errno(outcome.error)
}

export class SocketFile extends OpenFile {
  readonly socket: Socket
  readonly inode: Inode
  constructor(socket: Socket, task: Task, flags: OpenFlags = {}) {
    super({ ...flags, read: true, write: true })
    this.socket = socket
    this.inode = new SocketInode(socket, task)
  }
  override get label(): string {
    return this.socket.label
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    return yield* until(task, this.socket, this.socket.family === 'unix' ? 'unix_stream_read_generic' : 'wait_woken', this.flags, () => this.socket.tryRead(count))
  }
  override *write(task: Task, bytes: Uint8Array): Run<number> {
    let done = 0
    try {
      while (done < bytes.length) {
        done += yield* until(task, this.socket, 'sk_stream_wait_memory', this.flags, () => this.socket.tryWrite(bytes.subarray(done)) || undefined)
      }
    } catch (error) {
      if (done > 0) return done
      if (error instanceof Errno && error.code === 'EPIPE') sendSignal(task, SIG.SIGPIPE, task)
      throw error
    }
    return done
  }
  *accept(task: Task): Run<SocketFile> {
    return new SocketFile(yield* until(task, this.socket, 'inet_csk_accept', this.flags, () => this.socket.tryAccept()), task)
  }
  *receive(task: Task): Run<Datagram> {
    return yield* until(task, this.socket, 'wait_woken', this.flags, () => this.socket.tryReceive())
  }
  *sendTo(task: Task, bytes: Uint8Array, to: SocketAddress): Run<number> {
    yield* settle(task, this.socket.sendTo(bytes, to))
    return bytes.length
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
