/**
 * POSIX message queues (mq_overview(7), ipc/mqueue.c): one file system for each ipc namespace, however often it is mounted. A file is a
 * queue: reading tells how full it is, and messages go through mq_send(3), which nothing here calls. There are no directories, links or
 * new names.
 */
import { encode } from '../bytes'
import { Errno } from '../errno'
import type { Kernel } from '../kernel'
import type { IpcNamespace } from '../namespaces/ipc'
import { FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, type NewInode, RegularFile } from '../vfs/inode'
import type { Timespec } from '../time'
import { written } from './proc/sysctl'

/** What a name takes up in the directory's size (DIRENT_SIZE), and what a queue says its size is (FILENT_SIZE). */
const NAME_SIZE = 20
const QUEUE_SIZE = 80
const MOST_QUEUES = '256'

class MqueueFs extends FileSystem {
  readonly type = 'mqueue'
  readonly root: Queues
  constructor(ipc: IpcNamespace, dev: number, now: () => Timespec) {
    super(dev)
    this.root = new Queues(this, ipc, now)
  }
}

const MADE = new WeakMap<IpcNamespace, MqueueFs>()

/** The one of an ipc namespace. */
export function mqueueFs(kernel: Kernel, ipc: IpcNamespace, dev?: number): MqueueFs {
  let found = MADE.get(ipc)
  if (!found) {
    found = new MqueueFs(ipc, dev ?? kernel.anonymousDevice(), () => kernel.clock.realtime())
    MADE.set(ipc, found)
  }
  return found
}

class Queues extends Directory {
  private readonly ipc: IpcNamespace
  private readonly now: () => Timespec
  private readonly own: Attributes
  private readonly queues = new Map<string, Queue>()
  constructor(fs: MqueueFs, ipc: IpcNamespace, now: () => Timespec) {
    super(fs)
    this.ipc = ipc
    this.now = now
    this.nlink = 2
    this.own = { mode: 0o1777, uid: 0, gid: 0, atime: now(), mtime: now(), ctime: now() }
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override size(): number {
    return NAME_SIZE * (2 + this.queues.size)
  }
  override blocks(): number {
    return 0
  }
  lookup(name: string): Inode | undefined {
    return this.queues.get(name)
  }
  /** The newest first, as the kernel's lists of names have them. */
  entries(): Iterable<readonly [string, Inode]> {
    return [...this.queues].reverse()
  }
  /** Root has CAP_SYS_RESOURCE, which is above queues_max. */
  override make(what: NewInode): Inode {
    if (what.kind !== 'file') throw new Errno('EPERM')
    const most = Number(written(this.ipc).get('fs/mqueue/queues_max') ?? MOST_QUEUES)
    if (what.uid !== 0 && this.queues.size >= most) throw new Errno('ENOSPC')
    return new Queue(this.fs, what)
  }
  override insert(name: string, inode: Inode): void {
    if (!(inode instanceof Queue) || inode.named) throw new Errno('EPERM')
    inode.named = true
    this.queues.set(name, inode)
    this.touch()
  }
  override mayMove(): void {
    throw new Errno('EPERM')
  }
  override remove(name: string): void {
    this.queues.delete(name)
    this.touch()
  }
  private touch(): void {
    const now = this.now()
    this.setAttributes({ atime: now, mtime: now, ctime: now })
  }
}

class Queue extends RegularFile {
  /** It has one name, and keeps it. */
  named = false
  private readonly own: Attributes
  private shownSize = QUEUE_SIZE
  constructor(fs: FileSystem, { mode, uid, gid, now }: NewInode) {
    super(fs)
    this.own = { mode, uid, gid, atime: now, mtime: now, ctime: now }
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override size(): number {
    return this.shownSize
  }
  override blocks(): number {
    return 0
  }
  read(offset: number, count: number): Uint8Array {
    return encode(`QSIZE:${'0'.padEnd(10)} NOTIFY:${'0'.padEnd(5)} SIGNO:${'0'.padEnd(5)} NOTIFY_PID:${'0'.padEnd(6)}\n`).subarray(offset, offset + count)
  }
  override write(): void {
    throw new Errno('EINVAL')
  }
  /** Changes what stat(2) says, and no message. */
  override truncate(size: number): void {
    this.shownSize = size
  }
}
