/** The control groups of a machine: its hierarchies, and in which group of each a task is (cgroups(7)). */
import { Errno } from '../errno'
import type { CgroupController, Kernel } from '../kernel'
import { releaseSuspended } from '../kernel'
import type { Task } from '../task'
import { type Group, Hierarchy } from './group'

/** Version 1 as the recorded node mounts it: one controller each, numbered in the order of mounting. */
const VERSION_1: readonly (readonly [id: number, name: string])[] = [
  [1, 'cpu'], [2, 'cpuacct'], [3, 'cpuset'], [4, 'memory'], [5, 'devices'], [6, 'freezer'], [7, 'blkio'], [8, 'pids'], [9, 'name=systemd'],
]
const VERSION_2_CONTROLLERS = ['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids']

export class Cgroups implements CgroupController {
  /** By number, version 2's last as /proc/PID/cgroup lists it. */
  readonly hierarchies: readonly Hierarchy[]
  private readonly groups = new WeakMap<Task, Map<Hierarchy, Group>>()
  constructor(version: 1 | 2) {
    this.hierarchies =
      version === 1
        ? [...VERSION_1.map(([id, name]) => new Hierarchy(id, name, name.includes('=') ? [] : [name])), new Hierarchy(0, '', [])]
        : [new Hierarchy(0, '', VERSION_2_CONTROLLERS)]
  }
  hierarchy(name: string): Hierarchy | undefined {
    return this.hierarchies.find((h) => h.name === name)
  }
  /** The hierarchy that a controller is attached to. */
  of(controller: string): Hierarchy | undefined {
    return this.hierarchies.find((h) => h.controllers.includes(controller))
  }
  groupOf(task: Task, hierarchy: Hierarchy): Group {
    return this.groups.get(task)?.get(hierarchy) ?? hierarchy.root
  }
  /** Moves a task; pids.max does not hinder moving (pids controller, kernel documentation). */
  move(task: Task, group: Group): void {
    let own = this.groups.get(task)
    if (!own) {
      own = new Map()
      this.groups.set(task, own)
    }
    own.get(group.hierarchy)?.members.delete(task)
    own.set(group.hierarchy, group)
    group.members.add(task)
    this.recount(group)
    this.setFrozen(task, isFrozen(group))
  }
  fork(parent: Task, child: Task): void {
    const pids = this.of('pids')
    if (pids) {
      for (const group of this.groupOf(parent, pids).upwards()) {
        const max = group.value('pids.max', 'max')
        if (max !== 'max' && group.count + 1 > Number(max)) {
          group.refusals++
          throw new Errno('EAGAIN')
        }
      }
    }
    for (const hierarchy of this.hierarchies) this.move(child, this.groupOf(parent, hierarchy))
  }
  exit(task: Task): void {
    for (const group of this.groups.get(task)?.values() ?? []) group.members.delete(task)
  }
  /** freezer.state of version 1, cgroup.freeze of version 2: stops all tasks in the group and below, or lets them go on. */
  freeze(group: Group, state: 'frozen' | 'thawed'): void {
    group.values.set('frozen', state)
    for (const task of group.tasksBelow()) this.setFrozen(task, isFrozen(this.groupOf(task, group.hierarchy)))
  }
  private setFrozen(task: Task, frozen: boolean): void {
    if (task.frozen === frozen) return
    task.frozen = frozen
    if (!frozen) releaseSuspended(task)
  }
  private recount(group: Group): void {
    if (!group.hierarchy.controllers.includes('pids')) return
    for (const at of group.upwards()) at.peak = Math.max(at.peak, at.count)
  }
}

/** Frozen by itself or by a group above. */
export function isFrozen(group: Group): boolean {
  for (const at of group.upwards()) if (at.values.get('frozen') === 'frozen') return true
  return false
}

/** The machine's control groups, null when it was made without. */
export const cgroupsOf = (kernel: Kernel): Cgroups | null => (kernel.cgroups instanceof Cgroups ? kernel.cgroups : null)
