/** devpts: the directory of pseudo-terminals, /dev/pts (pts(4)). */
import { Errno } from '../errno'
import type { OpenFlags } from '../sys'
import type { Task } from '../task'
import type { Timespec } from '../time'
import { device, FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, Special } from '../vfs/inode'
import type { Location } from '../vfs/location'
import type { OpenFile } from '../vfs/openfile'
import { PtyMaster, TtyFile } from './files'
import type { WindowSize } from './termios'
import { Tty } from './tty'

const UNIX98_SLAVE_MAJOR = 136

export class DevptsFs extends FileSystem {
  readonly type = 'devpts'
  readonly root: DevptsDirectory
  readonly now: () => Timespec
  readonly ttys = new Map<number, PtsInode>()
  /** Mode of /dev/pts/ptmx: 000 on a host, 666 in a container (option ptmxmode). */
  readonly ptmxMode: number
  /** Whom terminals belong to beside their owner: the option `gid`. */
  readonly group: number
  /** Who mounted it. */
  readonly owner: { readonly uid: number; readonly gid: number }
  constructor(dev: number, now: () => Timespec, options = 'rw,gid=5,mode=620,ptmxmode=000', owner = { uid: 0, gid: 0 }) {
    super(dev)
    this.now = now
    this.owner = owner
    this.options = options
    this.group = Number(/gid=(\d+)/.exec(options)?.[1] ?? '5')
    this.ptmxMode = Number.parseInt(/ptmxmode=(\d+)/.exec(options)?.[1] ?? '0', 8)
    this.root = new DevptsDirectory(this)
  }
  /** A new terminal with the lowest free number. `listener` gets what is printed; without one it is queued for the master. */
  create(size: WindowSize, owner: number, listener: ((bytes: Uint8Array) => void) | null, wanted?: number): Tty {
    let index = wanted ?? 0
    while (wanted === undefined && this.ttys.has(index)) index++
    const tty = new Tty(index, size, listener)
    this.ttys.set(index, new PtsInode(this, tty, owner))
    return tty
  }
  drop(tty: Tty): void {
    this.ttys.delete(tty.index)
  }
}

class DevptsDirectory extends Directory {
  declare readonly fs: DevptsFs
  private readonly ptmx: PtmxInode
  private readonly born: Timespec
  constructor(fs: DevptsFs) {
    super(fs)
    this.born = fs.now()
    this.ptmx = new PtmxInode(fs, this.born)
    this.nlink = 2
  }
  attributes(): Attributes {
    return { mode: 0o755, ...this.fs.owner, atime: this.born, mtime: this.born, ctime: this.born }
  }
  lookup(name: string): Inode | undefined {
    return name === 'ptmx' ? this.ptmx : this.fs.ttys.get(Number(name))
  }
  *entries(): Iterable<readonly [string, Inode]> {
    for (const [index, inode] of [...this.fs.ttys].sort((a, b) => b[0] - a[0])) yield [String(index), inode]
    yield ['ptmx', this.ptmx]
  }
  override size(): number {
    return 0
  }
}

export class PtsInode extends Special {
  readonly kind = 'chr'
  readonly tty: Tty
  private readonly own: Attributes
  constructor(fs: DevptsFs, tty: Tty, owner: number) {
    super(fs, tty.index + 3)
    this.tty = tty
    this.rdev = device(UNIX98_SLAVE_MAJOR, tty.index)
    const now = fs.now()
    this.own = { mode: 0o620, uid: owner, gid: fs.group, atime: now, mtime: now, ctime: now }
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override blocks(): number {
    return 0
  }
  override open(task: Task, flags: OpenFlags, at: Location): OpenFile {
    if (this.tty.hungUp) throw new Errno('EIO')
    const file = new TtyFile(this.tty, at, flags)
    if (!flags.noCtty && task.session.leader === task && !task.session.tty && !this.tty.session) {
      task.session.tty = this.tty
      this.tty.session = task.session
      this.tty.foreground = task.group
    }
    return file
  }
}

export class PtmxInode extends Special {
  readonly kind = 'chr'
  declare readonly fs: DevptsFs
  private readonly own: Attributes
  constructor(fs: DevptsFs, now: Timespec) {
    super(fs, 2)
    this.rdev = device(5, 2)
    this.own = { mode: fs.ptmxMode, ...fs.owner, atime: now, mtime: now, ctime: now }
  }
  attributes(): Attributes {
    return this.own
  }
  override blocks(): number {
    return 0
  }
  override open(task: Task, flags: OpenFlags, at: Location): OpenFile {
    const tty = this.fs.create({ cols: 0, rows: 0 }, task.credentials.fsuid, null)
    return new PtyMaster(tty, at, flags, () => this.fs.drop(tty))
  }
}
