/** What etcd holds: every object by kind, namespace and name, each change with a resource version, and who watches. */
import type { Run } from '../../kernel/run'
import { WaitQueue } from '../../kernel/waitqueue'
import { qualified, type Resource } from './kinds'
import type { ApiObject } from './objects'
import { ApiStatus } from './status'

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resourceVersion: number
  readonly resource: Resource
  readonly object: ApiObject
  readonly writer: Writer
}

/** Who writes, and when; `sent`: what was written, where the server has added to it. */
export interface Writer {
  readonly manager: string
  readonly at: number
  readonly sent?: ApiObject
}

/** Within its kind. */
const keyOf = (resource: Resource, namespace: string | undefined, name: string): string => `${resource.namespaced ? namespace : ''}/${name}`

interface Watcher {
  readonly wants: (change: Change) => boolean
  readonly queue: WaitQueue
}

export class Store {
  private readonly kinds = new Map<string, Map<string, ApiObject>>()
  private readonly changes: Change[] = []
  /** Who waits for a change, each for those that concern it. */
  private readonly watchers = new Set<Watcher>()
  version = 1
  private readonly floor: () => number
  /** `floor`: what others have counted up by now (renewals of leases, which are not kept here). */
  constructor(floor: () => number = () => 0) {
    this.floor = floor
  }
  private next(): number {
    this.version = Math.max(this.version + 1, this.floor())
    return this.version
  }

  /** Objects of a kind, by their keys. */
  private of(resource: Resource): Map<string, ApiObject> {
    const kind = qualified(resource)
    let found = this.kinds.get(kind)
    if (!found) {
      found = new Map()
      this.kinds.set(kind, found)
    }
    return found
  }

  get(resource: Resource, namespace: string | undefined, name: string): ApiObject {
    const found = this.of(resource).get(keyOf(resource, namespace, name))
    if (!found) throw new ApiStatus('NotFound', `${qualified(resource)} "${name}" not found`)
    return found
  }
  has(resource: Resource, namespace: string | undefined, name: string): boolean {
    return this.of(resource).has(keyOf(resource, namespace, name))
  }
  /** Objects of a kind, in the order of their keys (namespace, then name), as etcd answers a range. */
  list(resource: Resource, namespace?: string): ApiObject[] {
    const all = [...this.of(resource)].sort(([a], [b]) => (a < b ? -1 : 1))
    const wanted = namespace === undefined ? all : all.filter(([key]) => key.startsWith(`${namespace}/`))
    return wanted.map(([, object]) => object)
  }
  create<T extends ApiObject>(resource: Resource, object: T, writer: Writer): T {
    if (this.has(resource, object.metadata.namespace, object.metadata.name)) throw new ApiStatus('AlreadyExists', `${qualified(resource)} "${object.metadata.name}" already exists`)
    return this.put(resource, object, 'ADDED', writer)
  }
  update<T extends ApiObject>(resource: Resource, object: T, writer: Writer): T {
    const old = this.get(resource, object.metadata.namespace, object.metadata.name)
    const { resourceVersion } = object.metadata
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
      throw new ApiStatus('Conflict', `Operation cannot be fulfilled on ${qualified(resource)} "${object.metadata.name}": the object has been modified; please apply your changes to the latest version and try again`)
    }
    return this.put(resource, object, 'MODIFIED', writer)
  }
  private put<T extends ApiObject>(resource: Resource, object: T, type: 'ADDED' | 'MODIFIED', writer: Writer): T {
    const stored: T = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.next()) } }
    this.of(resource).set(keyOf(resource, object.metadata.namespace, object.metadata.name), stored)
    this.tell({ type, resourceVersion: this.version, resource, object: stored, writer })
    return stored
  }
  remove(resource: Resource, namespace: string | undefined, name: string, writer: Writer): void {
    const object = this.get(resource, namespace, name)
    this.of(resource).delete(keyOf(resource, namespace, name))
    this.tell({ type: 'DELETED', resourceVersion: this.next(), resource, object, writer })
  }
  private tell(change: Change): void {
    this.changes.push(change)
    for (const { wants, queue } of this.watchers) if (wants(change)) queue.wake()
  }
  /** Waits, by `wait`, until a change comes that `wants` is true of. */
  *untilChange(wants: (change: Change) => boolean, wait: (queue: WaitQueue) => Run): Run {
    const watcher = { wants, queue: new WaitQueue() }
    this.watchers.add(watcher)
    try {
      yield* wait(watcher.queue)
    } finally {
      this.watchers.delete(watcher)
    }
  }
  /** Every version of an object, oldest first. */
  versions(uid: string): Change[] {
    return this.changes.filter(({ type, object }) => type !== 'DELETED' && object.metadata.uid === uid)
  }
  /** Changes after a resource version, oldest first. */
  since(version: number): Change[] {
    let from = this.changes.length
    while (from > 0 && (this.changes[from - 1] as Change).resourceVersion > version) from--
    return this.changes.slice(from)
  }
}
