/** The system calls of one task: `Sys` over the kernel's objects. What each does is in the file named for it; here the doors. */
import { decode, EMPTY } from './bytes'
import { clone, joinNamespace, startThread, unshare } from './clone'
import { capable, capableIn, type Credentials } from './credentials'
import { Errno } from './errno'
import { execute } from './exec'
import { TaskExit } from './exit'
import { NamespaceInode } from './fs/nsfs'
import { ProcFile } from './fs/proc/inodes'
import type { IpcNamespace } from './namespaces/ipc'
import { PidNamespace } from './namespaces/pid'
import { UserNamespace } from './namespaces/simple'
import { NAMESPACE_TYPES, type NamespaceType } from './namespaces/types'
import { SocketFile } from './net/file'
import type { Netlink } from './net/netlink'
import { TcpSocket } from './net/tcp'
import { newPipe, PipeEnd } from './pipe'
import type { Rlimits } from './rlimits'
import type { Run } from './run'
import { bindService, callService, ownService, serviceOf } from './services'
import { deliverPending, findGroup, killByPid } from './signal'
import { SIG } from './signals'
import { acceptSocket, bindSocket, connectSocket, listenSocket, netlinkOf, newSocket } from './sockets'
import type {
  CloneOptions, DirEntry, Disposition, Futex, OpenFlags, PollRequest, PollResult, Service, SocketAddress, Stat, StatFs, Sys, Utsname, WaitOptions, WaitStatus,
} from './sys'
import { ProcessGroup, Session, type Task } from './task'
import type { Timespec } from './time'
import { DevptsFs } from './tty/devpts'
import { PtyMaster, TtyFile } from './tty/files'
import type { Termios, WindowSize } from './tty/termios'
import { Directory, RegularFile, Symlink } from './vfs/inode'
import { pathOf } from './vfs/location'
import { lock, type LockKind, unlock } from './vfs/locks'
import { permitted, resolve } from './vfs/namei'
import type { OpenFile } from './vfs/openfile'
import { mountAt, unmountAt } from './vfs/mounting'
import { create, linkPath, mayOwn, openPath, owner, removeName, renamePath, statOf } from './vfs/operations'
import { waitFor } from './wait'
import { WaitQueue } from './waitqueue'
import { exchangeRoot, pivotRoot } from './vfs/pivot'

const READ_BLOCK = 65536
/** What a read or write costs at least, and for each KiB, in units of `spend`. */
const IO_COST = 2
const KIB = 1024

export class Syscalls implements Sys {
  private readonly task: Task
  constructor(task: Task) {
    this.task = task
  }

  // ── identity ──────────────────────────────────────────────────────────────────────────────────────────
  get pid(): number {
    return this.task.pid
  }
  get ppid(): number {
    return this.task.parent?.pidIn(this.task.ns.pid) ?? 0
  }
  get argv(): readonly string[] {
    return this.task.argv
  }
  get env(): ReadonlyMap<string, string> {
    return this.task.env
  }
  get credentials(): Credentials {
    const own = this.task.credentials
    const { user } = this.task.ns
    if (user.isFirst) return own
    const uid = (id: number): number => user.shown('uidMap', id)
    const gid = (id: number): number => user.shown('gidMap', id)
    return {
      ...own, uid: uid(own.uid), euid: uid(own.euid), suid: uid(own.suid), fsuid: uid(own.fsuid),
      gid: gid(own.gid), egid: gid(own.egid), sgid: gid(own.sgid), fsgid: gid(own.fsgid), groups: own.groups.map(gid),
    }
  }
  /** Ids of the caller's user namespace as the machine's. EINVAL for one that has no place in its maps. */
  private realIds(next: Partial<Credentials>): Partial<Credentials> {
    const { user } = this.task.ns
    if (user.isFirst) return next
    const real = (kind: 'uidMap' | 'gidMap', id: number): number => {
      const found = user.real(kind, id)
      if (found === undefined) throw new Errno('EINVAL')
      return found
    }
    const out: { -readonly [K in keyof Credentials]?: Credentials[K] } = { ...next }
    for (const name of ['uid', 'euid', 'suid', 'fsuid'] as const) if (next[name] !== undefined) out[name] = real('uidMap', next[name])
    for (const name of ['gid', 'egid', 'sgid', 'fsgid'] as const) if (next[name] !== undefined) out[name] = real('gidMap', next[name])
    if (next.groups) {
      if (user.setgroups === 'deny') throw new Errno('EPERM')
      out.groups = next.groups.map((id) => real('gidMap', id))
    }
    return out
  }
  setCredentials(wanted: Partial<Credentials>): void {
    const now = this.task.credentials
    const next = this.realIds(wanted)
    const ids = [next.uid, next.euid, next.suid, next.fsuid].filter((id): id is number => id !== undefined)
    if (ids.some((id) => ![now.uid, now.euid, now.suid].includes(id)) && !capableIn(now, this.task.ns.user, 'CAP_SETUID')) throw new Errno('EPERM')
    const groups = [next.gid, next.egid, next.sgid, next.fsgid].filter((id): id is number => id !== undefined)
    if ((groups.some((id) => ![now.gid, now.egid, now.sgid].includes(id)) || next.groups) && !capableIn(now, this.task.ns.user, 'CAP_SETGID')) throw new Errno('EPERM')
    this.task.credentials = { ...now, ...next }
  }
  uname(): Utsname {
    const { kernel, ns } = this.task
    return { sysname: 'Linux', nodename: ns.uts.hostname, release: kernel.release, version: kernel.version, machine: 'x86_64', domainname: ns.uts.domainname }
  }
  setHostname(name: string): void {
    this.needs('CAP_SYS_ADMIN', this.task.ns.uts.owner)
    if (name.length > 64) throw new Errno('EINVAL')
    this.task.ns.uts.hostname = name
  }
  setDomainname(name: string): void {
    this.needs('CAP_SYS_ADMIN', this.task.ns.uts.owner)
    if (name.length > 64) throw new Errno('EINVAL')
    this.task.ns.uts.domainname = name
  }
  /** `owner`: the user namespace whose privileges count, where not only the first one's do. */
  private needs(capability: Parameters<typeof capable>[1], owner: UserNamespace | null = null): void {
    if (!capableIn(this.task.credentials, owner, capability)) throw new Errno('EPERM')
  }
  getRlimits(): Rlimits {
    return this.task.rlimits
  }
  setRlimit(name: keyof Rlimits, soft: number, hard: number): void {
    if (soft > hard) throw new Errno('EINVAL')
    if (hard > this.task.rlimits[name].hard) this.needs('CAP_SYS_RESOURCE')
    this.task.rlimits = { ...this.task.rlimits, [name]: { soft, hard } }
  }
  getNice(): number {
    return this.task.nice
  }
  setNice(value: number, pid = 0): void {
    const target = this.find(pid)
    const nice = Math.max(-20, Math.min(19, value))
    if (nice < target.nice && !capable(this.task.credentials, 'CAP_SYS_NICE')) throw new Errno('EACCES')
    target.nice = nice
  }
  umask(mask?: number): number {
    const old = this.task.umask
    if (mask !== undefined) this.task.umask = mask & 0o777
    return old
  }

  // ── processes ─────────────────────────────────────────────────────────────────────────────────────────
  fork(main: (sys: Sys) => Run<number>, options?: CloneOptions): number {
    this.spend(50)
    return clone(this.task, main, options).pidIn(this.task.ns.pid)
  }
  exec(path: string, argv: readonly string[], env: ReadonlyMap<string, string>): Run<never> {
    this.spend(200)
    return execute(this.task, this, path, argv, env)
  }
  exit(code: number): never {
    throw new TaskExit(code)
  }
  wait(pid: number, options?: WaitOptions): Run<{ pid: number; status: WaitStatus } | null> {
    return waitFor(this.task, pid, options)
  }
  kill(pid: number, signo: number): void {
    killByPid(this.task, pid, signo)
  }
  signal(signo: number, disposition: Disposition): Disposition {
    if (signo < 1 || signo > 64 || signo === SIG.SIGKILL || signo === SIG.SIGSTOP) throw new Errno('EINVAL')
    const old = this.task.dispositions.get(signo) ?? 'default'
    if (disposition === 'default') this.task.dispositions.delete(signo)
    else this.task.dispositions.set(signo, disposition)
    this.remask('ignored', signo, disposition === 'ignore')
    this.remask('caught', signo, typeof disposition === 'function')
    return old
  }
  /** Changes one signal in a captured process's mask. */
  private remask(name: 'ignored' | 'caught', signo: number, on: boolean): void {
    const before = this.task.recorded.get(name)
    if (before === undefined) return
    const bit = 1n << BigInt(signo - 1)
    const bits = BigInt(`0x${before}`)
    this.task.recorded.set(name, (on ? bits | bit : bits & ~bit).toString(16).padStart(16, '0'))
  }
  blockSignals(signals: ReadonlySet<number>): ReadonlySet<number> {
    const old = this.task.blocked
    this.task.blocked = signals
    deliverPending(this.task)
    return old
  }
  *pause(): Run<never> {
    for (;;) {
      this.task.wchan = '__do_sys_pause'
      if ((yield* this.task.kernel.block([])) === 'interrupted') throw new Errno('EINTR')
    }
  }
  private find(pid: number): Task {
    const task = pid === 0 ? this.task : this.task.ns.pid.tasks.get(pid)
    if (!task) throw new Errno('ESRCH')
    return task
  }
  getpgid(pid = 0): number {
    return this.find(pid).group.leader.pidIn(this.task.ns.pid)
  }
  setpgid(pid: number, pgid: number): void {
    const target = this.find(pid)
    if (target !== this.task && target.parent !== this.task) throw new Errno('ESRCH')
    if (target !== this.task && target.hasExeced && target.group.leader !== target) throw new Errno('EACCES')
    if (target.session !== this.task.session || target.session.leader === target) throw new Errno('EPERM')
    const wanted = pgid === 0 ? target.pidIn(this.task.ns.pid) : pgid
    if (wanted === target.pidIn(this.task.ns.pid)) {
      if (target.group.leader === target) return
      this.moveToGroup(target, new ProcessGroup(target, target.session))
      return
    }
    const group = findGroup(this.task.ns.pid.tasks.get(wanted), this.task.ns.pid.tasks.values(), wanted, this.task)
    if (!group || group.session !== target.session) throw new Errno('EPERM')
    this.moveToGroup(target, group)
  }
  private moveToGroup(target: Task, group: ProcessGroup): void {
    target.group.members.delete(target)
    target.group = group
    group.members.add(target)
  }
  getsid(pid = 0): number {
    return this.find(pid).session.leader.pidIn(this.task.ns.pid)
  }
  setsid(): number {
    if (this.task.group.leader === this.task) throw new Errno('EPERM')
    this.moveToGroup(this.task, new ProcessGroup(this.task, new Session(this.task)))
    return this.task.pid
  }
  setChildSubreaper(): void {
    this.task.childSubreaper = true
  }
  setName(comm: string): void {
    this.task.comm = comm.slice(0, 15)
  }
  setTitle(title: string): void {
    this.task.argv = [title]
  }
  go(run: Run<void>): void {
    this.task.kernel.start(this.task, run)
  }
  futex(): Futex {
    const queue = new WaitQueue()
    const { kernel } = this.task
    return {
      *wait(timeoutNs) {
        const reason = yield* kernel.block([queue], timeoutNs)
        if (reason === 'interrupted') throw new Errno('EINTR')
        return reason === 'timeout' ? 'timeout' : 'woken'
      },
      wake: () => queue.wake(),
    }
  }
  copyDescriptor(pid: number, fd: number): number {
    this.needs('CAP_SYS_PTRACE')
    const other = this.task.ns.pid.tasks.get(pid)
    if (!other || other.isZombie) throw new Errno('ESRCH')
    const descriptor = other.fds.get(fd)
    if (!descriptor) throw new Errno('EBADF')
    return this.install(descriptor.file.acquire(), true)
  }
  createThread(comm?: string): number {
    return startThread(this.task, comm).tidIn(this.task.ns.pid)
  }
  setns(fd: number, type?: NamespaceType): void {
    const { inode } = this.file(fd)
    if (!(inode instanceof NamespaceInode)) throw new Errno('EINVAL')
    if (type && inode.namespace.type !== type) throw new Errno('EINVAL')
    joinNamespace(this.task, inode.namespace)
  }
  namespaceRelations(path: string): { readonly parent: number | null; readonly owner: number | null } {
    const { inode } = resolve(this.task, path)
    if (!(inode instanceof NamespaceInode)) throw new Errno('ENOTTY')
    const { namespace } = inode
    // What lies above the caller's own is out of sight; what nobody owns belongs to the first user namespace.
    const { user, pid } = this.task.ns
    if (namespace instanceof UserNamespace) {
      const above = namespace.owner && user.holds(namespace.owner) ? namespace.owner.inum : null
      return { parent: above, owner: above }
    }
    const parent = namespace instanceof PidNamespace ? namespace.parent : null
    let first = user
    while (first.owner) first = first.owner
    const owner = namespace.owner ?? first
    return { parent: parent && pid.holds(parent) ? parent.inum : null, owner: user.holds(owner) ? owner.inum : null }
  }
  unshare(types: readonly NamespaceType[]): void {
    for (const type of types) if (!NAMESPACE_TYPES.includes(type)) throw new Errno('EINVAL')
    unshare(this.task, types)
  }
  chroot(path: string): void {
    const at = resolve(this.task, path)
    if (!(at.inode instanceof Directory)) throw new Errno('ENOTDIR')
    this.needs('CAP_SYS_CHROOT', this.task.ns.user)
    this.task.root = at
  }
  pivotRoot(path: string, putOld?: string): void {
    this.needs('CAP_SYS_ADMIN', this.task.ns.mnt.owner)
    if (putOld === undefined) pivotRoot(this.task, path)
    else exchangeRoot(this.task, path, putOld)
  }

  // ── time ──────────────────────────────────────────────────────────────────────────────────────────────
  now(): Timespec {
    const { clock, scheduler } = this.task.kernel
    return clock.realtime(clock.monotonic + scheduler.usedNs)
  }
  monotonic(): number {
    const { clock, scheduler } = this.task.kernel
    return clock.monotonic + scheduler.usedNs
  }
  *sleep(ns: number): Run {
    const until = this.monotonic() + ns
    this.task.wchan = 'hrtimer_nanosleep'
    while (this.monotonic() < until) {
      if ((yield* this.task.kernel.block([], until - this.monotonic())) === 'interrupted') throw new Errno('EINTR')
    }
  }
  *waitOn(queue: WaitQueue, timeoutNs?: number): Run {
    this.task.wchan = 'futex_do_wait'
    if ((yield* this.task.kernel.block([queue], timeoutNs)) === 'interrupted') throw new Errno('EINTR')
  }
  times(): { user: number; system: number; childUser: number; childSystem: number } {
    return { ...this.task.times, user: this.task.times.user + this.task.kernel.scheduler.usedNs }
  }
  spend(units: number): boolean {
    return this.task.kernel.scheduler.spend(units)
  }
  random(): number {
    return this.task.kernel.random.uint32()
  }

  // ── files ─────────────────────────────────────────────────────────────────────────────────────────────
  private file(fd: number): OpenFile {
    const descriptor = this.task.fds.get(fd)
    if (!descriptor) throw new Errno('EBADF')
    return descriptor.file
  }
  private lowestFree(from = 0): number {
    let fd = from
    while (this.task.fds.has(fd)) fd++
    if (fd >= this.task.rlimits.nofile.soft) throw new Errno('EMFILE')
    return fd
  }
  private install(file: OpenFile, closeOnExec = false): number {
    const fd = this.lowestFree()
    this.task.fds.set(fd, { file, closeOnExec })
    return fd
  }
  *open(path: string, flags: OpenFlags, mode = 0o666): Run<number> {
    this.spend(IO_COST)
    this.lowestFree()
    const file = yield* openPath(this.task, path, flags, mode)
    return this.install(file, flags.closeOnExec ?? false)
  }
  close(fd: number): void {
    const descriptor = this.task.fds.get(fd)
    if (!descriptor) throw new Errno('EBADF')
    this.task.fds.delete(fd)
    descriptor.file.release()
  }
  *read(fd: number, count: number): Run<Uint8Array> {
    const file = this.file(fd)
    if (file.flags.write && !file.flags.read) throw new Errno('EBADF')
    const bytes = yield* file.read(this.task, count)
    this.task.io.rchar += bytes.length
    this.task.io.syscr++
    if (this.spend(IO_COST + bytes.length / KIB)) yield 'preempted'
    return bytes
  }
  *write(fd: number, bytes: Uint8Array): Run<number> {
    const file = this.file(fd)
    if (file.flags.read && !file.flags.write) throw new Errno('EBADF')
    const count = yield* file.write(this.task, bytes)
    this.task.io.wchar += count
    this.task.io.syscw++
    if (this.spend(IO_COST + count / KIB)) yield 'preempted'
    return count
  }
  lseek(fd: number, offset: number, whence: 'set' | 'cur' | 'end'): number {
    return this.file(fd).seek(offset, whence, this.task)
  }
  ftruncate(fd: number, size: number): void {
    const file = this.file(fd)
    if (!file.flags.write) throw new Errno('EINVAL')
    file.truncate(size)
  }
  dup(fd: number, atLeast = 0): number {
    const file = this.file(fd)
    const to = this.lowestFree(atLeast)
    this.task.fds.set(to, { file: file.acquire(), closeOnExec: false })
    return to
  }
  dup2(from: number, to: number): number {
    const file = this.file(from)
    if (to < 0 || to >= this.task.rlimits.nofile.soft) throw new Errno('EBADF')
    if (from === to) return to
    const old = this.task.fds.get(to)
    this.task.fds.set(to, { file: file.acquire(), closeOnExec: false })
    old?.file.release()
    return to
  }
  pipe(): { read: number; write: number } {
    const pipe = newPipe(this.task.kernel)
    const read = this.install(new PipeEnd(pipe, { read: true }))
    const write = this.install(new PipeEnd(pipe, { write: true }))
    return { read, write }
  }
  setCloseOnExec(fd: number, on: boolean): void {
    this.file(fd)
    const descriptor = this.task.fds.get(fd)
    if (descriptor) descriptor.closeOnExec = on
  }
  isOpen(fd: number): boolean {
    return this.task.fds.has(fd)
  }
  descriptors(): number[] {
    return [...this.task.fds.keys()].sort((a, b) => a - b)
  }
  *poll(requests: readonly PollRequest[], timeoutNs?: number): Run<PollResult[]> {
    const { kernel } = this.task
    const until = timeoutNs === undefined ? undefined : this.monotonic() + timeoutNs
    for (;;) {
      const results: PollResult[] = []
      const queues: WaitQueue[] = []
      for (const { fd, read, write } of requests) {
        const file = this.file(fd)
        const state = file.poll()
        const readable = (read ?? false) && state.readable
        const writable = (write ?? false) && state.writable
        if (readable || writable || state.hangup) results.push({ fd, readable, writable, hangup: state.hangup })
        queues.push(...file.queues())
      }
      if (results.length > 0) return results
      const left = until === undefined ? undefined : until - this.monotonic()
      if (left !== undefined && left <= 0) return []
      this.task.wchan = 'poll_schedule_timeout.constprop.0'
      if ((yield* kernel.block(queues, left)) === 'interrupted') throw new Errno('EINTR')
    }
  }
  stat(path: string): Stat {
    return statOf(this.task, resolve(this.task, path).inode)
  }
  lstat(path: string): Stat {
    return statOf(this.task, resolve(this.task, path, { noFollow: true }).inode)
  }
  fstat(fd: number): Stat {
    return statOf(this.task, this.file(fd).inode)
  }
  access(path: string, want: { read?: boolean; write?: boolean; execute?: boolean }): boolean {
    try {
      const at = resolve(this.task, path)
      if (want.write && at.mount.readOnly && (at.inode.kind === 'file' || at.inode.kind === 'dir')) return false
      return permitted(this.task, at.inode, (want.read ? 4 : 0) | (want.write ? 2 : 0) | (want.execute ? 1 : 0))
    } catch (error) {
      if (error instanceof Errno) return false
      throw error
    }
  }
  readdir(path: string): DirEntry[] {
    const { inode } = resolve(this.task, path)
    if (!(inode instanceof Directory)) throw new Errno('ENOTDIR')
    if (!permitted(this.task, inode, 4)) throw new Errno('EACCES')
    const out: DirEntry[] = []
    for (const [name, entry] of inode.entries(this.task)) out.push({ name, ino: entry.ino, kind: entry.kind })
    this.spend(IO_COST + out.length / 8)
    return out
  }
  readlink(path: string): string {
    const { inode } = resolve(this.task, path, { noFollow: true })
    if (!(inode instanceof Symlink)) throw new Errno('EINVAL')
    return inode.target(this.task)
  }
  mkdir(path: string, mode = 0o777): void {
    create(this.task, path, (now) => ({ kind: 'dir', mode: mode & ~this.task.umask, ...owner(this.task), now }))
  }
  rmdir(path: string): void {
    removeName(this.task, path, 'dir')
  }
  unlink(path: string): void {
    removeName(this.task, path, 'other')
  }
  rename(from: string, to: string): void {
    renamePath(this.task, from, to)
  }
  link(from: string, to: string): void {
    linkPath(this.task, from, to)
  }
  symlink(target: string, path: string): void {
    if (target === '') throw new Errno('ENOENT')
    create(this.task, path, (now) => ({ kind: 'link', target, mode: 0o777, ...owner(this.task), now }))
  }
  mknod(path: string, kind: 'fifo' | 'chr' | 'blk' | 'sock' | 'file', mode: number, rdev = 0): void {
    if (kind === 'chr' || kind === 'blk') this.needs('CAP_MKNOD')
    const bits = mode & ~this.task.umask
    create(this.task, path, (now) =>
      kind === 'chr' || kind === 'blk' ? { kind, rdev, mode: bits, ...owner(this.task), now } : { kind, mode: bits, ...owner(this.task), now },
    )
  }
  chmod(path: string, mode: number): void {
    const at = resolve(this.task, path)
    mayOwn(this.task, at)
    at.inode.setAttributes({ mode: mode & 0o7777, ctime: this.now() })
  }
  chown(path: string, uid: number, gid: number, options: { noFollow?: boolean } = {}): void {
    const at = resolve(this.task, path, options)
    mayOwn(this.task, at)
    const old = at.inode.attributes(this.task)
    if (uid !== -1 && uid !== old.uid) this.needs('CAP_CHOWN')
    if (gid !== -1 && gid !== old.gid && ![this.task.credentials.fsgid, ...this.task.credentials.groups].includes(gid)) this.needs('CAP_CHOWN')
    at.inode.setAttributes({ uid: uid === -1 ? old.uid : uid, gid: gid === -1 ? old.gid : gid, ctime: this.now() })
  }
  utimes(path: string, atime: Timespec | 'now' | 'omit', mtime: Timespec | 'now' | 'omit', options: { noFollow?: boolean } = {}): void {
    const at = resolve(this.task, path, options)
    if (at.mount.readOnly) throw new Errno('EROFS')
    if (!permitted(this.task, at.inode, 2)) mayOwn(this.task, at)
    const old = at.inode.attributes(this.task)
    const pick = (wanted: Timespec | 'now' | 'omit', was: Timespec): Timespec => (wanted === 'now' ? this.now() : wanted === 'omit' ? was : wanted)
    at.inode.setAttributes({ atime: pick(atime, old.atime), mtime: pick(mtime, old.mtime), ctime: this.now() })
  }
  truncate(path: string, size: number): void {
    const at = resolve(this.task, path)
    if (at.inode instanceof Directory) throw new Errno('EISDIR')
    if (!(at.inode instanceof RegularFile)) throw new Errno('EINVAL')
    if (!permitted(this.task, at.inode, 2)) throw new Errno('EACCES')
    if (at.mount.readOnly) throw new Errno('EROFS')
    at.inode.truncate(size)
  }
  *flock(fd: number, kind: LockKind, wait: 'wait' | 'fail', timeoutNs?: number): Run {
    yield* lock(this.task, this.file(fd), kind, wait, timeoutNs)
  }
  funlock(fd: number): void {
    unlock(this.file(fd))
  }
  fchdir(fd: number): void {
    const { location } = this.file(fd)
    if (!location || !(location.inode instanceof Directory)) throw new Errno('ENOTDIR')
    this.task.cwd = location
  }
  chdir(path: string): void {
    const at = resolve(this.task, path)
    if (!(at.inode instanceof Directory)) throw new Errno('ENOTDIR')
    if (!permitted(this.task, at.inode, 1)) throw new Errno('EACCES')
    this.task.cwd = at
  }
  getcwd(): string {
    return pathOf(this.task.cwd, this.task.root)
  }
  realpath(path: string): string {
    return pathOf(resolve(this.task, path), this.task.root)
  }
  statfs(path: string): StatFs {
    return resolve(this.task, path).mount.fs.statfs()
  }
  *readFile(path: string): Run<Uint8Array> {
    const file = yield* openPath(this.task, path, { read: true }, 0)
    try {
      const parts: Uint8Array[] = []
      for (;;) {
        const part = yield* file.read(this.task, READ_BLOCK)
        this.task.io.rchar += part.length
        this.task.io.syscr++
        if (part.length === 0) break
        parts.push(part)
        if (this.spend(IO_COST + part.length / KIB)) yield 'preempted'
      }
      return parts.length === 0 ? EMPTY : join(parts)
    } finally {
      file.release()
    }
  }
  *readText(path: string): Run<string> {
    const at = resolve(this.task, path)
    if (!(at.inode instanceof ProcFile)) return decode(yield* this.readFile(path))
    if (!permitted(this.task, at.inode, 4)) throw new Errno('EACCES')
    const text = at.inode.text(this.task)
    this.task.io.rchar += text.length
    this.task.io.syscr += 2
    if (this.spend(IO_COST + text.length / KIB)) yield 'preempted'
    return text
  }
  *writeFile(path: string, bytes: Uint8Array, options: { append?: boolean; mode?: number } = {}): Run {
    const file = yield* openPath(this.task, path, { write: true, create: true, truncate: !options.append, append: options.append ?? false }, options.mode ?? 0o666)
    try {
      yield* file.write(this.task, bytes)
    } finally {
      file.release()
    }
  }
  mount(source: string, target: string, type: string, options: string): void {
    mountAt(this.task, source, target, type, options)
  }
  umount(target: string, options: { detach?: boolean } = {}): void {
    unmountAt(this.task, target, options.detach ? 'detach' : 'busy-fails')
  }

  // ── terminals ─────────────────────────────────────────────────────────────────────────────────────────
  private tty(fd: number): TtyFile | PtyMaster {
    const file = this.file(fd)
    if (!(file instanceof TtyFile) && !(file instanceof PtyMaster)) throw new Errno('ENOTTY')
    return file
  }
  isatty(fd: number): boolean {
    return this.task.fds.get(fd)?.file instanceof TtyFile
  }
  ttyname(fd: number): string {
    const file = this.tty(fd)
    return pathOf(file.location, this.task.root)
  }
  tcgetattr(fd: number): Termios {
    return this.tty(fd).tty.termios
  }
  tcsetattr(fd: number, termios: Termios): void {
    this.tty(fd).tty.setTermios(termios)
  }
  tcgetpgrp(fd: number): number {
    const { tty } = this.tty(fd)
    if (this.task.session.tty !== tty) throw new Errno('ENOTTY')
    return tty.foreground?.leader.pidIn(this.task.ns.pid) ?? 0
  }
  tcsetpgrp(fd: number, pgid: number): void {
    const { tty } = this.tty(fd)
    if (this.task.session.tty !== tty) throw new Errno('ENOTTY')
    const { tasks } = this.task.ns.pid
    const group = findGroup(tasks.get(pgid), tasks.values(), pgid, this.task)
    if (!group) throw new Errno('ESRCH')
    if (group.session !== this.task.session) throw new Errno('EPERM')
    tty.foreground = group
    tty.queue.wake()
  }
  getWindowSize(fd: number): WindowSize {
    return this.tty(fd).tty.size
  }
  setWindowSize(fd: number, size: WindowSize): void {
    this.tty(fd).tty.resize(size)
  }
  setControllingTty(fd: number): void {
    const { tty } = this.tty(fd)
    if (this.task.session.leader !== this.task || (tty.session && tty.session !== this.task.session)) throw new Errno('EPERM')
    this.task.session.tty = tty
    tty.session = this.task.session
    tty.foreground = this.task.group
  }
  openPty(size: WindowSize = { cols: 80, rows: 24 }): { master: number; slave: number; path: string } {
    const at = resolve(this.task, '/dev/pts')
    const { fs } = at.mount
    if (!(fs instanceof DevptsFs)) throw new Errno('ENODEV')
    const tty = fs.create(size, this.task.credentials.fsuid, null)
    const inode = fs.root.lookup(String(tty.index))
    const ptmx = fs.root.lookup('ptmx')
    if (!inode || !ptmx) throw new Errno('ENODEV')
    const master = this.install(new PtyMaster(tty, { mount: at.mount, inode: ptmx, parent: at, name: 'ptmx' }, { read: true, write: true }, () => fs.drop(tty)))
    const slave = this.install(new TtyFile(tty, { mount: at.mount, inode, parent: at, name: String(tty.index) }, { read: true, write: true, noCtty: true }))
    return { master, slave, path: `/dev/pts/${tty.index}` }
  }

  // ── sockets ───────────────────────────────────────────────────────────────────────────────────────────
  private socketFile(fd: number): SocketFile {
    const file = this.file(fd)
    if (!(file instanceof SocketFile)) throw new Errno('ENOTSOCK')
    return file
  }
  socket(family: 'inet' | 'inet6' | 'unix', type: 'stream' | 'dgram' | 'raw'): number {
    return this.install(new SocketFile(newSocket(this.task, family, type), this.now()))
  }
  bind(fd: number, address: SocketAddress): void {
    bindSocket(this.task, this.socketFile(fd).socket, address)
  }
  listen(fd: number, backlog: number): void {
    listenSocket(this.socketFile(fd).socket, backlog)
  }
  *accept(fd: number): Run<{ fd: number; peer: SocketAddress }> {
    const socket = yield* acceptSocket(this.task, this.socketFile(fd).socket)
    return { fd: this.install(new SocketFile(socket, this.now())), peer: socket.peerAddress }
  }
  connect(fd: number, address: SocketAddress): Run {
    return connectSocket(this.task, this.socketFile(fd).socket, address)
  }
  getsockname(fd: number): SocketAddress {
    return this.socketFile(fd).socket.localAddress
  }
  getpeername(fd: number): SocketAddress {
    return this.socketFile(fd).socket.peerAddress
  }
  shutdown(fd: number, how: 'read' | 'write' | 'both'): void {
    this.socketFile(fd).socket.shutdown(how)
  }
  serve(path: string, service: Service): void {
    const at = create(this.task, path, (now) => ({ kind: 'sock', mode: 0o660, ...owner(this.task), now }))
    bindService(at.inode, this.task, service)
  }
  servePort(port: number, service: Service, address = '0.0.0.0'): void {
    const fd = this.socket('inet', 'stream')
    this.bind(fd, { family: 'inet', address, port })
    this.listen(fd, 4096)
    const { socket } = this.socketFile(fd)
    if (socket instanceof TcpSocket) socket.service = service
    ownService(this.task, service)
  }
  *dialPort(address: string, port: number): Run<{ service: Service; fd: number }> {
    const fd = this.socket('inet', 'stream')
    try {
      yield* this.connect(fd, { family: 'inet', address, port })
    } catch (error) {
      this.close(fd)
      throw error
    }
    const { socket } = this.socketFile(fd)
    if (socket instanceof TcpSocket && socket.service) return { service: socket.service, fd }
    this.close(fd)
    throw new Errno('ECONNRESET')
  }
  dial(path: string): Service {
    const { inode } = resolve(this.task, path)
    if (inode.kind !== 'sock') throw new Errno('ECONNREFUSED')
    return serviceOf(inode)
  }
  call<S extends Service, T>(service: S, work: (service: S) => Run<T>): Run<T> {
    return callService(this.task, service, work)
  }

  // ── the machine ───────────────────────────────────────────────────────────────────────────────────────
  *load(name: string): Run<unknown> {
    const asset = this.task.kernel.asset(name)
    while (!asset.done) yield 'loading'
    if (asset.value === undefined) throw new Errno('ENOENT')
    return asset.value
  }
  pinned(what: string): string | undefined {
    const { pins } = this.task.kernel
    const value = pins.get(what)
    pins.delete(what)
    return value
  }
  allotted(what: string): 'granted' | 'exhausted' {
    const { allotments } = this.task.kernel
    const left = allotments.get(what)
    if (left === undefined) return 'granted'
    allotments.set(what, Math.max(0, left - 1))
    return left > 0 ? 'granted' : 'exhausted'
  }
  get net(): Netlink {
    return netlinkOf(this.task)
  }
  get ipc(): IpcNamespace {
    return this.task.ns.ipc
  }
}

function join(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
