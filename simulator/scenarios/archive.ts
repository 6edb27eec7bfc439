/** An image as `docker save` writes it, for archives that lie on a node (image/tarexport/save.go); made when it is first read. */
import { encoded } from '../containerd/digest'
import { type TarEntry, writeTar } from '../containerd/tar'
import { encode } from '../kernel/bytes'
import type { Timespec } from '../kernel/time'

const BLOCK = 512

export interface SavedImage {
  readonly name: string
  readonly configDigest: string
  readonly config: Uint8Array
  readonly layers: readonly { readonly digest: string; readonly size: number; make(): Uint8Array }[]
}

/** A file's contents: how many bytes they are, and the bytes. */
export function savedContents({ name, configDigest, config, layers }: SavedImage, now: Timespec): { readonly size: number; make(): Uint8Array } {
  const file = (path: string, bytes: Uint8Array): TarEntry => ({ name: path, kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: now.sec, target: '', rdev: 0, bytes })
  const pathOf = ({ digest }: { readonly digest: string }): string => `${encoded(digest)}/layer.tar`
  const index = encode(JSON.stringify([{ Config: `${encoded(configDigest)}.json`, RepoTags: [name], Layers: layers.map(pathOf) }]))
  const sizes = [config.length, ...layers.map(({ size }) => size), index.length]
  return {
    size: sizes.reduce((sum, size) => sum + BLOCK + Math.ceil(size / BLOCK) * BLOCK, 2 * BLOCK),
    make: () => writeTar([file(`${encoded(configDigest)}.json`, config), ...layers.map((layer) => file(pathOf(layer), layer.make())), file('manifest.json', index)]),
  }
}
