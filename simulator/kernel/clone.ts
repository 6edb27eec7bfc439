/** How a task is born: clone(2), fork(2), unshare(2), setns(2) (kernel/fork.c, nsproxy.c). */
import { ALL_CAPABILITIES, type Credentials, capable, capableIn } from './credentials'
import { Errno } from './errno'
import type { Kernel } from './kernel'
import { IpcNamespace } from './namespaces/ipc'
import type { Namespace } from './namespaces/namespace'
import { PidNamespace } from './namespaces/pid'
import { CgroupNamespace, TimeNamespace, UserNamespace } from './namespaces/simple'
import type { NamespaceType } from './namespaces/types'
import { UtsNamespace } from './namespaces/uts'
import { releaseNet } from './net/cleanup'
import { NetNamespace } from './net/namespace'
import type { Run } from './run'
import type { CloneOptions, Sys } from './sys'
import { Syscalls } from './syscalls'
import { type Namespaces, PF_FORKNOEXEC, PF_SUPERPRIV, Task, Thread } from './task'
import { type Location, rootOf } from './vfs/location'
import { Mount, MountNamespace } from './vfs/mount'
import { copyPropagation } from './vfs/peers'

/** Starts a child of `parent` that runs `main`. */
export function clone(parent: Task, main: (sys: Sys) => Run<number>, options: CloneOptions = {}): Task {
  const { kernel } = parent
  mayUnshare(parent, options.unshare ?? [])
  if (parent.ns.pidForChildren.init === null && parent.ns.pidForChildren !== parent.ns.pid && parent.ns.pidForChildren.lastPid > 0) throw new Errno('ENOMEM')
  const limit = parent.rlimits.nproc.soft
  if (!capable(parent.credentials, 'CAP_SYS_RESOURCE') && parent.credentials.uid !== 0 && countOf(kernel, parent.credentials.uid) >= limit) throw new Errno('EAGAIN')
  if (kernel.isFull) throw new Errno('EAGAIN')
  const made = newNamespaces(parent, options.unshare ?? [])
  const pidNs = made.ns.pidForChildren
  const pids = allocatePids(pidNs, parent.ns.pid, options.setTid)
  const child = new Task({
    kernel,
    pids,
    parent: options.parent === 'parent-of-caller' ? parent.parent : parent,
    group: parent.group,
    ns: { ...made.ns, pid: pidNs, time: entered(made.ns.timeForChildren) },
    credentials: made.credentials,
    rlimits: parent.rlimits,
    root: made.move(parent.root),
    cwd: made.move(parent.cwd),
    startTime: kernel.clock.monotonic + kernel.scheduler.usedNs,
  })
  try {
    kernel.cgroups?.fork(parent, child)
  } catch (error) {
    child.group.members.delete(child)
    throw error
  }
  for (const { ns, pid } of pids) ns.tasks.set(pid, child)
  if (pidNs.init === null && child.pid === 1) pidNs.init = child
  child.parent?.children.add(child)
  inherit(parent, child)
  const sys = new Syscalls(child)
  kernel.start(child, main(sys))
  return child
}

/** clone(2) with CLONE_THREAD: EAGAIN as for a process. */
export function startThread(task: Task, comm = task.comm): Thread {
  if (task.kernel.isFull) throw new Errno('EAGAIN')
  task.kernel.cgroups?.startThread(task)
  const pids = task.pids.map(({ ns }) => ({ ns, pid: ns.allocate() }))
  for (const { ns, pid } of pids) ns.threads.set(pid, task)
  const thread = new Thread(pids, comm, task.kernel.clock.monotonic + task.kernel.scheduler.usedNs)
  task.threads.push(thread)
  return thread
}

function inherit(parent: Task, child: Task): void {
  child.umask = parent.umask
  child.comm = parent.comm
  child.argv = parent.argv
  child.env = parent.env
  child.exe = parent.exe
  child.memory = parent.memory
  child.nice = parent.nice
  child.oomScoreAdj = parent.oomScoreAdj
  child.loginUid = parent.loginUid
  child.sessionId = parent.sessionId
  child.blocked = parent.blocked
  child.flags = (parent.flags & ~PF_SUPERPRIV) | PF_FORKNOEXEC
  for (const [signo, disposition] of parent.dispositions) child.dispositions.set(signo, disposition)
  for (const [fd, { file, closeOnExec }] of parent.fds) child.fds.set(fd, { file: file.acquire(), closeOnExec })
}

function allocatePids(ns: PidNamespace, caller: PidNamespace, wanted: number | undefined): { ns: PidNamespace; pid: number }[] {
  const chain: PidNamespace[] = []
  for (let at: PidNamespace | null = ns; at; at = at.parent) chain.unshift(at)
  return chain.map((at) => ({ ns: at, pid: at.allocate(at === caller ? wanted : undefined) }))
}

/** Processes and threads of a user, which RLIMIT_NPROC bounds. */
function countOf(kernel: Kernel, uid: number): number {
  let count = 0
  for (const task of kernel.pidNamespace.tasks.values()) if (task.credentials.uid === uid) count += 1 + task.threads.length
  return count
}

/** Whoever makes a user namespace may make the others in it (user_namespaces(7)). */
function mayUnshare(task: Task, types: readonly NamespaceType[]): void {
  if (types.length > 0 && !types.includes('user') && !capableIn(task.credentials, task.ns.user, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
}

/** The offsets of a time namespace stand once somebody is in it. */
export function entered(time: TimeNamespace): TimeNamespace {
  time.entered = true
  return time
}

/** All privileges, in a user namespace and nowhere else. */
const privilegedIn = (credentials: Credentials, scope: UserNamespace | undefined): Credentials => ({
  ...credentials, capInheritable: 0n, capPermitted: ALL_CAPABILITIES, capEffective: ALL_CAPABILITIES, capBounding: ALL_CAPABILITIES, capAmbient: 0n, scope,
})

interface Made {
  readonly ns: Namespaces
  readonly credentials: Credentials
  /** How places in the old mounts are found in the new ones. */
  readonly move: (at: Location) => Location
}

/** The namespaces of a child or of an unsharing task. */
export function newNamespaces(task: Task, types: readonly NamespaceType[]): Made {
  const { kernel } = task
  let { ns } = task
  let { credentials } = task
  let move = (at: Location): Location => at
  // The user namespace first: the others belong to it.
  for (const type of types.includes('user') ? ['user' as const, ...types.filter((t) => t !== 'user')] : types) {
    const inum = kernel.namespaceInode()
    switch (type) {
      case 'user':
        ns = { ...ns, user: new UserNamespace(inum, ns.user, task.credentials.euid) }
        credentials = privilegedIn(credentials, ns.user)
        break
      case 'time':
        ns = { ...ns, timeForChildren: new TimeNamespace(inum, ns.timeForChildren) }
        break
      case 'uts':
        ns = { ...ns, uts: new UtsNamespace(inum, ns.uts.hostname, ns.uts.domainname) }
        break
      case 'ipc':
        ns = { ...ns, ipc: new IpcNamespace(inum) }
        break
      case 'net':
        ns = { ...ns, net: new NetNamespace(inum, kernel) }
        break
      case 'pid':
        // Only one level deeper at a time (kernel/pid_namespace.c, copy_pid_ns).
        if (ns.pidForChildren !== ns.pid) throw new Errno('EINVAL')
        ns = { ...ns, pidForChildren: new PidNamespace(inum, ns.pidForChildren) }
        break
      case 'mnt': {
        const copy = copyMounts(kernel, ns.mnt, inum, (ns.user.isFirst ? null : ns.user) === ns.mnt.owner ? 'peer' : 'slave')
        ns = { ...ns, mnt: copy.ns }
        move = copy.move
        break
      }
      case 'cgroup':
        ns = { ...ns, cgroup: new CgroupNamespace(inum, kernel.cgroups?.pathsOf(task)) }
        break
    }
    const made = type === 'pid' ? ns.pidForChildren : type === 'time' ? ns.timeForChildren : ns[type]
    if (type !== 'user' && !ns.user.isFirst) made.owner = ns.user
  }
  return { ns, credentials, move }
}

/** copy_mnt_ns: every mount again, at the same places. Another user namespace is told of mounts and tells of none. */
function copyMounts(kernel: Kernel, from: MountNamespace, inum: number, as: 'peer' | 'slave'): { ns: MountNamespace; move: (at: Location) => Location } {
  const copies = new Map<Mount, Mount>()
  const move = (at: Location): Location => {
    const mount = copies.get(at.mount) ?? at.mount
    return { mount, inode: at.inode, parent: at.parent ? move(at.parent) : null, name: at.name }
  }
  const ns = new MountNamespace(inum)
  for (const mount of from.mounts) copies.set(mount, new Mount({ id: kernel.mountId(), fs: mount.fs, root: mount.root, rootPath: mount.rootPath, source: mount.source, point: null, flags: mount.flags }))
  // A mount that was moved may stand before the one that it lies on.
  for (const [mount, copy] of copies) {
    copyPropagation(copy, mount, as)
    copy.unbindable = mount.unbindable
    copy.locked = mount.locked || as === 'slave'
    copy.point = mount.point && move(mount.point)
    ns.attach(copy)
  }
  return { ns, move }
}

/** unshare(2). */
export function unshare(task: Task, types: readonly NamespaceType[]): void {
  mayUnshare(task, types)
  // Threads of one process share their user namespace.
  if (types.includes('user') && task.threads.length > 0) throw new Errno('EINVAL')
  const { ns, credentials, move } = newNamespaces(task, types)
  releaseNet(task.kernel, task.ns.net)
  task.ns = ns
  task.credentials = credentials
  task.root = move(task.root)
  task.cwd = move(task.cwd)
}

/** setns(2): joins a namespace; a pid namespace only for children to come. */
export function joinNamespace(task: Task, ns: Namespace): void {
  const owner = ns instanceof UserNamespace ? ns : ns.owner
  if (!capableIn(task.credentials, owner, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  if (ns instanceof UserNamespace) {
    if (ns === task.ns.user || task.threads.length > 0) throw new Errno('EINVAL')
    task.ns = { ...task.ns, user: ns }
    task.credentials = privilegedIn(task.credentials, ns.isFirst ? undefined : ns)
  } else if (ns instanceof PidNamespace) {
    if (!task.ns.pid.holds(ns)) throw new Errno('EINVAL')
    task.ns = { ...task.ns, pidForChildren: ns }
  } else if (ns instanceof MountNamespace) {
    task.ns = { ...task.ns, mnt: ns }
    task.root = task.cwd = ns.descend(rootOf(ns.root.mount))
  } else if (ns instanceof UtsNamespace) task.ns = { ...task.ns, uts: ns }
  else if (ns instanceof IpcNamespace) task.ns = { ...task.ns, ipc: ns }
  else if (ns instanceof NetNamespace) {
    releaseNet(task.kernel, task.ns.net)
    task.ns = { ...task.ns, net: ns }
  }
  else if (ns instanceof CgroupNamespace) task.ns = { ...task.ns, cgroup: ns }
  else if (ns instanceof TimeNamespace) task.ns = { ...task.ns, time: entered(ns), timeForChildren: ns }
  else throw new Errno('EINVAL')
}
