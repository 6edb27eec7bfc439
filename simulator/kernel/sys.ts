/**
 * The system calls: the only door between a program and its node. Each task has its own `Sys`. Calls that can block are
 * coroutines (`yield* sys.read(…)`); the others answer at once. Failures throw `Errno`. Names and meanings follow
 * section 2 of the Linux manual; what differs is said at the call.
 */
import type { Credentials } from './credentials'
import type { Rlimits } from './rlimits'
import type { Run } from './run'
import type { Timespec } from './time'
import type { Termios, WindowSize } from './tty/termios'
import type { NamespaceType } from './namespaces/types'
import type { WaitQueue } from './waitqueue'

export type FileKind = 'file' | 'dir' | 'link' | 'chr' | 'blk' | 'fifo' | 'sock'

/** stat(2). `mode` holds permission bits only (07777); `kind` the type. Sizes in bytes, `blocks` of 512 bytes. */
export interface Stat {
  readonly dev: number
  readonly ino: number
  readonly kind: FileKind
  readonly mode: number
  readonly nlink: number
  readonly uid: number
  readonly gid: number
  readonly rdev: number
  readonly size: number
  readonly blksize: number
  readonly blocks: number
  readonly atime: Timespec
  readonly mtime: Timespec
  readonly ctime: Timespec
  /** Birth (statx(2)), where the file system knows it. */
  readonly btime?: Timespec
}

export interface DirEntry {
  readonly name: string
  readonly ino: number
  readonly kind: FileKind
}

export interface OpenFlags {
  readonly read?: boolean
  readonly write?: boolean
  readonly append?: boolean
  readonly create?: boolean
  readonly exclusive?: boolean
  readonly truncate?: boolean
  readonly directory?: boolean
  readonly noFollow?: boolean
  readonly closeOnExec?: boolean
  readonly nonBlock?: boolean
  readonly noCtty?: boolean
}

/** How a child ended or changed (wait(2)). */
export type WaitStatus =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signo: number; readonly core: boolean }
  | { readonly kind: 'stopped'; readonly signo: number }
  | { readonly kind: 'continued' }

export interface WaitOptions {
  readonly noHang?: boolean
  readonly untraced?: boolean
  readonly continued?: boolean
}

/** A handler runs between two steps of the program, never inside one; a blocked call then fails with EINTR. */
export type Disposition = 'default' | 'ignore' | ((signo: number) => void)

export interface CloneOptions {
  /** New namespaces for the child (clone(2) CLONE_NEW*). */
  readonly unshare?: readonly NamespaceType[]
  /** The pid to give the child in the caller's pid namespace (clone3(2) set_tid, one level). */
  readonly setTid?: number
  /** The new task becomes a child of the caller's parent (CLONE_PARENT). */
  readonly parent?: 'caller' | 'parent-of-caller'
}

export interface PollRequest {
  readonly fd: number
  readonly read?: boolean
  readonly write?: boolean
}

export interface PollResult {
  readonly fd: number
  readonly readable: boolean
  readonly writable: boolean
  readonly hangup: boolean
}

export interface Utsname {
  readonly sysname: string
  readonly nodename: string
  readonly release: string
  readonly version: string
  readonly machine: string
  readonly domainname: string
}

export interface StatFs {
  readonly type: string
  readonly blockSize: number
  readonly blocks: number
  readonly free: number
  readonly available: number
  readonly files: number
  readonly filesFree: number
}

export type SocketAddress =
  | { readonly family: 'inet'; readonly address: string; readonly port: number }
  | { readonly family: 'inet6'; readonly address: string; readonly port: number }
  | { readonly family: 'unix'; readonly path: string }

/**
 * A typed service behind a unix socket: what a gRPC server is on a real node. Its methods are coroutines that run as
 * goroutines of the serving task: a caller that dies does not stop them, and when the server dies callers get `Unavailable`.
 */
export type Service = object

/** An open file that a message of a unix socket carries (SCM_RIGHTS, unix(7)). */
export type PassedFile = object

export interface Futex {
  wait(timeoutNs?: number): Run<'woken' | 'timeout'>
  wake(): void
}

export interface Sys {
  // ── identity ──────────────────────────────────────────────────────────────────────────────────────────
  /** The task's pid in its own pid namespace. */
  readonly pid: number
  readonly ppid: number
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly credentials: Credentials
  setCredentials(next: Partial<Credentials>): void
  uname(): Utsname
  setHostname(name: string): void
  setDomainname(name: string): void
  getRlimits(): Rlimits
  setRlimit(name: keyof Rlimits, soft: number, hard: number): void
  getNice(): number
  setNice(value: number, pid?: number): void
  umask(mask?: number): number

  // ── processes ─────────────────────────────────────────────────────────────────────────────────────────
  /** fork(2)/clone(2): starts a child that runs `main` and exits with its value. Returns its pid as the caller sees it. EAGAIN when pids.max or RLIMIT_NPROC is met. */
  fork(main: (sys: Sys) => Run<number>, options?: CloneOptions): number
  /**
   * execve(2): replaces this task's program; does not return when it succeeds. Scripts (`#!`) run by their interpreter.
   * A little virtual time passes before the new program takes its first step. `argv[0]` is the caller's choice.
   */
  exec(path: string, argv: readonly string[], env: ReadonlyMap<string, string>): Run<never>
  exit(code: number): never
  /** wait4(2). `pid` > 0 that child, -1 any, 0 own group, < -1 that group. Null with noHang and nothing to tell. ECHILD, EINTR. */
  wait(pid: number, options?: WaitOptions): Run<{ pid: number; status: WaitStatus } | null>
  /** kill(2): pid > 0 one, 0 own group, -1 all, < -1 a group. signo 0 only checks. ESRCH, EPERM, EINVAL. */
  kill(pid: number, signo: number): void
  signal(signo: number, disposition: Disposition): Disposition
  /** sigprocmask(2): sets the blocked set, returns the old one. */
  blockSignals(signals: ReadonlySet<number>): ReadonlySet<number>
  /** Waits for any signal whose handler runs (pause(2)). */
  pause(): Run<never>
  getpgid(pid?: number): number
  setpgid(pid: number, pgid: number): void
  getsid(pid?: number): number
  setsid(): number
  /** prctl(2) PR_SET_CHILD_SUBREAPER. */
  setChildSubreaper(): void
  /** prctl(2) PR_SET_NAME: the task's comm, cut to 15 bytes. */
  setName(comm: string): void
  /** What a program does to show itself otherwise in ps (setproctitle(3)): its argv becomes this one string. */
  setTitle(title: string): void
  /** Starts a goroutine: a second coroutine of this same task. It dies with the task. */
  go(run: Run<void>): void
  /** A futex(2) that the coroutines of this program share: `wait` blocks until another wakes it or the time is over. EINTR. */
  futex(): Futex
  /** Gives a new thread (a tid that /proc/PID/task shows and that uses up a pid). */
  createThread(comm?: string): number
  setns(fd: number, type?: NamespaceType): void
  /** ioctl_ns(2) NS_GET_PARENT and NS_GET_USERNS of the namespace that a path leads to: numbers, or null where the caller may not see it. */
  namespaceRelations(path: string): { readonly parent: number | null; readonly owner: number | null }
  unshare(types: readonly NamespaceType[]): void
  chroot(path: string): void
  /** pivot_root(2): `path` becomes the root of this mount namespace, the old root is mounted on `putOld`, or detached as runc does it. */
  pivotRoot(path: string, putOld?: string): void

  // ── time ──────────────────────────────────────────────────────────────────────────────────────────────
  /** clock_gettime(CLOCK_REALTIME). */
  now(): Timespec
  /** CLOCK_MONOTONIC in nanoseconds since boot. */
  monotonic(): number
  /** When this task began, on the same clock (proc(5), starttime). */
  readonly startTime: number
  /** Sleeps so many nanoseconds of virtual time. EINTR. */
  sleep(ns: number): Run
  /** futex(2): waits until another coroutine of this process (or a service that shares the queue) wakes it, or the time is up. EINTR. */
  waitOn(queue: WaitQueue, timeoutNs?: number): Run
  /** CPU time used by this task and by its waited-for children, nanoseconds. */
  times(): { user: number; system: number; childUser: number; childSystem: number }
  /** Accounts for computation: one unit is about a microsecond. Long loops call it, so that they can be preempted: `if (sys.spend(n)) yield 'preempted'`. `cost`: what it costs the host, where that is much more; it shortens the slice only. */
  spend(units: number, cost?: number): boolean
  /** Deterministic random 32-bit number (the machine's seeded generator, getrandom(2)). */
  random(): number

  // ── files ─────────────────────────────────────────────────────────────────────────────────────────────
  /** open(2). Opening a FIFO blocks as on a real node. Returns the lowest free descriptor. */
  open(path: string, flags: OpenFlags, mode?: number): Run<number>
  close(fd: number): void
  /** read(2): at most `count` bytes; empty at the end. EINTR, EAGAIN, EISDIR. */
  read(fd: number, count: number): Run<Uint8Array>
  /** write(2) in full (loops over short writes). A closed pipe raises SIGPIPE, then EPIPE. The bytes must not be changed afterwards: a file may keep them. */
  write(fd: number, bytes: Uint8Array): Run<number>
  lseek(fd: number, offset: number, whence: 'set' | 'cur' | 'end'): number
  ftruncate(fd: number, size: number): void
  dup(fd: number, atLeast?: number): number
  dup2(from: number, to: number): number
  pipe(): { read: number; write: number }
  setCloseOnExec(fd: number, on: boolean): void
  isOpen(fd: number): boolean
  /** Open descriptors, ascending. */
  descriptors(): number[]
  poll(requests: readonly PollRequest[], timeoutNs?: number): Run<PollResult[]>
  stat(path: string): Stat
  lstat(path: string): Stat
  fstat(fd: number): Stat
  /** access(2) with the real ids. */
  access(path: string, want: { read?: boolean; write?: boolean; execute?: boolean }): boolean
  /** getdents(2) of a directory, without . and .., in the file system's order (sorted only by who shows it). */
  readdir(path: string): DirEntry[]
  readlink(path: string): string
  mkdir(path: string, mode?: number): void
  rmdir(path: string): void
  unlink(path: string): void
  rename(from: string, to: string): void
  link(from: string, to: string): void
  symlink(target: string, path: string): void
  mknod(path: string, kind: 'fifo' | 'chr' | 'blk' | 'sock' | 'file', mode: number, rdev?: number): void
  chmod(path: string, mode: number): void
  chown(path: string, uid: number, gid: number, options?: { noFollow?: boolean }): void
  utimes(path: string, atime: Timespec | 'now' | 'omit', mtime: Timespec | 'now' | 'omit', options?: { noFollow?: boolean }): void
  truncate(path: string, size: number): void
  chdir(path: string): void
  /** fchdir(2): to the directory at a descriptor. ENOTDIR. */
  fchdir(fd: number): void
  getcwd(): string
  /** The absolute path with links resolved (realpath(3)). */
  realpath(path: string): string
  statfs(path: string): StatFs
  /** Whole file in one go (open, read to the end, close). May block on a FIFO or tty. */
  readFile(path: string): Run<Uint8Array>
  /** The same as text. What the kernel itself writes (/proc) is text already and takes no detour over bytes. */
  readText(path: string): Run<string>
  writeFile(path: string, bytes: Uint8Array, options?: { append?: boolean; mode?: number }): Run
  /** mount(2): source, target, file system type ('bind' binds source), comma-separated options. */
  mount(source: string, target: string, type: string, options: string): void
  umount(target: string, options?: { detach?: boolean }): void
  /** flock(2). EAGAIN when another has it and `wait` says not to wait, or the time is over. EINTR. */
  flock(fd: number, kind: 'shared' | 'exclusive', wait: 'wait' | 'fail', timeoutNs?: number): Run
  /** flock(2) LOCK_UN. */
  funlock(fd: number): void

  // ── terminals ─────────────────────────────────────────────────────────────────────────────────────────
  isatty(fd: number): boolean
  /** ttyname(3), as `/dev/pts/0`. ENOTTY. */
  ttyname(fd: number): string
  tcgetattr(fd: number): Termios
  tcsetattr(fd: number, termios: Termios): void
  tcgetpgrp(fd: number): number
  tcsetpgrp(fd: number, pgid: number): void
  getWindowSize(fd: number): WindowSize
  setWindowSize(fd: number, size: WindowSize): void
  /** TIOCSCTTY: makes the tty at `fd` the controlling terminal of this session. */
  setControllingTty(fd: number): void
  /** posix_openpt(3): a new pseudo-terminal; `path` of its slave, as seen in this mount namespace. */
  openPty(size?: WindowSize): { master: number; slave: number; path: string }

  // ── sockets ───────────────────────────────────────────────────────────────────────────────────────────
  socket(family: 'inet' | 'inet6' | 'unix', type: 'stream' | 'dgram' | 'raw'): number
  bind(fd: number, address: SocketAddress): void
  /** setsockopt(2) of IPV6_V6ONLY (ipv6(7)): a socket of `::` leaves what comes by IPv4 to others. Before bind(2); EINVAL after it. */
  setV6Only(fd: number): void
  listen(fd: number, backlog: number): void
  accept(fd: number): Run<{ fd: number; peer: SocketAddress }>
  /** connect(2): ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT as topology has it. */
  connect(fd: number, address: SocketAddress): Run
  getsockname(fd: number): SocketAddress
  getpeername(fd: number): SocketAddress
  shutdown(fd: number, how: 'read' | 'write' | 'both'): void
  /** Serves `service` on a unix socket path (bind, listen, accept in one); the descriptor that listens. */
  serve(path: string, service: Service): number
  /** Serves `service` on a TCP port of this network namespace: what an HTTPS API is on a real node. EADDRINUSE. */
  servePort(port: number, service: Service, address?: string): void
  /** Connects to a service on a port; the topology decides as for connect(2). `fd` is the connection. */
  dialPort(address: string, port: number): Run<{ service: Service; fd: number }>
  /** Connects to a service served on `path`, for use with `yield* sys.call`. ENOENT, ECONNREFUSED. */
  dial(path: string): Service
  /**
   * Runs `work` as a goroutine of the task that serves `service` and waits for its value. What `work` throws is thrown here.
   * EINTR leaves the work running. ECONNRESET when the server dies meanwhile.
   */
  call<S extends Service, T>(service: S, work: (service: S) => Run<T>): Run<T>
  /** Puts a descriptor's file into a message, and takes it out of one as a descriptor of the receiver (closed by execve). EBADF. */
  passDescriptor(fd: number): PassedFile
  takeDescriptor(passed: PassedFile): number
  /** Waits until a service's connection is lost: the task that serves it has ended (POLLHUP of poll(2)). EINTR. */
  hangup(service: Service): Run

  // ── the machine ───────────────────────────────────────────────────────────────────────────────────────
  /** What the host loads when it is first needed (a WebAssembly tool, a program). The machine stands still meanwhile: no time passes on it. ENOENT. */
  load(name: string): Run<unknown>
  /** Takes the value that the scenario fixes for what is about to be made (`sandbox default/mypod id`); undefined: draw one. */
  pinned(what: string): string | undefined
  /** Takes one of what the scenario allots of something beyond the machine (`pulls docker.io`). */
  allotted(what: string): 'granted' | 'exhausted'
  /** Network configuration of this task's network namespace: what netlink(7) gives. */
  readonly net: import('./net/rtnetlink').Netlink
  /** System V and POSIX IPC of this task's ipc namespace. */
  readonly ipc: import('./namespaces/ipc').IpcNamespace
}
