/** The differ (diff/apply): a layer's tar unpacked where the snapshot keeps its files, whiteouts as overlayfs wants them (OCI image-spec layer.md). */
import { isErrno } from '../../kernel/errno'
import type { Sys } from '../../kernel/sys'
import { exists, makeDirectories, removeAll, temporaryMount, withMounted } from '../files'
import { readArchive, TarError, type TarEntry, writeTar } from '../tar'
import { GrpcError, isGrpc, notImplemented, unknownError } from '../grpc'
import type { Run } from '../../kernel/run'
import type { ContentService, DiffService, SnapshotMount } from '../services'
import { changes, WHITEOUT } from './changes'
import type { Context } from './context'

/** Types whose compression is told from the bytes or from the type itself (images.DiffCompression); other types want a processor, of which none is configured. */
const UNPACKED_TYPES = /^application\/vnd\.(docker\.image\.rootfs\.(foreign\.)?diff\.tar(\.gzip)?|oci\.image\.layer\.(nondistributable\.)?v1\.tar)(\+.*)?$/

const LAYER_TYPES = ['application/vnd.oci.image.layer.v1.tar', 'application/vnd.oci.image.layer.v1.tar+gzip']

export function diffService({ sys }: Context, content: ContentService): DiffService {
  return {
    *apply(ns, layer, mounts) {
      const bytes = yield* readLayer(content, ns, layer.digest)
      if (!UNPACKED_TYPES.test(layer.mediaType)) throw unknownError(`failed to get stream processor for ${layer.mediaType}: no processor for media-type`)
      const target = targetOf(mounts)
      const old = sys.umask(0)
      try {
        const made = new Set<string>()
        for (const { entry, size } of readArchive(bytes)) {
          if (entry.bytes.length < size) throw new TarError('unexpected EOF')
          yield* unpack(sys, target, entry, made)
          if (sys.spend(2)) yield 'preempted'
        }
      } catch (error) {
        if (!(error instanceof TarError)) throw error
        throw unknownError(`${callback(sys, mounts)}${error.message}`)
      } finally {
        sys.umask(old)
      }
      return { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: layer.digest, size: bytes.length }
    },
    *compare(_, lower, upper, mediaType) {
      if (!LAYER_TYPES.includes(mediaType)) throw notImplemented(`unsupported diff media type: ${mediaType}`)
      return yield* withMounted(sys, lower, (old) => withMounted(sys, upper, function* (fresh) {
        return writeTar(yield* changes(sys, old, fresh), 'numbers')
      }))
    },
  }
}

function* readLayer(content: ContentService, ns: string, digest: string): Run<Uint8Array> {
  try {
    return yield* content.read(ns, digest)
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw new GrpcError(error.code, `failed to get reader from content store: ${error.message}`)
  }
}

/** An overlay is unpacked straight into its upper directory (diff/apply/apply_linux.go). */
function targetOf(mounts: readonly SnapshotMount[]): string {
  const [mount] = mounts
  if (!mount) return '/'
  return mount.Options.find((o) => o.startsWith('upperdir='))?.slice('upperdir='.length) ?? mount.Source
}

/** Other mounts than an overlay are mounted for it, at a place of their own, which its error names. */
const callback = (sys: Sys, [mount]: readonly SnapshotMount[]): string => (mount?.Type === 'overlay' ? '' : `mount callback failed on ${temporaryMount(sys)}: `)

/** One entry of a layer, below `target`. `made`: directories that need not be looked for again. */
export function* unpack(sys: Sys, target: string, entry: TarEntry, made = new Set<string>()): Run {
  const path = `${target}/${entry.name.replace(/\/$/, '')}`
  const parent = path.slice(0, path.lastIndexOf('/'))
  const base = path.slice(parent.length + 1)
  if (!made.has(parent)) makeDirectories(sys, parent)
  made.add(parent)
  if (base.startsWith(WHITEOUT)) {
    made.clear()
    removeAll(sys, `${parent}/${base.slice(WHITEOUT.length)}`)
    sys.mknod(`${parent}/${base.slice(WHITEOUT.length)}`, 'chr', 0, 0)
    return
  }
  if (entry.kind === 'dir') {
    if (!exists(sys, path)) sys.mkdir(path, entry.mode)
  } else {
    if (exists(sys, path)) {
      made.clear()
      removeAll(sys, path)
    }
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
