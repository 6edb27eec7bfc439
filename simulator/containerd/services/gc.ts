/**
 * Garbage collection (metadata/gc.go): what images, containers and leases do not reach goes, in all namespaces, after anything was removed. References are the
 * `containerd.io/gc.ref.…` labels. The real scheduler (gc/scheduler) lets some 50 ms go by; as here, that is over before another client has started, and not
 * before one that removes several things is done.
 */
import type { Run } from '../../kernel/run'
import { removeAll } from '../files'
import type { Labels } from '../services'
import { nanoseconds, parseTime } from '../time'
import { removeBlob } from './content'
import type { Db } from '../metadata/db'
import type { Sys } from '../../kernel/sys'
import { nativeDirectory, snapshotDirectory } from './snapshots'

const ROOT_LABEL = 'containerd.io/gc.root'
const EXPIRE_LABEL = 'containerd.io/gc.expire'
const CONTENT_REF = 'containerd.io/gc.ref.content'
const SNAPSHOT_REF = 'containerd.io/gc.ref.snapshot.'
const DEFAULT = 'overlayfs'
const SNAPSHOTTERS = [DEFAULT, 'native']

const DELAY_NS = 500_000

interface Store {
  readonly sys: Sys
  readonly db: Db
}

/** When it runs. What the CRI plugin makes step by step is not collected between the steps: there, a lease holds it. */
export class Collector {
  private works = 0
  private isDue = false
  private isScheduled = false
  private readonly store: Store
  constructor(store: Store) {
    this.store = store
  }
  /** Soon: whoever removes one thing may be about to remove another. */
  schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    this.store.sys.go(this.later())
  }
  private *later(): Run {
    yield* this.store.sys.sleep(DELAY_NS)
    this.isScheduled = false
    yield* this.collect()
  }
  /** At once. */
  *collect(): Run {
    const { store } = this
    this.isDue = this.works > 0
    if (this.isDue) return
    for (const ns of [...store.db.namespaces.keys()]) collectIn(store, ns)
    if (store.sys.spend(1)) yield 'preempted'
  }
  *hold<T>(work: () => Run<T>): Run<T> {
    this.works++
    try {
      return yield* work()
    } finally {
      this.works--
      if (this.isDue) yield* this.collect()
    }
  }
}

function collectIn(context: Store, ns: string): void {
  const { sys, db } = context
  const content = db.content(ns)
  const blobs = new Set<string>()
  const marked = new Map(SNAPSHOTTERS.map((name) => [name, new Set<string>()]))
  const markSnapshot = (snapshotter: string, key: string): void => {
    const keys = marked.get(snapshotter)
    const snapshots = db.snapshots(`${ns}/${snapshotter}`)
    for (let at: string | undefined = key; keys && at && !keys.has(at); at = snapshots.get(at)?.Parent) {
      keys.add(at)
      markLabels(snapshots.get(at)?.Labels ?? {})
    }
  }
  const markLabels = (labels: Labels): void => {
    for (const [label, value] of Object.entries(labels)) {
      if (label.startsWith(CONTENT_REF)) markBlob(value)
      else if (label.startsWith(SNAPSHOT_REF)) markSnapshot(label.slice(SNAPSHOT_REF.length).split('/', 1)[0] ?? '', value)
    }
  }
  const markBlob = (digest: string): void => {
    if (blobs.has(digest)) return
    blobs.add(digest)
    markLabels(content.get(digest)?.labels ?? {})
  }
  for (const image of db.images(ns).values()) {
    markBlob(image.target.digest)
    markLabels(image.labels)
  }
  for (const container of db.containers(ns).values()) {
    markSnapshot(container.Snapshotter || DEFAULT, container.SnapshotKey)
    markLabels(container.Labels)
  }
  for (const lease of db.leases(ns).values()) {
    const until = lease.labels[EXPIRE_LABEL]
    if (until && parseTime(until) < nanoseconds(sys)) {
      db.leases(ns).delete(lease.id)
      continue
    }
    markLabels(lease.labels)
    for (const { id, type } of lease.resources) type === 'content' ? markBlob(id) : markSnapshot(type.split('/')[1] ?? DEFAULT, id)
  }
  for (const info of content.values()) if (info.labels[ROOT_LABEL]) markBlob(info.digest)
  for (const name of SNAPSHOTTERS) for (const snapshot of db.snapshots(`${ns}/${name}`).values()) if (snapshot.Labels?.[ROOT_LABEL]) markSnapshot(name, snapshot.Name)
  for (const { digest } of content.values()) {
    if (blobs.has(digest)) continue
    content.delete(digest)
    removeBlob(context, digest)
  }
  for (const name of SNAPSHOTTERS) {
    const snapshots = db.snapshots(`${ns}/${name}`)
    for (const { Name, number } of snapshots.values()) {
      if (marked.get(name)?.has(Name)) continue
      snapshots.delete(Name)
      removeAll(sys, name === DEFAULT ? snapshotDirectory(number) : nativeDirectory(number))
    }
  }
}
