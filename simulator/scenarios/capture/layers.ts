/** Blobs and archives of a captured node's images: layers are stand-ins with what their snapshots hold, made when they are first read. */
import { encode } from '../../kernel/bytes'
import { MemoryFile, type MemoryFs, MemoryLink } from '../../kernel/fs/memory'
import type { Timespec } from '../../kernel/time'
import { Directory } from '../../kernel/vfs/inode'
import { blobPath } from '../../containerd/services/content'
import { encoded } from '../../containerd/digest'
import { chainId } from '../../containerd/oci/image'
import type { ImageConfig, Manifest } from '../../containerd/oci/types'
import { standIn } from '../../containerd/standin'
import { type TarEntry, writeTar } from '../../containerd/tar'
import { directoryAt } from './disk'
import { cutPath } from './listing'

const ARCHIVES = '/root/images'
const BLOCK = 512

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
    const repository = name.slice(0, name.lastIndexOf(':'))
    const config = encode(layers.blobs[manifest.config.digest] ?? '')
    const index = encode(JSON.stringify([{ Config: `${encoded(manifest.config.digest)}.json`, RepoTags: [name.replace(/^docker\.io\/(library\/)?/, '')], Layers: manifest.layers.map((l) => `${encoded(l.digest)}/layer.tar`) }]))
    const { diff_ids } = configOf(layers, manifest).rootfs
    const sizes = [config.length, ...manifest.layers.map((l) => l.size), index.length]
    const total = sizes.reduce((sum, size) => sum + BLOCK + Math.ceil(size / BLOCK) * BLOCK, 2 * BLOCK)
    put(layers, `${ARCHIVES}/${repository.slice(repository.lastIndexOf('/') + 1)}.tar`, 0o644, total, () =>
      writeTar([
        file(`${encoded(manifest.config.digest)}.json`, config, layers.now),
        ...manifest.layers.map((l, i) => file(`${encoded(l.digest)}/layer.tar`, layerOf(layers, l.digest, l.size, diff_ids.slice(0, i + 1)), layers.now)),
        file('manifest.json', index, layers.now),
      ]),
    )
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

const file = (name: string, bytes: Uint8Array, now: Timespec): TarEntry => ({ name, kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: now.sec, target: '', rdev: 0, bytes })

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

