/**
 * The overlayfs snapshotter (snapshots/overlay/overlay.go): each snapshot has a number and a directory with `fs` and `work`; its
 * mounts name its own and its parents' directories. Keys are the clients', per namespace.
 */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { labelAt, parseFilters } from '../filters'
import { copyTree, exists, makeDirectories, removeAll } from '../files'
import { alreadyExists, failedPrecondition, invalidArgument, notFound, unknownError } from '../grpc'
import type { StoredSnapshot } from '../metadata/records'
import type { SnapshotInfo, SnapshotMount, SnapshotsService, Usage } from '../services'
import { now } from '../time'
import { checkNamespace, type Context, openNamespace, storedLabels, updatedLabels } from './context'

export const OVERLAY_ROOT = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs'
const LOADED = ['overlayfs', 'native']
const BLOCK = 4096

export const snapshotDirectory = (number: number): string => `${OVERLAY_ROOT}/snapshots/${number}`

export const NATIVE_ROOT = '/var/lib/containerd/io.containerd.snapshotter.v1.native'
export const nativeDirectory = (number: number): string => `${NATIVE_ROOT}/snapshots/${number}`
const NEW_BOLT = 32_768

/** A snapshotter's own store is opened when it is first needed. What it holds, the records hold here: it is as long as a new one, and empty. */
export function* openStore(sys: Sys, root: string): Run {
  if (!exists(sys, `${root}/metadata.db`)) yield* sys.writeFile(`${root}/metadata.db`, new Uint8Array(NEW_BOLT), { mode: 0o600 })
}
const filesOf = (snapshotter: string, number: number): string => (snapshotter === 'native' ? nativeDirectory(number) : `${snapshotDirectory(number)}/fs`)

/** The record as clients see it. */
const shown = ({ number: _, key: __, usage: ___, ...info }: StoredSnapshot): SnapshotInfo => info

/** Of a snapshot of a captured node, whose own key was not captured, the name. */
const ownKey = ({ key, Name }: StoredSnapshot): string => key ?? Name

export function snapshotsService(context: Context): SnapshotsService {
  const { sys, db, exchange, release } = context
  /** Events name the snapshotter from 1.7 on. */
  const where = (snapshotter: string): { readonly snapshotter?: string } => (release.line === '1.6' ? {} : { snapshotter })
  const bucket = (ns: string, snapshotter: string) => {
    checkNamespace(ns)
    if (!LOADED.includes(snapshotter)) throw invalidArgument(`snapshotter not loaded: ${snapshotter}`)
    return db.snapshots(`${ns}/${snapshotter}`)
  }
  const get = (ns: string, snapshotter: string, key: string): StoredSnapshot => {
    const found = bucket(ns, snapshotter).get(key)
    if (!found) throw notFound(`snapshot ${key} does not exist`)
    return found
  }
  const parents = (ns: string, snapshotter: string, parent: string | undefined): StoredSnapshot[] => {
    const chain: StoredSnapshot[] = []
    for (let key = parent; key; ) {
      const at = get(ns, snapshotter, key)
      chain.push(at)
      key = at.Parent
    }
    return chain
  }
  const mounts = (ns: string, snapshotter: string, snapshot: StoredSnapshot): SnapshotMount[] =>
    snapshotter === 'native' ? [{ Type: 'bind', Source: nativeDirectory(snapshot.number), Options: ['rbind', snapshot.Kind === 'View' ? 'ro' : 'rw'] }] : overlayMounts(snapshot, parents(ns, snapshotter, snapshot.Parent).map((p) => p.number))
  const make = (kind: 'Active' | 'View') =>
    function* (ns: string, snapshotter: string, { key, parent, labels = {} }: { readonly key: string; readonly parent: string; readonly labels?: Readonly<Record<string, string>> }): Run<SnapshotMount[]> {
      openNamespace(context, ns)
      const snapshots = bucket(ns, snapshotter)
      if (snapshots.has(key)) throw alreadyExists(`snapshot "${key}"`)
      if (parent !== '' && !snapshots.has(parent)) throw notFound(`parent snapshot ${parent} does not exist`)
      const own = `${ns}/${db.next(`snapshot-key/${ns}/${snapshotter}`)}/${key}`
      const below = parent === '' ? undefined : snapshots.get(parent)
      if (below && below.Kind !== 'Committed') throw invalidArgument(`failed to create snapshot: parent "${ownKey(below)}" is not committed snapshot`)
      if (key === '') throw unknownError('bucket name required')
      const number = db.next(snapshotter === 'native' ? 'snapshot-native' : 'snapshot')
      const at = now(sys)
      const kept = storedLabels(labels, { checks: 'info.Labels', writes: '' })
      const snapshot: StoredSnapshot = {
        Kind: kind, Name: key, ...(parent ? { Parent: parent } : {}), ...(Object.keys(kept).length ? { Labels: kept } : {}), Created: at, Updated: at, number, key: own,
      }
      yield* openStore(sys, snapshotter === 'native' ? NATIVE_ROOT : OVERLAY_ROOT)
      if (snapshotter === 'native') {
        makeDirectories(sys, nativeDirectory(number))
        if (below) yield* copyTree(sys, nativeDirectory(below.number), nativeDirectory(number))
      } else {
        makeDirectories(sys, `${snapshotDirectory(number)}/fs`)
        sys.chmod(snapshotDirectory(number), 0o700)
        if (kind === 'Active') sys.mkdir(`${snapshotDirectory(number)}/work`, 0o711)
        const below = parent === '' ? undefined : snapshots.get(parent)
        if (below) ownAs(sys, `${snapshotDirectory(below.number)}/fs`, `${snapshotDirectory(number)}/fs`)
      }
      snapshots.put(key, snapshot)
      if (kind === 'Active') exchange.publish(ns, '/snapshot/prepare', 'SnapshotPrepare', { key, ...(parent ? { parent } : {}), ...where(snapshotter) })
      return mounts(ns, snapshotter, snapshot)
    }
  return {
    *list(ns, snapshotter, filters) {
      const filter = parseFilters(filters)
      return bucket(ns, snapshotter).values().filter((s) => filter((path) => fieldOf(s, path))).map(shown)
    },
    *stat(ns, snapshotter, key) {
      return shown(get(ns, snapshotter, key))
    },
    *update(ns, snapshotter, { name, labels }, fields = ['labels']) {
      const old = get(ns, snapshotter, name)
      const { Labels: _, ...rest } = old
      const kept = storedLabels(updatedLabels(old.Labels ?? {}, labels, fields), { checks: 'info.Labels', writes: 'failed to read labels: ' })
      return shown(bucket(ns, snapshotter).put(name, { ...rest, ...(Object.keys(kept).length ? { Labels: kept } : {}), Updated: now(sys) }))
    },
    *usage(ns, snapshotter, key) {
      const { Kind, number, usage } = get(ns, snapshotter, key)
      // Of a view nothing is measured, nor was anything kept.
      return usage ?? (Kind === 'View' ? { size: 0, inodes: 0 } : diskUsage(sys, filesOf(snapshotter, number)))
    },
    *mounts(ns, snapshotter, key) {
      const snapshot = get(ns, snapshotter, key)
      const what = snapshotter === 'native' ? 'failed to get snapshot mount' : 'failed to get active mount'
      if (snapshot.Kind === 'Committed') throw failedPrecondition(`${what}: requested snapshot ${ownKey(snapshot)} not active or view`)
      return mounts(ns, snapshotter, snapshot)
    },
    prepare: make('Active'),
    view: make('View'),
    *commit(ns, snapshotter, { name, key, labels = {} }) {
      const snapshots = bucket(ns, snapshotter)
      if (snapshots.has(name)) throw alreadyExists(`snapshot "${name}"`)
      const active = get(ns, snapshotter, key)
      if (active.Kind !== 'Active') throw failedPrecondition(`failed to commit snapshot: snapshot "${ownKey(active)}" is not active`)
      const kept = storedLabels(labels, { checks: 'info.Labels', writes: '' })
      const { Labels: _, ...rest } = active
      snapshots.delete(key)
      snapshots.put(name, { ...rest, Kind: 'Committed', Name: name, key: `${ns}/${db.next(`snapshot-key/${ns}/${snapshotter}`)}/${name}`, ...(Object.keys(kept).length ? { Labels: kept } : {}), Updated: now(sys) })
      exchange.publish(ns, '/snapshot/commit', 'SnapshotCommit', { key, name, ...where(snapshotter) })
    },
    *remove(ns, snapshotter, key) {
      const snapshot = get(ns, snapshotter, key)
      const snapshots = bucket(ns, snapshotter)
      if (snapshots.values().some((s) => s.Parent === key)) throw failedPrecondition(`cannot remove snapshot with child`)
      snapshots.delete(key)
      removeAll(sys, snapshotter === 'native' ? nativeDirectory(snapshot.number) : snapshotDirectory(snapshot.number))
      exchange.publish(ns, '/snapshot/remove', 'SnapshotRemove', { key, ...where(snapshotter) })
      context.collector.schedule()
    },
  }
}

/** The root of a snapshot belongs to whom that of its parent does (overlay.go createSnapshot). */
function ownAs(sys: Sys, parent: string, own: string): void {
  if (!exists(sys, parent)) return
  const { uid, gid } = sys.stat(parent)
  if (uid !== 0 || gid !== 0) sys.chown(own, uid, gid)
}

const fieldOf = (s: StoredSnapshot, [first, ...rest]: readonly string[]): string | undefined => {
  switch (first) {
    case 'kind': return s.Kind.toLowerCase()
    case 'name': return s.Name
    case 'parent': return s.Parent
    case 'labels': return labelAt(s.Labels ?? {}, rest)
    default: return undefined
  }
}

/** overlay.go `mounts`: no parents: a bind mount; a view of one layer: read-only; else an overlay. */
export function overlayMounts(snapshot: Pick<StoredSnapshot, 'Kind' | 'number'>, parents: readonly number[]): SnapshotMount[] {
  const upper = `${snapshotDirectory(snapshot.number)}/fs`
  const lower = parents.map((n) => `${snapshotDirectory(n)}/fs`)
  if (lower.length === 0) return [{ Type: 'bind', Source: upper, Options: [snapshot.Kind === 'View' ? 'ro' : 'rw', 'rbind'] }]
  if (snapshot.Kind === 'View' && lower.length === 1) return [{ Type: 'bind', Source: lower[0] ?? '', Options: ['ro', 'rbind'] }]
  const own = snapshot.Kind === 'View' ? [] : [`workdir=${snapshotDirectory(snapshot.number)}/work`, `upperdir=${upper}`]
  return [{ Type: 'overlay', Source: 'overlay', Options: ['index=off', ...own, `lowerdir=${lower.join(':')}`] }]
}

/** fs.DiskUsage: blocks of every inode once (continuity/fs/du_unix.go). */
function diskUsage(sys: Sys, path: string): Usage {
  const seen = new Set<number>()
  let size = 0
  const visit = (at: string): void => {
    const stat = sys.lstat(at)
    if (!seen.has(stat.ino)) {
      seen.add(stat.ino)
      size += stat.kind === 'dir' ? Math.max(stat.blocks * 512, BLOCK) : stat.blocks * 512
    }
    if (stat.kind === 'dir') for (const entry of sys.readdir(at)) visit(`${at}/${entry.name}`)
  }
  visit(path)
  return { size, inodes: seen.size }
}
