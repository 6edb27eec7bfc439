/** How a task is born: clone(2), fork(2), unshare(2), setns(2) (kernel/fork.c, nsproxy.c). */
import { capable } from './credentials'
import { Errno } from './errno'
import type { Kernel } from './kernel'
import { IpcNamespace } from './namespaces/ipc'
import type { Namespace } from './namespaces/namespace'
import { PidNamespace } from './namespaces/pid'
import { CgroupNamespace, TimeNamespace } from './namespaces/simple'
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

/** Starts a child of `parent` that runs `main`. */
export function clone(parent: Task, main: (sys: Sys) => Run<number>, options: CloneOptions = {}): Task {
  const { kernel } = parent
  if (options.unshare?.length && !capable(parent.credentials, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
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
    ns: { ...made.ns, pid: pidNs },
    credentials: parent.credentials,
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

/** The namespaces of a child or of an unsharing task, and how places in the old mounts are found in the new ones. */
export function newNamespaces(task: Task, types: readonly NamespaceType[]): { ns: Namespaces; move: (at: Location) => Location } {
  const { kernel } = task
  let { ns } = task
  let move = (at: Location): Location => at
  for (const type of types) {
    const inum = kernel.namespaceInode()
    switch (type) {
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
        const copy = copyMounts(kernel, ns.mnt, inum)
        ns = { ...ns, mnt: copy.ns }
        move = copy.move
        break
      }
      case 'cgroup':
        ns = { ...ns, cgroup: new CgroupNamespace(inum, ns.cgroup.roots) }
        break
      default:
        throw new Errno('EINVAL')
    }
  }
  return { ns, move }
}

/** copy_mnt_ns: every mount again, at the same places. */
function copyMounts(kernel: Kernel, from: MountNamespace, inum: number): { ns: MountNamespace; move: (at: Location) => Location } {
  const copies = new Map<Mount, Mount>()
  const move = (at: Location): Location => {
    const mount = copies.get(at.mount) ?? at.mount
    return { mount, inode: at.inode, parent: at.parent ? move(at.parent) : null, name: at.name }
  }
  const ns = new MountNamespace(inum)
  for (const mount of from.mounts) {
    const copy = new Mount({ id: kernel.mountId(), fs: mount.fs, root: mount.root, rootPath: mount.rootPath, source: mount.source, point: mount.point ? move(mount.point) : null, flags: mount.flags, propagation: mount.propagation })
    copies.set(mount, copy)
    ns.attach(copy)
  }
  return { ns, move }
}

/** unshare(2). */
export function unshare(task: Task, types: readonly NamespaceType[]): void {
  if (types.length > 0 && !capable(task.credentials, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  const { ns, move } = newNamespaces(task, types)
  releaseNet(task.kernel, task.ns.net)
  task.ns = ns
  task.root = move(task.root)
  task.cwd = move(task.cwd)
}

/** setns(2): joins a namespace; a pid namespace only for children to come. */
export function joinNamespace(task: Task, ns: Namespace): void {
  if (!capable(task.credentials, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  if (ns instanceof PidNamespace) {
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
  else if (ns instanceof TimeNamespace) task.ns = { ...task.ns, time: ns }
  else throw new Errno('EINVAL')
}
