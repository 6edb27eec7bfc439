/**
 * Images and their layers as the daemon keeps them: configurations below image/overlay2/imagedb, what is known of a layer below layerdb, names in
 * repositories.json, and the files themselves below overlay2 (moby image/fs.go, layer/filestore.go, reference/store.go). The files are read once, at the start.
 */
import { encoded, randomHex } from '../../containerd/digest'
import { exists, makeDirectories, removeAll } from '../../containerd/files'
import { chainId } from '../../containerd/oci/image'
import type { ImageConfig } from '../../containerd/oci/types'
import { unpack } from '../../containerd/services/diff'
import { readArchive } from '../../containerd/tar'
import { now } from '../../containerd/time'
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { DATA_ROOT } from '../context'
import { partsOf } from './reference'

const DRIVER = `${DATA_ROOT}/image/overlay2`
const CONFIGS = `${DRIVER}/imagedb/content/sha256`
const METADATA = `${DRIVER}/imagedb/metadata/sha256`
const LAYERS = `${DRIVER}/layerdb/sha256`
const NAMES = `${DRIVER}/repositories.json`
const OVERLAY = `${DATA_ROOT}/overlay2`

/** A configuration that Docker has written says more than image-spec does. */
export interface DockerImageConfig extends ImageConfig {
  readonly author?: string
  readonly comment?: string
  readonly docker_version?: string
  readonly container?: string
  readonly parent?: string
}

export interface Image {
  readonly id: string
  readonly config: DockerImageConfig
  readonly text: string
}

export interface Layer {
  readonly chain: string
  readonly diffId: string
  readonly parent: string
  /** The name of its directory below overlay2. */
  readonly cacheId: string
  /** Bytes of its files. */
  readonly size: number
}

/** Those of a container or a layer. */
export const overlayPath = (id: string, name = ''): string => `${OVERLAY}/${id}${name === '' ? '' : `/${name}`}`

export class ImageStore {
  readonly images = new Map<string, Image>()
  private readonly layers = new Map<string, Layer>()
  /** Familiar names with their tags or digests, to ids. */
  private readonly names = new Map<string, string>()
  private readonly sys: Sys
  private constructor(sys: Sys) {
    this.sys = sys
  }
  static *load(sys: Sys): Run<ImageStore> {
    for (const directory of [CONFIGS, METADATA, LAYERS, `${DRIVER}/distribution`, `${OVERLAY}/l`]) makeDirectories(sys, directory, 0o700)
    const store = new ImageStore(sys)
    for (const { name } of sys.readdir(LAYERS)) {
      const read = function* (file: string): Run<string> {
        return exists(sys, `${LAYERS}/${name}/${file}`) ? yield* sys.readText(`${LAYERS}/${name}/${file}`) : ''
      }
      store.layers.set(`sha256:${name}`, { chain: `sha256:${name}`, diffId: yield* read('diff'), parent: yield* read('parent'), cacheId: yield* read('cache-id'), size: Number(yield* read('size')) })
    }
    for (const { name } of sys.readdir(CONFIGS)) {
      const text = yield* sys.readText(`${CONFIGS}/${name}`)
      store.images.set(`sha256:${name}`, { id: `sha256:${name}`, config: JSON.parse(text), text })
    }
    if (!exists(sys, NAMES)) return store
    const { Repositories }: { readonly Repositories: Readonly<Record<string, Readonly<Record<string, string>>>> } = JSON.parse(yield* sys.readText(NAMES))
    for (const names of Object.values(Repositories)) for (const [name, id] of Object.entries(names)) store.names.set(name, id)
    return store
  }

  // ── names ─────────────────────────────────────────────────────────────────────────────────────────────
  /** The names of an image; those with a tag or those with a digest. */
  namesOf(id: string, kind: 'tags' | 'digests'): string[] {
    return [...this.names].filter(([name, to]) => to === id && name.includes('@') === (kind === 'digests')).map(([name]) => name).sort()
  }
  named(name: string): string | undefined {
    return this.names.get(name)
  }
  *tag(name: string, id: string): Run {
    if (this.names.get(name) === id) return
    this.names.set(name, id)
    yield* this.writeNames()
    if (!name.includes('@')) {
      makeDirectories(this.sys, `${METADATA}/${encoded(id)}`, 0o755)
      yield* this.sys.writeFile(`${METADATA}/${encoded(id)}/lastUpdated`, encode(now(this.sys)), { mode: 0o600 })
    }
  }
  *untag(name: string): Run {
    this.names.delete(name)
    yield* this.writeNames()
  }
  private *writeNames(): Run {
    const repositories = new Map<string, Record<string, string>>()
    for (const [name, id] of [...this.names].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { repository } = partsOf(name)
      repositories.set(repository, { ...repositories.get(repository), [name]: id })
    }
    yield* this.sys.writeFile(NAMES, encode(JSON.stringify({ Repositories: Object.fromEntries(repositories) })), { mode: 0o600 })
  }
  *lastTagged(id: string): Run<string | undefined> {
    const path = `${METADATA}/${encoded(id)}/lastUpdated`
    return exists(this.sys, path) ? yield* this.sys.readText(path) : undefined
  }

  // ── images ────────────────────────────────────────────────────────────────────────────────────────────
  *add(id: string, text: string): Run<Image> {
    const known = this.images.get(id)
    if (known) return known
    const image = { id, config: JSON.parse(text), text }
    this.images.set(id, image)
    yield* this.sys.writeFile(`${CONFIGS}/${encoded(id)}`, encode(text), { mode: 0o600 })
    return image
  }
  /** The image, and the layers that no other image has; the ids of those. */
  remove(id: string): string[] {
    const image = this.images.get(id)
    if (!image) return []
    this.images.delete(id)
    removeAll(this.sys, `${CONFIGS}/${encoded(id)}`)
    removeAll(this.sys, `${METADATA}/${encoded(id)}`)
    const kept = new Set([...this.images.values()].flatMap(({ config }) => this.layersOf(config).map(({ chain }) => chain)))
    const gone = this.layersOf(image.config).filter(({ chain }) => !kept.has(chain)).reverse()
    for (const { chain, cacheId } of gone) {
      this.layers.delete(chain)
      removeAll(this.sys, `${LAYERS}/${encoded(chain)}`)
      removeAll(this.sys, overlayPath(cacheId))
    }
    return gone.map(({ chain }) => chain)
  }

  // ── layers ────────────────────────────────────────────────────────────────────────────────────────────
  /** From the lowest. */
  layersOf({ rootfs }: ImageConfig): Layer[] {
    return rootfs.diff_ids.flatMap((_, i) => this.layers.get(chainId(rootfs.diff_ids.slice(0, i + 1))) ?? [])
  }
  hasLayer(diffIds: readonly string[]): boolean {
    return this.layers.has(chainId(diffIds))
  }
  sizeOf(config: ImageConfig): number {
    return this.layersOf(config).reduce((sum, { size }) => sum + size, 0)
  }
  /** All layers that there are, each once. */
  get total(): number {
    return [...this.layers.values()].reduce((sum, { size }) => sum + size, 0)
  }
  allLayers(): Layer[] {
    return [...this.layers.values()]
  }
  /** Unpacks a layer's archive on those below it. `diffIds` ends with its own. */
  *addLayer(diffIds: readonly string[], archive: Uint8Array): Run<Layer> {
    const { sys } = this
    const chain = chainId(diffIds)
    const known = this.layers.get(chain)
    if (known) return known
    const cacheId = randomHex(sys, 64)
    makeDirectories(sys, overlayPath(cacheId, 'diff'), 0o755)
    const made = new Set<string>()
    const old = sys.umask(0)
    let size = 0
    try {
      for (const { entry } of readArchive(archive)) {
        yield* unpack(sys, overlayPath(cacheId, 'diff'), entry, made)
        size += entry.bytes.length
        if (sys.spend(2)) yield 'preempted'
      }
    } finally {
      sys.umask(old)
    }
    const layer = { chain, diffId: diffIds.at(-1) ?? '', parent: chainId(diffIds.slice(0, -1)), cacheId, size }
    this.layers.set(chain, layer)
    const directory = `${LAYERS}/${encoded(chain)}`
    makeDirectories(sys, directory, 0o755)
    const files: readonly (readonly [string, string])[] = [['diff', layer.diffId], ['size', String(size)], ['cache-id', cacheId], ...(layer.parent === '' ? [] : [['parent', layer.parent] as const])]
    for (const [name, text] of files) yield* sys.writeFile(`${directory}/${name}`, encode(text), { mode: 0o644 })
    return layer
  }
}

/** The directories that an overlay lies on, the highest first. */
export const lowerOf = (layers: readonly Layer[]): string[] => layers.map(({ cacheId }) => overlayPath(cacheId, 'diff')).reverse()

