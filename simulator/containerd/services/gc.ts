/**
 * Garbage collection (metadata/gc.go): what images, containers and leases do not reach goes. References are the
 * `containerd.io/gc.ref.…` labels.
 */
import type { Run } from '../../kernel/run'
import { removeAll } from '../files'
import type { Labels } from '../services'
import { removeBlob } from './content'
import type { Context } from './context'
import { nativeDirectory, snapshotDirectory } from './snapshots'

const ROOT_LABEL = 'containerd.io/gc.root'
const CONTENT_REF = 'containerd.io/gc.ref.content'
const SNAPSHOT_REF = 'containerd.io/gc.ref.snapshot.'
const DEFAULT = 'overlayfs'
const SNAPSHOTTERS = [DEFAULT, 'native']

export function* collectGarbage(context: Context, ns: string): Run {
  const { sys, db } = context
  const content = db.content(ns)
  const blobs = new Set<string>()
  const marked = new Map(SNAPSHOTTERS.map((name) => [name, new Set<string>()]))
  const markSnapshot = (snapshotter: string, key: string): void => {
    const keys = marked.get(snapshotter)
    const snapshots = db.snapshots(`${ns}/${snapshotter}`)
    for (let at: string | undefined = key; keys && at && !keys.has(at); at = snapshots.get(at)?.Parent) keys.add(at)
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
  for (const image of db.images(ns).values()) markBlob(image.target.digest)
  for (const container of db.containers(ns).values()) {
    markSnapshot(container.Snapshotter || DEFAULT, container.SnapshotKey)
    markLabels(container.Labels)
  }
  for (const lease of db.leases(ns).values()) {
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
  if (sys.spend(1)) yield 'preempted'
}
