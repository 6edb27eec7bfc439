/** What all namespaces have: a type and the inode number that nsfs shows (namespaces(7)). */
import type { UserNamespace } from './simple'
import type { NamespaceType } from './types'

/** The numbers of the namespaces that a kernel begins with (include/linux/proc_ns.h). Those of net and mnt are the first that it gives out. */
export const INITIAL_INODES = { time: 0xeffffffa, cgroup: 0xeffffffb, pid: 0xeffffffc, user: 0xeffffffd, uts: 0xeffffffe, ipc: 0xefffffff } as const
export const FIRST_DYNAMIC_INODE = 0xf0000000

export abstract class Namespace {
  abstract readonly type: NamespaceType
  /** The inode of the namespace in nsfs, as in `net:[4026532182]`. */
  readonly inum: number
  /** The user namespace that it was made in, whose privileges rule it; null for the first ones. */
  owner: UserNamespace | null = null
  constructor(inum: number) {
    this.inum = inum
  }
  /** `net:[4026532182]`. */
  get label(): string {
    return `${this.type}:[${this.inum}]`
  }
}
