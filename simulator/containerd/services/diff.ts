/** The differ (diff/apply): a layer's tar unpacked where the snapshot keeps its files, whiteouts as overlayfs wants them (OCI image-spec layer.md). */
import { isErrno } from '../../kernel/errno'
import type { Sys } from '../../kernel/sys'
import { exists, makeDirectories, removeAll } from '../files'
import { readTar, type TarEntry } from '../tar'
import type { ContentService, DiffService, SnapshotMount } from '../services'
import type { Context } from './context'

const WHITEOUT = '.wh.'

export function diffService({ sys }: Context, content: ContentService): DiffService {
  return {
    *apply(ns, layer, mounts) {
      const bytes = yield* content.read(ns, layer.digest)
      const target = targetOf(mounts)
      const old = sys.umask(0)
      for (const entry of readTar(bytes)) {
        yield* unpack(sys, target, entry)
        if (sys.spend(2)) yield 'preempted'
      }
      sys.umask(old)
      return { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: layer.digest, size: bytes.length }
    },
  }
}

/** An overlay is unpacked straight into its upper directory (diff/apply/apply_linux.go). */
function targetOf(mounts: readonly SnapshotMount[]): string {
  const [mount] = mounts
  if (!mount) return '/'
  return mount.Options.find((o) => o.startsWith('upperdir='))?.slice('upperdir='.length) ?? mount.Source
}

function* unpack(sys: Sys, target: string, entry: TarEntry) {
  const path = `${target}/${entry.name.replace(/\/$/, '')}`
  const parent = path.slice(0, path.lastIndexOf('/'))
  const base = path.slice(parent.length + 1)
  makeDirectories(sys, parent)
  if (base.startsWith(WHITEOUT)) {
    removeAll(sys, `${parent}/${base.slice(WHITEOUT.length)}`)
    sys.mknod(`${parent}/${base.slice(WHITEOUT.length)}`, 'chr', 0, 0)
    return
  }
  if (entry.kind === 'dir') {
    if (!exists(sys, path)) sys.mkdir(path, entry.mode)
  } else {
    if (exists(sys, path)) removeAll(sys, path)
    if (entry.kind === 'link') sys.symlink(entry.target, path)
    else if (entry.kind === 'hard') sys.link(`${target}/${entry.target}`, path)
    else if (entry.kind === 'chr' || entry.kind === 'blk' || entry.kind === 'fifo') sys.mknod(path, entry.kind, entry.mode, entry.rdev)
    else yield* sys.writeFile(path, entry.bytes, { mode: entry.mode })
  }
  if (entry.kind === 'hard') return
  sys.chown(path, entry.uid, entry.gid, { noFollow: true })
  if (entry.kind === 'link') return
  sys.chmod(path, entry.mode)
  try {
    sys.utimes(path, { sec: entry.mtime, nsec: 0 }, { sec: entry.mtime, nsec: 0 })
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
