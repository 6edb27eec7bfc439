/** Images that a scenario lays on a node as archives: recorded configurations, and stand-ins for the recorded layers. */
import { digestOf } from '../../containerd/digest'
import { type LayerFile, layerTar, published } from '../../containerd/registry/index'
import { standIn } from '../../containerd/standin'
import { readTar } from '../../containerd/tar'
import { encode } from '../../kernel/bytes'
import type { SavedImage } from '../archive'
import type { Archive } from './schema'

export function savedImage({ name, config: text, layers }: Archive): SavedImage {
  const config = encode(text)
  return { name, config, configDigest: digestOf(config), layers: layers.map((layer) => ({ digest: layer.digest, size: layer.size, make: () => contentsOf(layer) })) }
}

function contentsOf({ digest, size, like, files = {} }: Archive['layers'][number]): Uint8Array {
  const base = like === undefined ? undefined : published(like)?.layers[0]
  if (like !== undefined && base === undefined) throw new Error(`no registry of the lab has ${like}`)
  const own = Object.fromEntries(
    Object.entries(files).map(([path, { program, text, size: bytes = 0, mode }]): [string, LayerFile] => [
      path, program !== undefined ? { program, ...(bytes > 0 ? { size: bytes } : {}) } : { text: text ?? '\0'.repeat(bytes), ...(mode === undefined ? {} : { mode }) },
    ]),
  )
  const below = base === undefined ? [] : [...readTar(base)].filter((entry) => !(entry.name in own))
  const names = new Set(below.map((entry) => entry.name.replace(/\/$/, '')))
  return standIn(digest, size, [...below.map((entry) => ({ ...entry, name: entry.name.replace(/\/$/, '') })), ...[...readTar(layerTar(own))].map((entry) => ({ ...entry, name: entry.name.replace(/\/$/, '') })).filter((entry) => !names.has(entry.name))])
}
