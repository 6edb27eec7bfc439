/**
 * Random programs of fork, exec, exit, signals, wait, groups, sessions, namespaces and mounts: whatever they do, what the kernel keeps
 * stays consistent. The programs are tasks that wait to be told their next system call.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bootTestNode, type TestNode } from '../testing/node'
import { Cgroups } from './cgroups/cgroups'
import type { Group } from './cgroups/group'
import { Errno } from './errno'
import { NamespaceInode } from './fs/nsfs'
import type { Kernel } from './kernel'
import type { Namespace } from './namespaces/namespace'
import type { PidNamespace } from './namespaces/pid'
import { NAMESPACE_TYPES, type NamespaceType } from './namespaces/types'
import { NetNamespace } from './net/namespace'
import { type Pipe, PipeEnd } from './pipe'
import { finish, type Run } from './run'
import { SIG } from './signals'
import type { Sys } from './sys'
import { Syscalls } from './syscalls'
import type { Task } from './task'
import type { OpenFile } from './vfs/openfile'
import { seed } from '../testing/seed'

type Op =
  | { readonly do: 'fork'; readonly unshare: readonly NamespaceType[]; readonly parent: 'caller' | 'parent-of-caller' }
  | { readonly do: 'kill'; readonly whom: number; readonly signo: number }
  | { readonly do: 'wait'; readonly pid: number }
  | { readonly do: 'exit' | 'exec' | 'setsid' | 'setpgid' | 'subreaper' | 'thread' | 'pipe' | 'close' | 'ignore-children' | 'handle-term' | 'tmpfs' | 'umount' | 'chdir' | 'pty' | 'socket' }
  | { readonly do: 'unshare'; readonly types: readonly NamespaceType[] }
  | { readonly do: 'setns'; readonly whom: number; readonly type: NamespaceType }
  | { readonly do: 'hold'; readonly whom: number; readonly type: NamespaceType }
  | { readonly do: 'bind'; readonly whom: number; readonly type: NamespaceType }
  | { readonly do: 'group'; readonly group: number }
  | { readonly do: 'share'; readonly kind: string; readonly at: string }
  | { readonly do: 'bind-tree' | 'move' | 'mount'; readonly from: string; readonly at: string }
  | { readonly do: 'unmount'; readonly at: string; readonly how: 'detach' | 'busy-fails' }

const PLACES = ['/tmp/mnt0', '/tmp/mnt1', '/tmp/mnt0/a', '/tmp/mnt1/a']
const place = fc.constantFrom(...PLACES)
const anyNamespace = fc.constantFrom(...NAMESPACE_TYPES)
const someNamespaces = fc.uniqueArray(anyNamespace, { maxLength: 3 })
const whom = fc.nat(30)
const operation: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fork' as const), unshare: someNamespaces, parent: fc.constantFrom('caller' as const, 'caller' as const, 'parent-of-caller' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('kill' as const), whom, signo: fc.constantFrom<number>(SIG.SIGKILL, SIG.SIGTERM, SIG.SIGSTOP, SIG.SIGCONT, SIG.SIGTSTP, SIG.SIGUSR1, SIG.SIGCHLD, SIG.SIGHUP) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), pid: fc.constantFrom(-1, 0, 1, 2, 5) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('exit' as const, 'exec' as const, 'setsid' as const, 'setpgid' as const, 'subreaper' as const, 'thread' as const, 'pipe' as const, 'close' as const, 'ignore-children' as const, 'handle-term' as const, 'tmpfs' as const, 'umount' as const, 'chdir' as const, 'pty' as const, 'socket' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unshare' as const), types: someNamespaces }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('setns' as const, 'hold' as const, 'bind' as const), whom, type: anyNamespace }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('group' as const), group: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('share' as const), kind: fc.constantFrom('shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate', 'unbindable'), at: fc.constantFrom('/', ...PLACES) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('bind-tree' as const, 'move' as const, 'mount' as const, 'mount' as const), from: place, at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unmount' as const), at: place, how: fc.constantFrom('detach' as const, 'busy-fails' as const) }) },
)

/** The tasks that are told what to do, and the next thing for each. */
class Troupe {
  readonly lab: TestNode
  readonly agents = new Map<Task, { next: Op | null; readonly wake: () => void }>()
  constructor() {
    this.lab = bootTestNode()
    this.lab.kernel.cgroups = new Cgroups(1)
    const sys = new Syscalls(this.lab.init)
    sys.mkdir('/tmp/pids')
    sys.mount('cgroup', '/tmp/pids', 'cgroup', 'pids')
    for (const name of ['0', '1', '2']) sys.mkdir(`/tmp/pids/${name}`)
    finish(sys.writeFile('/tmp/pids/1/pids.max', new TextEncoder().encode('4')))
    for (let i = 0; i < 4; i++) finish(sys.writeFile(`/tmp/ns${i}`, new Uint8Array()))
    for (let i = 0; i < 2; i++) sys.mkdir(`/tmp/mnt${i}`)
    sys.fork((child) => this.act(child))
    this.settle()
  }
  private get kernel(): Kernel {
    return this.lab.kernel
  }
  /** What every agent runs. */
  *act(sys: Sys): Run<number> {
    const task = [...this.kernel.pidNamespace.tasks.values()].find((t) => !this.agents.has(t) && t === this.kernel.scheduler.current?.task)
    if (!task) throw new Error('an agent that is no task')
    const futex = sys.futex()
    const own: { next: Op | null; readonly wake: () => void } = { next: null, wake: () => futex.wake() }
    this.agents.set(task, own)
    for (;;) {
      const op = own.next
      own.next = null
      try {
        if (op) {
          if (op.do === 'exit') return 3
          yield* this.perform(sys, op)
        } else yield* futex.wait()
      } catch (error) {
        if (!(error instanceof Errno)) throw error
      }
    }
  }
  private pidOf(sys: Sys, number: number): number {
    const names = sys.readdir('/proc').map((e) => e.name).filter((name) => /^\d+$/.test(name))
    return Number(names[number % names.length])
  }
  private *perform(sys: Sys, op: Exclude<Op, { do: 'exit' }>): Run {
    switch (op.do) {
      case 'fork':
        return void sys.fork((child) => this.act(child), { unshare: op.unshare, parent: op.parent })
      case 'kill':
        return sys.kill(this.pidOf(sys, op.whom), op.signo)
      case 'wait':
        return void (yield* sys.wait(op.pid, { noHang: true, untraced: true, continued: true }))
      case 'exec':
        return yield* sys.exec('/usr/bin/sleep', ['sleep', 'infinity'], new Map())
      case 'setsid':
        return void sys.setsid()
      case 'setpgid':
        return sys.setpgid(0, 0)
      case 'subreaper':
        return sys.setChildSubreaper()
      case 'thread':
        return void sys.createThread()
      case 'pipe':
        return void sys.pipe()
      case 'pty':
        return void sys.openPty()
      case 'socket':
        return void sys.socket('inet', 'stream')
      case 'close':
        for (const fd of sys.descriptors().slice(-1)) sys.close(fd)
        return
      case 'ignore-children':
        return void sys.signal(SIG.SIGCHLD, 'ignore')
      case 'handle-term':
        return void sys.signal(SIG.SIGTERM, () => {})
      case 'unshare':
        return sys.unshare(op.types)
      case 'setns':
      case 'hold': {
        const fd = yield* sys.open(`/proc/${this.pidOf(sys, op.whom)}/ns/${op.type}`, { read: true })
        if (op.do === 'hold') return
        try {
          return sys.setns(fd, op.type)
        } finally {
          sys.close(fd)
        }
      }
      case 'bind':
        return sys.mount(`/proc/${this.pidOf(sys, op.whom)}/ns/${op.type}`, `/tmp/ns${op.whom % 4}`, 'bind', '')
      case 'tmpfs':
        return sys.mount('tmpfs', `/tmp/mnt${sys.random() % 2}`, 'tmpfs', '')
      case 'umount':
        return sys.umount(sys.random() % 2 ? '/tmp/mnt0' : '/tmp/ns0')
      case 'chdir':
        return sys.chdir('/tmp/mnt0')
      case 'share':
        return sys.mount('none', op.at, 'none', op.kind)
      case 'bind-tree':
        return sys.mount(op.from, op.at, 'bind', 'rbind')
      case 'move':
        return sys.mount(op.from, op.at, 'none', 'move')
      case 'mount':
        sys.mount('tmpfs', op.at, 'tmpfs', '')
        return sys.mkdir(`${op.at}/a`)
      case 'unmount':
        return sys.umount(op.at, { detach: op.how === 'detach' })
      case 'group':
        return yield* sys.writeFile(`/tmp/pids/${op.group}/cgroup.procs`, new TextEncoder().encode('0'))
    }
  }
  /** Tells one of those that live what to do next, and lets it do it. */
  tell(which: number, op: Op): void {
    const alive = [...this.agents].filter(([task]) => !task.isZombie)
    const chosen = alive[which % alive.length]
    if (!chosen) return
    chosen[1].next = op
    chosen[1].wake()
    this.settle()
  }
  settle(): void {
    const { scheduler, clock } = this.kernel
    for (let i = 0; scheduler.run({ until: clock.monotonic + 5e6, expired: () => false }).state === 'busy'; i++) if (i > 100) throw new Error('the tasks never rest')
    const oops = this.kernel.oopses[0]
    if (oops) throw oops.error
  }
}


/** Everything that must hold at rest. */
function check(kernel: Kernel): void {
  const root = kernel.pidNamespace
  const tasks = [...root.tasks.values()]
  const namespaces = new Set<PidNamespace>(tasks.flatMap((t) => t.pids.map((p) => p.ns)))
  for (const ns of namespaces) {
    for (const [pid, task] of ns.tasks) expect(task.pidIn(ns), 'a number leads to its task').toBe(pid)
    for (const [tid, task] of ns.threads) {
      expect(ns.tasks.has(tid), 'a number is used once').toBe(false)
      expect(task.threads.some((t) => t.tidIn(ns) === tid), 'a thread belongs to its process').toBe(true)
    }
  }
  for (const task of tasks) {
    for (const { ns, pid } of task.pids) expect(ns.tasks.get(pid), 'a task is found by each of its numbers').toBe(task)
    expect(task.pids.at(-1)?.ns, 'its innermost number is of its namespace').toBe(task.ns.pid)
    expect(task.group.members.has(task)).toBe(true)
    expect(task.group.session).toBe(task.session)
    if (task === root.init) continue
    const { parent } = task
    if (!parent) throw new Error(`${task.globalPid} ${task.state} has no parent`)
    expect(parent.children.has(task), 'a child is in its parent’s list').toBe(true)
    expect(parent.isZombie, 'nobody’s parent is dead').toBe(false)
    expect(root.tasks.get(parent.globalPid), 'a parent is a task').toBe(parent)
    if (task.isZombie) {
      expect(task.fds.size + task.fibers.size + task.threads.length, 'a zombie holds nothing').toBe(0)
      expect(parent.news.has(task), 'wait tells of a zombie').toBe(true)
    } else for (const { ns } of task.pids) expect(ns.init?.isZombie, 'no task in a dead pid namespace').toBe(false)
    for (const child of task.children) expect(child.parent).toBe(task)
  }
  pipes(tasks)
  groups(kernel, tasks)
  held(tasks)
  mounts(tasks)
  for (const task of tasks) {
    const sys = new Syscalls(root.init ?? task)
    for (const name of ['stat', 'status', 'cgroup', 'limits', 'sched', 'maps', ...(task.isZombie ? [] : ['mountinfo'])]) finish(sys.readText(`/proc/${task.globalPid}/${name}`))
    for (const { name } of task.isZombie ? [] : sys.readdir(`/proc/${task.globalPid}/ns`)) expect(sys.readlink(`/proc/${task.globalPid}/ns/${name}`)).toMatch(/^[a-z]+:\[\d+\]$/)
  }
}

/** The ends of a pipe are counted as they are open. */
function pipes(tasks: readonly Task[]): void {
  const files = new Set<OpenFile>(tasks.flatMap((t) => [...t.fds.values()].map((d) => d.file)))
  const counts = new Map<Pipe, { readers: number; writers: number }>()
  for (const file of files) {
    if (!(file instanceof PipeEnd)) continue
    const count = counts.get(file.pipe) ?? { readers: 0, writers: 0 }
    if (file.flags.read) count.readers++
    if (file.flags.write) count.writers++
    counts.set(file.pipe, count)
  }
  for (const [{ readers, writers }, count] of counts) expect({ readers, writers }).toEqual(count)
}

/** pids.current is how many are there. */
function groups(kernel: Kernel, tasks: readonly Task[]): void {
  const { cgroups } = kernel
  if (!(cgroups instanceof Cgroups)) return
  const hierarchy = cgroups.hierarchy('pids')
  if (!hierarchy) throw new Error('no pids')
  const counted = new Map<Group, number>()
  for (const task of tasks) {
    if (task.isZombie || task === kernel.pidNamespace.init) continue
    for (const group of cgroups.groupOf(task, hierarchy).upwards()) counted.set(group, (counted.get(group) ?? 0) + 1 + task.threads.length)
  }
  for (const group of hierarchy.root.below()) expect(group.count, group.path).toBe(counted.get(group) ?? 0)
}

/** A network namespace that a process, a mount or a descriptor holds has its devices. */
function held(tasks: readonly Task[]): void {
  const inUse = new Set<Namespace>()
  for (const task of tasks) {
    if (task.isZombie) continue
    for (const name of NAMESPACE_TYPES) inUse.add(task.ns[name])
    for (const { file } of task.fds.values()) if (file.inode instanceof NamespaceInode) inUse.add(file.inode.namespace)
    for (const { root } of task.ns.mnt.mounts) if (root instanceof NamespaceInode) inUse.add(root.namespace)
  }
  const numbers = [...inUse].map((ns) => ns.inum)
  expect(new Set(numbers).size, 'inode numbers of namespaces are unique').toBe(numbers.length)
  for (const ns of inUse) if (ns instanceof NetNamespace) expect(ns.loopback.name).toBe('lo')
}

/** A mount is in one namespace, lies on a mount of the same one, and who tells it knows it. */
function mounts(tasks: readonly Task[]): void {
  for (const ns of new Set(tasks.filter((t) => !t.isZombie).map((t) => t.ns.mnt))) {
    expect(new Set(ns.mounts).size, 'a mount is listed once').toBe(ns.mounts.length)
    for (const mount of ns.mounts) {
      expect(mount.namespace, 'a mount knows its namespace').toBe(ns)
      if (mount.point) expect(mount.point.mount.namespace, 'a mount lies on one that is there').toBe(ns)
      if (mount.group) expect(mount.group.peers.has(mount), 'a peer is in its group').toBe(true)
      if (mount.master) {
        expect(mount.master.slaves.has(mount), 'a slave is known to its master').toBe(true)
        expect(mount.master.peers.size, 'a master has peers').toBeGreaterThan(0)
        expect(mount.master, 'nobody is told by himself').not.toBe(mount.group)
      }
      for (const peer of mount.group?.peers ?? []) {
        expect(peer.fs, 'peers show the same file system').toBe(mount.fs)
        expect(peer.group).toBe(mount.group)
      }
    }
  }
}

test('random programs keep the kernel’s invariants', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(whom, operation), { minLength: 5, maxLength: 60 }), (steps) => {
      const troupe = new Troupe()
      check(troupe.lab.kernel)
      for (const [which, op] of steps) {
        troupe.tell(which, op)
        check(troupe.lab.kernel)
      }
    }),
    { numRuns: 60, seed },
  )
})
