/** A control group and the hierarchy it is in (cgroups(7)). */
import type { Task } from '../task'

/**
 * A combination of groups, one of each hierarchy, that some tasks are in (struct css_set): a child joins its parent's at the
 * cost of one entry, however many hierarchies there are.
 */
export class GroupSet {
  readonly groups: ReadonlyMap<Hierarchy, Group>
  readonly members = new Set<Task>()
  /** Those whose hierarchy counts: every fork and every thread comes to them. */
  private readonly counting: readonly Group[]
  constructor(groups: ReadonlyMap<Hierarchy, Group>) {
    this.groups = groups
    this.counting = [...groups.values()].filter(({ hierarchy }) => hierarchy.counts)
  }
  add(task: Task): void {
    if (this.members.size === 0) for (const group of this.groups.values()) group.sets.add(this)
    this.members.add(task)
    this.charge(1 + task.threads.length)
  }
  remove(task: Task): void {
    if (!this.members.delete(task)) return
    this.charge(-1 - task.threads.length)
    if (this.members.size === 0) for (const group of this.groups.values()) group.sets.delete(this)
  }
  charge(threads: number): void {
    for (const group of this.counting) group.charge(threads)
  }
}

let groupNumber = 0

export class Group {
  /** Its number among all groups of the program, for keys. */
  readonly number = groupNumber++
  readonly hierarchy: Hierarchy
  readonly parent: Group | null
  name: string
  readonly children = new Map<string, Group>()
  /** The combinations of groups with members that it is part of. */
  readonly sets = new Set<GroupSet>()
  /** What has been written to its files. */
  readonly values = new Map<string, string>()
  /** Times that a fork failed because of pids.max. */
  refusals = 0
  /** The most tasks it has held (pids.peak). */
  peak = 0
  /** Tasks and threads in it and below, what pids.current says: kept as they come and go, where the hierarchy counts them. */
  count = 0
  /** CPU time of tasks that have ended in it or below, ns. */
  spentNs = 0
  /** Whether its own freezer.state (cgroup.freeze) says frozen. */
  frozen = false
  constructor(hierarchy: Hierarchy, parent: Group | null, name: string) {
    this.hierarchy = hierarchy
    this.parent = parent
    this.name = name
  }
  /** From the root of the hierarchy: `/kubepods/besteffort`. */
  get path(): string {
    if (!this.parent) return '/'
    return this.parent.parent ? `${this.parent.path}/${this.name}` : `/${this.name}`
  }
  /** Itself and all groups above. */
  *upwards(): Iterable<Group> {
    for (let at: Group | null = this; at; at = at.parent) yield at
  }
  /** Itself and all groups below. */
  *below(): Iterable<Group> {
    yield this
    for (const child of this.children.values()) yield* child.below()
  }
  *members(): Iterable<Task> {
    for (const set of this.sets) yield* set.members
  }
  *tasksBelow(): Iterable<Task> {
    for (const group of this.below()) yield* group.members()
  }
  /** So many tasks and threads more in it, and so in all groups above. */
  charge(threads: number): void {
    for (let at: Group | null = this; at; at = at.parent) {
      at.count += threads
      if (at.count > at.peak) at.peak = at.count
    }
  }
  value(file: string, initial: string): string {
    return this.values.get(file) ?? initial
  }
}

export class Hierarchy {
  /** As /proc/PID/cgroup numbers it; 0 is the unified one of version 2. */
  readonly id: number
  /** `memory`, `cpu,cpuacct`, `name=systemd`; empty for version 2. */
  readonly name: string
  readonly controllers: readonly string[]
  readonly root: Group
  /** Groups that are removed but still have memory charged to them; /proc/cgroups counts these too. */
  dying = 0
  constructor(id: number, name: string, controllers: readonly string[]) {
    this.id = id
    this.name = name
    this.controllers = controllers
    this.root = new Group(this, null, '')
  }
  /** pids.* and cgroup.events need numbers of tasks. */
  get counts(): boolean {
    return this.id === 0 || this.controllers.includes('pids')
  }
  get version(): 1 | 2 {
    return this.id === 0 ? 2 : 1
  }
  /** The group at a path, made with all above it when it is not there. */
  make(path: string): Group {
    let at = this.root
    for (const name of path.split('/')) {
      if (name === '') continue
      let child = at.children.get(name)
      if (!child) {
        child = new Group(this, at, name)
        at.children.set(name, child)
      }
      at = child
    }
    return at
  }
  find(path: string): Group | undefined {
    let at: Group | undefined = this.root
    for (const name of path.split('/')) if (name !== '') at = at?.children.get(name)
    return at
  }
}
