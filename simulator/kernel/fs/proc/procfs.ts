/**
 * proc(5), mounted for one pid namespace: its root lists that namespace's processes, then the files that tell of the
 * whole system. The tables are found by their place: pid/NAME.ts is /proc/PID/NAME, root/NAME.ts is /proc/NAME.
 */
import type { Kernel } from '../../kernel'
import type { PidNamespace } from '../../namespaces/pid'
import type { Task, Thread } from '../../task'
import type { Timespec } from '../../time'
import { FileSystem } from '../../vfs/filesystem'
import { type Attributes, Directory, type Inode, type Viewer } from '../../vfs/inode'
import children from './children'
import { type Entry, folder, type Look, systemLink } from './entry'
import { ProcFolder, type ProcInode, procInode } from './inodes'

/** `./pid/oom_score.ts` stands for `oom_score`; a directory in the path would be a folder. */
interface Found<S> {
  readonly default: Entry<S>
}
const byName = <S>(modules: Record<string, Found<S>>): Map<string, Entry<S>> =>
  new Map(Object.entries(modules).map(([path, module]) => [path.slice(path.lastIndexOf('/') + 1, -3), module.default]))

const PID_ENTRIES = byName(import.meta.glob<Found<Task>>('./pid/*.ts', { eager: true }))
const ROOT_ENTRIES = byName(import.meta.glob<Found<null>>('./root/*.ts', { eager: true }))

/** What /proc/PID/task/TID does not have (fs/proc/base.c, tid_base_stuff). */
const PROCESS_ONLY = new Set(['task', 'autogroup', 'coredump_filter', 'map_files', 'mountstats', 'timens_offsets', 'timers', 'timerslack_ns'])
const PID_FOLDER = folder(Object.fromEntries(PID_ENTRIES))
const TID_FOLDER = folder(Object.fromEntries([...[...PID_ENTRIES].filter(([name]) => !PROCESS_ONLY.has(name)), ['children', children] as const]))

const SELF = systemLink((look) => String(look.viewer.pidIn(look.pids)))
const THREAD_SELF = systemLink((look) => `${look.viewer.pidIn(look.pids)}/task/${look.viewer.pidIn(look.pids)}`)

export class ProcFs extends FileSystem {
  readonly type = 'proc'
  readonly kernel: Kernel
  readonly pids: PidNamespace
  readonly root: ProcRoot
  constructor(kernel: Kernel, pids: PidNamespace, dev = kernel.anonymousDevice()) {
    super(dev)
    this.kernel = kernel
    this.pids = pids
    this.root = new ProcRoot(this)
  }
  look(viewer: Viewer, thread: Thread | null): Look {
    const who = viewer ?? this.kernel.pidNamespace.init
    if (!who) throw new Error('/proc was read before there was a process')
    return { kernel: this.kernel, pids: this.pids, viewer: who, thread }
  }
  /** The /proc/PID folder of a task; the same one as long as the task lives. */
  folderOf(task: Task): ProcFolder<Task> {
    return this.root.folderOf(task)
  }
}

class ProcRoot extends Directory {
  readonly fs: ProcFs
  private readonly born: Timespec
  private readonly fixed = new Map<string, ProcInode<null>>()
  private readonly folders = new WeakMap<object, ProcFolder<Task>>()
  /** The names that are always there; their inodes are born when somebody first lists them. */
  private listed: (readonly [string, ProcInode<null>])[] | undefined
  constructor(fs: ProcFs) {
    super(fs)
    this.fs = fs
    this.born = fs.kernel.clock.realtime()
    // These two are made when it is mounted, the others when somebody looks.
    this.fixed.set('self', procInode(fs, null, SELF))
    this.fixed.set('thread-self', procInode(fs, null, THREAD_SELF))
  }
  attributes(): Attributes {
    return { mode: 0o555, uid: 0, gid: 0, atime: this.born, mtime: this.born, ctime: this.born }
  }
  /** Its folders, and all processes of the machine (proc_root_getattr). */
  override links(): number {
    return [...ROOT_ENTRIES.values()].filter((entry) => entry.kind === 'folder').length + 2 + this.fs.kernel.pidNamespace.tasks.size
  }
  override size(): number {
    return 0
  }
  folderOf(task: Task, thread: Thread | null = null): ProcFolder<Task> {
    const key = thread ?? task
    let found = this.folders.get(key)
    if (!found) {
      found = new ProcFolder(this.fs, task, PID_FOLDER, thread)
      this.folders.set(key, found)
    }
    return found
  }
  lookup(name: string, viewer: Viewer): Inode | undefined {
    const first = name.charCodeAt(0)
    if (first >= 0x31 && first <= 0x39) {
      const task = this.fs.pids.tasks.get(Number(name))
      if (task) return this.folderOf(task)
      return this.threadFolder(Number(name))
    }
    const self = viewer?.pidIn(this.fs.pids)
    if ((name === 'self' || name === 'thread-self') && self === 0) return undefined
    return this.systemWide(name)
  }
  private systemWide(name: string): ProcInode<null> | undefined {
    let found = this.fixed.get(name)
    const entry = ROOT_ENTRIES.get(name)
    if (!found && entry) {
      found = procInode(this.fs, null, entry)
      this.fixed.set(name, found)
    }
    return found
  }
  /** A thread's number names a folder too, though the listing leaves it out. */
  private threadFolder(tid: number): Inode | undefined {
    const task = this.fs.pids.threads.get(tid)
    const thread = task?.threads.find((t) => t.tidIn(this.fs.pids) === tid)
    return task && thread && this.folderOf(task, thread)
  }
  *entries(): Iterable<readonly [string, Inode]> {
    this.listed ??= ['self', 'thread-self', ...ROOT_ENTRIES.keys()].flatMap((name) => {
      const inode = this.systemWide(name)
      return inode ? [[name, inode] as const] : []
    })
    yield* this.listed
    const pids = [...this.fs.pids.tasks.keys()].sort((a, b) => a - b)
    for (const pid of pids) {
      const task = this.fs.pids.tasks.get(pid)
      if (task) yield [String(pid), this.folderOf(task)]
    }
  }
}

export { TID_FOLDER }
