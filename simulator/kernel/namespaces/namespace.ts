/** What all namespaces have: a type and the inode number that nsfs shows (namespaces(7)). */
import type { UserNamespace } from './simple'
import type { NamespaceType } from './types'

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
