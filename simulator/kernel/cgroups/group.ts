/** A control group and the hierarchy it is in (cgroups(7)). */
import type { Task } from '../task'

export class Group {
  readonly hierarchy: Hierarchy
  readonly parent: Group | null
  readonly name: string
  readonly children = new Map<string, Group>()
  readonly members = new Set<Task>()
  /** What has been written to its files. */
  readonly values = new Map<string, string>()
  /** Times that a fork failed because of pids.max. */
  refusals = 0
  /** The most tasks it has held (pids.peak). */
  peak = 0
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
  *tasksBelow(): Iterable<Task> {
    for (const group of this.below()) yield* group.members
  }
  /** Tasks and threads in it and below, what pids.current says. */
  get count(): number {
    let count = 0
    for (const task of this.tasksBelow()) count += 1 + task.threads.length
    return count
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
  constructor(id: number, name: string, controllers: readonly string[]) {
    this.id = id
    this.name = name
    this.controllers = controllers
    this.root = new Group(this, null, '')
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
