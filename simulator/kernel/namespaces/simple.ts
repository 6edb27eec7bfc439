/** Namespaces that here only have an identity or one value. */
import type { Timespec } from '../time'
import { Namespace } from './namespace'

/** user_namespaces(7): the map of the first one; nested ones are not simulated (clone fails with EPERM). */
export class UserNamespace extends Namespace {
  readonly type = 'user'
  readonly uidMap: readonly [inside: number, outside: number, count: number][] = [[0, 0, 4294967295]]
  readonly gidMap: readonly [inside: number, outside: number, count: number][] = [[0, 0, 4294967295]]
}

/** time_namespaces(7): offsets of the monotonic and boot clocks. */
export class TimeNamespace extends Namespace {
  readonly type = 'time'
  readonly monotonic: Timespec = { sec: 0, nsec: 0 }
  readonly boottime: Timespec = { sec: 0, nsec: 0 }
}

/** cgroup_namespaces(7): for each hierarchy, the group that its members see as `/`. */
export class CgroupNamespace extends Namespace {
  readonly type = 'cgroup'
  readonly roots: ReadonlyMap<string, string>
  constructor(inum: number, roots: ReadonlyMap<string, string> = new Map()) {
    super(inum)
    this.roots = roots
  }
}
