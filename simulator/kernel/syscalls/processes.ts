/** Birth, death and company of tasks: fork, exec, wait, signals, groups, sessions, threads, namespaces. */
import { clone, joinNamespace, startThread, unshare } from '../clone'
import { Errno } from '../errno'
import { TaskExit } from '../exit'
import { NamespaceInode } from '../fs/nsfs'
import { PidNamespace } from '../namespaces/pid'
import { UserNamespace } from '../namespaces/simple'
import { NAMESPACE_TYPES, type NamespaceType } from '../namespaces/types'
import type { Run } from '../run'
import { deliverPending, findGroup, killByPid } from '../signal'
import { SIG } from '../signals'
import type { CloneOptions, Disposition, Futex, Sys, WaitOptions, WaitStatus } from '../sys'
import { ProcessGroup, Session, type Task } from '../task'
import { Directory } from '../vfs/inode'
import { resolve } from '../vfs/namei'
import { exchangeRoot, pivotRoot } from '../vfs/pivot'
import { waitFor } from '../wait'
import { WaitQueue } from '../waitqueue'
import { IdentityCalls } from './identity'

export abstract class ProcessCalls extends IdentityCalls {
  fork(main: (sys: Sys) => Run<number>, options?: CloneOptions): number {
    this.spend(50)
    return clone(this.task, main, options).pidIn(this.task.ns.pid)
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
}
