/** Blobs and archives of a captured node's images: layers are stand-ins with what their snapshots hold, made when they are first read. */
import { encode } from '../../kernel/bytes'
import { MemoryFile, type MemoryFs, MemoryLink } from '../../kernel/fs/memory'
import type { Timespec } from '../../kernel/time'
import { Directory } from '../../kernel/vfs/inode'
import { blobPath } from '../../containerd/services/content'
import { chainId } from '../../containerd/oci/image'
import type { ImageConfig, Manifest } from '../../containerd/oci/types'
import { standIn } from '../../containerd/standin'
import type { TarEntry } from '../../containerd/tar'
import { savedContents } from '../archive'
import { directoryAt } from './disk'
import { cutPath } from './listing'

const ARCHIVES = '/root/images'

export interface Layers {
  readonly disk: MemoryFs
  readonly now: Timespec
  /** The JSON blobs, by digest. */
  readonly blobs: Readonly<Record<string, string>>
  /** The directory that a snapshot's files lie in, by its name. */
  readonly directoryOf: (snapshot: string) => string | undefined
}

/** Lays every layer of the known images into the content store. */
export function layLayers(layers: Layers): void {
  const done = new Set<string>()
  for (const manifest of manifests(layers)) {
    const { diff_ids } = configOf(layers, manifest).rootfs
    for (const [i, { digest, size }] of manifest.layers.entries()) {
      if (done.has(digest)) continue
      done.add(digest)
      put(layers, blobPath(digest), 0o444, size, () => layerOf(layers, digest, size, diff_ids.slice(0, i + 1)))
    }
  }
}

/** The archives that the images were loaded from: `docker save` of each, under its repository's last name. */
export function layArchives(layers: Layers, names: ReadonlyMap<string, string>): void {
  for (const [name, digest] of names) {
    const manifest = parse<Manifest>(layers, digest)
    if (!manifest) continue
    const { diff_ids } = configOf(layers, manifest).rootfs
    const { size, make } = savedContents(
      {
        name: name.replace(/^docker\.io\/(library\/)?/, ''), configDigest: manifest.config.digest, config: encode(layers.blobs[manifest.config.digest] ?? ''),
        layers: manifest.layers.map((l, i) => ({ digest: l.digest, size: l.size, make: () => layerOf(layers, l.digest, l.size, diff_ids.slice(0, i + 1)) })),
      },
      layers.now,
    )
    const repository = name.slice(0, name.lastIndexOf(':'))
    put(layers, `${ARCHIVES}/${repository.slice(repository.lastIndexOf('/') + 1)}.tar`, 0o644, size, make)
  }
}

function* manifests(layers: Layers): Generator<Manifest> {
  for (const digest of Object.keys(layers.blobs)) {
    const blob = parse<Partial<Manifest>>(layers, digest)
    const { schemaVersion, config, layers: list } = blob ?? {}
    if (schemaVersion !== undefined && config?.digest && list) yield { ...blob, schemaVersion, config, layers: list }
  }
}

function parse<T>({ blobs }: Layers, digest: string): T | undefined {
  const text = blobs[digest]
  if (text === undefined) return undefined
  const value: T = JSON.parse(text)
  return value
}

const configOf = (layers: Layers, manifest: Manifest): ImageConfig => parse<ImageConfig>(layers, manifest.config.digest) ?? { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } }

function put({ disk, now }: Layers, path: string, mode: number, size: number, make: () => Uint8Array): void {
  const { directory, name } = cutPath(path)
  const parent = directoryAt(disk.root, directory, now)
  if (!parent.lookup(name, null)) parent.insert(name, new MemoryFile(disk, { mode, uid: 0, gid: 0, now }, { size, make }))
}

function layerOf({ disk, now, directoryOf }: Layers, digest: string, size: number, diffIds: readonly string[]): Uint8Array {
  const path = directoryOf(chainId(diffIds))
  return standIn(digest, size, path === undefined ? [] : [...entriesOf(directoryAt(disk.root, path, now), '')])
}

function* entriesOf(directory: Directory, prefix: string): Generator<TarEntry> {
  for (const [name, inode] of directory.entries(null)) {
    const { mode, uid, gid, mtime } = inode.attributes(null)
    const base = { name: `${prefix}${name}`, mode, uid, gid, mtime: mtime.sec, target: '', rdev: 0, bytes: new Uint8Array(0) }
    if (inode instanceof Directory) {
      yield { ...base, kind: 'dir' }
      yield* entriesOf(inode, `${prefix}${name}/`)
    } else if (inode instanceof MemoryLink) yield { ...base, kind: 'link', target: inode.target() }
    else if (inode instanceof MemoryFile) yield { ...base, kind: 'file', bytes: inode.read(0, inode.size(), null) }
  }
}

