/** The control groups of a machine: its hierarchies, and in which group of each a task is (cgroups(7)). */
import { Errno } from '../errno'
import type { CgroupController, Kernel } from '../kernel'
import { releaseSuspended } from '../kernel'
import { deliverPending, sendSignal } from '../signal'
import type { Task } from '../task'
import { type Group, GroupSet, Hierarchy } from './group'

/** Version 1 as the recorded node mounts it: one controller each, numbered in the order of mounting. */
const VERSION_1: readonly (readonly [id: number, name: string])[] = [
  [1, 'cpu'], [2, 'cpuacct'], [3, 'cpuset'], [4, 'memory'], [5, 'devices'], [6, 'freezer'], [7, 'blkio'], [8, 'pids'], [9, 'name=systemd'],
]
const VERSION_2_CONTROLLERS = ['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids']

export class Cgroups implements CgroupController {
  /** By number, version 2's last as /proc/PID/cgroup lists it. */
  readonly hierarchies: readonly Hierarchy[]
  private readonly sets = new WeakMap<Task, GroupSet>()
  /** Combinations by the numbers of their groups. */
  private readonly known = new Map<string, GroupSet>()
  private readonly start: GroupSet
  private readonly freezer: Hierarchy | undefined
  private readonly pids: Hierarchy | undefined
  constructor(version: 1 | 2) {
    this.hierarchies =
      version === 1
        ? [...VERSION_1.map(([id, name]) => new Hierarchy(id, name, name.includes('=') ? [] : [name])), new Hierarchy(0, '', [])]
        : [new Hierarchy(0, '', VERSION_2_CONTROLLERS)]
    this.freezer = version === 1 ? this.of('freezer') : this.hierarchies[0]
    this.pids = this.of('pids')
    this.start = this.setOf(new Map(this.hierarchies.map((h) => [h, h.root])))
  }
  hierarchy(name: string): Hierarchy | undefined {
    return this.hierarchies.find((h) => h.name === name)
  }
  /** The hierarchy that a controller is attached to. */
  of(controller: string): Hierarchy | undefined {
    return this.hierarchies.find((h) => h.controllers.includes(controller))
  }
  groupOf(task: Task, hierarchy: Hierarchy): Group {
    return this.sets.get(task)?.groups.get(hierarchy) ?? hierarchy.root
  }
  pathsOf(task: Task): ReadonlyMap<string, string> {
    return new Map(this.hierarchies.map((hierarchy) => [hierarchy.name, this.groupOf(task, hierarchy).path]))
  }
  private setOf(groups: ReadonlyMap<Hierarchy, Group>): GroupSet {
    let key = ''
    for (const group of groups.values()) key += `${group.number} `
    let found = this.known.get(key)
    if (!found) {
      found = new GroupSet(groups)
      this.known.set(key, found)
    }
    return found
  }
  private join(task: Task, set: GroupSet): void {
    this.sets.get(task)?.remove(task)
    this.sets.set(task, set)
    set.add(task)
    this.setFrozen(task, this.mustFreeze(set))
  }
  /** Moves a task; pids.max does not hinder moving (pids controller, kernel documentation). */
  move(task: Task, group: Group): void {
    const groups = new Map((this.sets.get(task) ?? this.start).groups)
    groups.set(group.hierarchy, group)
    this.join(task, this.setOf(groups))
  }
  fork(parent: Task, child: Task): void {
    this.mayStart(parent)
    this.join(child, this.sets.get(parent) ?? this.start)
  }
  startThread(task: Task): void {
    this.mayStart(task)
    this.sets.get(task)?.charge(1)
  }
  endThreads(task: Task): void {
    if (task.threads.length > 0) this.sets.get(task)?.charge(-task.threads.length)
  }
  /** pids.max of a group above refuses one more. */
  private mayStart(task: Task): void {
    if (!this.pids) return
    for (let group: Group | null = this.groupOf(task, this.pids); group; group = group.parent) {
      const max = group.values.get('pids.max')
      if (max === undefined || max === 'max' || group.count < Number(max)) continue
      group.refusals++
      throw new Errno('EAGAIN')
    }
  }
  exit(task: Task): void {
    const set = this.sets.get(task)
    if (!set) return
    const spent = task.times.user + task.times.system
    for (const of of set.groups.values()) for (let at: Group | null = of; at; at = at.parent) at.spentNs += spent
    set.remove(task)
  }
  /** freezer.state of version 1, cgroup.freeze of version 2: stops all tasks in the group and below, or lets them go on. */
  freeze(group: Group, state: 'frozen' | 'thawed'): void {
    group.frozen = state === 'frozen'
    for (const task of group.tasksBelow()) {
      const set = this.sets.get(task)
      if (set) this.setFrozen(task, this.mustFreeze(set))
    }
  }
  /** cgroup.kill of version 2: all tasks in the group and below, the writer last. */
  kill(group: Group, signo: number, viewer: Task): void {
    const all = [...group.tasksBelow()]
    for (const task of all.filter((t) => t !== viewer)) sendSignal(task, signo, null)
    if (all.includes(viewer)) sendSignal(viewer, signo, null)
  }
  /** Only the hierarchy that the freezer is attached to (version 2: the one) can hold a task. */
  private mustFreeze({ groups }: GroupSet): boolean {
    const group = this.freezer && groups.get(this.freezer)
    return group !== undefined && isFrozen(group)
  }
  private setFrozen(task: Task, frozen: boolean): void {
    if ((task.frozen !== null) === frozen) return
    task.frozen = frozen ? (this.freezer?.version === 1 ? 'uninterruptible' : 'killable') : null
    if (frozen) return
    deliverPending(task)
    releaseSuspended(task)
  }
}

/** Frozen by itself or by a group above. */
export function isFrozen(group: Group): boolean {
  for (let at: Group | null = group; at; at = at.parent) if (at.frozen) return true
  return false
}

/** The machine's control groups, null when it was made without. */
export const cgroupsOf = (kernel: Kernel): Cgroups | null => (kernel.cgroups instanceof Cgroups ? kernel.cgroups : null)
