/** Descriptors of captured processes. Pipes are joined again by their number; files are opened; what only had a label keeps it. */
import { EMPTY } from '../../kernel/bytes'
import { Errno } from '../../kernel/errno'
import { MemorySpecial } from '../../kernel/fs/memory'
import type { Kernel } from '../../kernel/kernel'
import { newPipe, type Pipe, PipeEnd } from '../../kernel/pipe'
import { finish, type Run } from '../../kernel/run'
import type { OpenFlags } from '../../kernel/sys'
import type { Task } from '../../kernel/task'
import type { Inode } from '../../kernel/vfs/inode'
import type { Location } from '../../kernel/vfs/location'
import { resolve } from '../../kernel/vfs/namei'
import { OpenFile } from '../../kernel/vfs/openfile'
import { openPath } from '../../kernel/vfs/operations'

/** A description that is only known by what it is called: an eventpoll, a unix socket, a file that is gone. */
class RecordedFile extends OpenFile {
  readonly inode: Inode
  override readonly location: Location | undefined
  private readonly text: string
  constructor(inode: Inode, text: string, flags: OpenFlags, location?: Location) {
    super(flags)
    this.inode = inode
    this.text = text
    this.location = location
  }
  override get label(): string {
    return this.text
  }
  override *read(): Run<Uint8Array> {
    return EMPTY
  }
  override *write(): Run<number> {
    throw new Errno('EPIPE')
  }
}

/** Takes what a program says while it comes up again: on the node that was recorded it has said it before. */
export class Said extends OpenFile {
  readonly inode: Inode
  readonly chunks: Uint8Array[] = []
  private readonly instead: OpenFile
  constructor(instead: OpenFile) {
    super({ write: true })
    this.inode = instead.inode
    this.instead = instead
  }
  /** It is shown as the file in whose place it stands. */
  override get label(): string {
    return this.instead.label
  }
  override *write(_: Task, bytes: Uint8Array): Run<number> {
    this.chunks.push(bytes)
    return bytes.length
  }
  override *read(): Run<Uint8Array> {
    throw new Errno('EBADF')
  }
}

/** The number in `pipe:[47704]`. */
export const numberedInode = (target: string): { readonly kind: 'pipe' | 'socket'; readonly ino: number } | undefined => {
  const match = /^(pipe|socket):\[(\d+)\]$/.exec(target)
  return match ? { kind: match[1] === 'pipe' ? 'pipe' : 'socket', ino: Number(match[2]) } : undefined
}

/** How a descriptor was opened was not recorded; it follows from its number and what it leads to. */
function accessOf(fd: number, target: string): OpenFlags {
  if (target === '/dev/null' && fd > 2) return { read: true }
  if (/\/log$|\.log$/.test(target)) return { write: true, append: true }
  return { read: true, write: true }
}

export class CapturedPipes {
  private readonly pipes = new Map<number, Pipe>()
  /** A container's standard output and error are written by it and read by its shim. */
  end(kernel: Kernel, ino: number, fd: number): PipeEnd {
    let pipe = this.pipes.get(ino)
    if (!pipe) {
      kernel.reserveAnonymousInodes(ino - 1)
      pipe = newPipe(kernel)
      // Whoever reads outside of what was captured keeps the pipe open.
      pipe.readers++
      this.pipes.set(ino, pipe)
    }
    return new PipeEnd(pipe, fd === 1 || fd === 2 || fd > 200 ? { write: true } : { read: true })
  }
}

/** Opens one recorded descriptor. Terminals and listening sockets are left to those who own them. */
export function restoreDescriptor(task: Task, fd: number, target: string, pipes: CapturedPipes): void {
  const file = descriptorFor(task, fd, target, pipes)
  if (file) task.fds.set(fd, { file, closeOnExec: false })
}

function descriptorFor(task: Task, fd: number, target: string, pipes: CapturedPipes): OpenFile | undefined {
  if (/^\/dev\/pts\/\d+$/.test(target)) return terminalOf(task, target)
  const numbered = numberedInode(target)
  if (numbered?.kind === 'pipe') return pipes.end(task.kernel, numbered.ino, fd)
  const flags = accessOf(fd, target)
  if (!target.startsWith('/')) return new RecordedFile(nameless(task, numbered?.ino), target, flags)
  let at: Location
  try {
    at = resolve(task, target)
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    return new RecordedFile(nameless(task, undefined), target, flags)
  }
  const { kind } = at.inode
  if (kind === 'fifo' || kind === 'sock' || target === '/dev/pts/ptmx') return new RecordedFile(at.inode, target, flags, at)
  return finish(openPath(task, target, flags, 0o644))
}

/** A container's own terminal belongs to the user that it runs as (libcontainer/init_linux.go fixStdioPermissions). The node's are not there yet. */
function terminalOf(task: Task, target: string): OpenFile | undefined {
  try {
    const at = resolve(task, target)
    at.inode.setAttributes({ uid: task.credentials.uid })
    return finish(openPath(task, target, { read: true, write: true }, 0))
  } catch (error) {
    if (error instanceof Errno) return undefined
    throw error
  }
}

function nameless(task: Task, ino: number | undefined): Inode {
  const inode = new MemorySpecial(task.root.inode.fs, 'sock', { mode: 0o777, uid: 0, gid: 0, now: task.kernel.clock.realtime() }, 0)
  if (ino !== undefined) Object.defineProperty(inode, 'ino', { value: ino })
  return inode
}
