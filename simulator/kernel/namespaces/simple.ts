/** Namespaces that here only have an identity or one value. */
import type { Timespec } from '../time'
import { Namespace } from './namespace'

export type IdMap = readonly (readonly [inside: number, outside: number, count: number])[]
const EVERY_ID: IdMap = [[0, 0, 4294967295]]
/** What an id without a place in a map is shown as (kernel.overflowuid). */
export const OVERFLOW_ID = 65534

/** user_namespaces(7): ids and privileges of its own; `outside` of its maps are the machine's ids, which credentials and files hold. */
export class UserNamespace extends Namespace {
  readonly type = 'user'
  /** Who made it: he has all privileges in it. */
  readonly maker: number
  uidMap: IdMap
  gidMap: IdMap
  setgroups: 'allow' | 'deny'
  constructor(inum: number, parent: UserNamespace | null = null, maker = 0) {
    super(inum)
    this.owner = parent
    this.maker = maker
    this.uidMap = this.gidMap = parent ? [] : EVERY_ID
    this.setgroups = parent?.setgroups ?? 'allow'
  }
  get isFirst(): boolean {
    return this.owner === null
  }
  /** True when `other` is this namespace or was made below it. */
  holds(other: UserNamespace): boolean {
    for (let at: UserNamespace | null = other; at; at = at.owner) if (at === this) return true
    return false
  }
  has(kind: 'uidMap' | 'gidMap', id: number): boolean {
    return this[kind].some(([, outside, count]) => id >= outside && id < outside + count)
  }
  /** An id of the machine as it is here; 65534 when it has no place. */
  shown(kind: 'uidMap' | 'gidMap', id: number): number {
    if (this.isFirst) return id
    for (const [inside, outside, count] of this[kind]) if (id >= outside && id < outside + count) return inside + id - outside
    return OVERFLOW_ID
  }
  /** The machine's id of one here; undefined when it has none. */
  real(kind: 'uidMap' | 'gidMap', id: number): number | undefined {
    if (this.isFirst) return id
    for (const [inside, outside, count] of this[kind]) if (id >= inside && id < inside + count) return outside + id - inside
    return undefined
  }
}

/** time_namespaces(7): offsets of the monotonic and boot clocks, which stand once somebody has entered. */
export class TimeNamespace extends Namespace {
  readonly type = 'time'
  monotonic: Timespec
  boottime: Timespec
  entered = false
  constructor(inum: number, like?: TimeNamespace) {
    super(inum)
    this.monotonic = like?.monotonic ?? { sec: 0, nsec: 0 }
    this.boottime = like?.boottime ?? { sec: 0, nsec: 0 }
  }
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
