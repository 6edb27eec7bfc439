/** Archives of images: `docker save` writes and `docker load` reads them, `docker import` makes an image of a tree of files (image/tarexport, daemon/images/image_import.go). */
import { digestOf, digestOfText, encoded } from '../../containerd/digest'
import { jsonFault } from '../../containerd/json'
import { readArchive, TarError, type TarEntry, writeTar } from '../../containerd/tar'
import { now } from '../../containerd/time'
import { decode, encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { changes } from '../../containerd/services/changes'
import { internal, invalid } from '../error'
import { RELEASE } from '../release'
import { needImage } from './lookup'
import { familiarTag } from './reference'
import { type DockerImageConfig, type ImageStore, overlayPath } from './store'

interface SavedImage {
  readonly Config: string
  readonly RepoTags: readonly string[] | null
  readonly Layers: readonly string[]
}

/** What the client shows of it, a line an image. */
export function* loadImages(sys: Sys, store: ImageStore, archive: Uint8Array): Run<string[]> {
  const files = new Map<string, Uint8Array>()
  try {
    for (const { entry } of readArchive(archive)) {
      if (entry.kind === 'file') files.set(entry.name, entry.bytes)
      if (sys.spend(2)) yield 'preempted'
    }
  } catch (error) {
    if (!(error instanceof TarError)) throw error
    throw internal(`Error processing tar file(exit status 1): ${error.message}`)
  }
  const manifest = files.get('manifest.json')
  if (manifest === undefined) throw internal('open /var/lib/docker/tmp/docker-import-%s/repositories: no such file or directory'.replace('%s', String(sys.random() >>> 0)))
  const text = decode(manifest)
  const fault = jsonFault(text, 'unexpected EOF')
  if (fault !== undefined) throw internal(fault)
  const images: readonly SavedImage[] = JSON.parse(text)
  const lines: string[] = []
  for (const { Config, RepoTags, Layers } of images) {
    const config = files.get(Config)
    if (config === undefined) throw internal(`open ${Config}: no such file or directory`)
    const configText = decode(config)
    const { rootfs }: DockerImageConfig = JSON.parse(configText)
    if (rootfs.diff_ids.length !== Layers.length) throw internal(`invalid manifest, layers length mismatch: expected ${rootfs.diff_ids.length}, got ${Layers.length}`)
    for (const [i, path] of Layers.entries()) {
      const layer = files.get(path)
      if (layer === undefined) throw internal(`open ${path}: no such file or directory`)
      yield* store.addLayer(rootfs.diff_ids.slice(0, i + 1), layer)
    }
    const { id } = yield* store.add(digestOf(config), configText)
    for (const tag of RepoTags ?? []) {
      const name = familiarTag(tag)
      const before = store.named(name)
      if (before !== undefined && before !== id) lines.push(`The image ${name} already exists, renaming the old one with ID ${before} to empty string`)
      yield* store.tag(name, id)
      lines.push(`Loaded image: ${name}`)
    }
    if (!RepoTags || RepoTags.length === 0) lines.push(`Loaded image ID: ${id}`)
  }
  return lines
}

const BARE = { uid: 0, gid: 0, target: '', rdev: 0, bytes: new Uint8Array() }

export function* saveImages(sys: Sys, store: ImageStore, names: readonly string[]): Run<Uint8Array> {
  const entries: TarEntry[] = []
  const saved = new Map<string, { Config: string; RepoTags: string[]; Layers: string[] }>()
  const written = new Set<string>()
  for (const name of names) {
    const { id, config, text } = needImage(store, name)
    const mtime = Math.floor(Date.parse(config.created ?? '1970-01-01T00:00:00Z') / 1000)
    const tags = name.includes('sha256:') || id.replace('sha256:', '').startsWith(name) ? [] : [familiarTag(name)]
    const known = saved.get(id)
    if (known) {
      known.RepoTags.push(...tags)
      continue
    }
    const layers: string[] = []
    for (const { chain, cacheId } of store.layersOf(config)) {
      const directory = encoded(digestOfText(`layer ${chain}`))
      layers.push(`${directory}/layer.tar`)
      if (written.has(directory)) continue
      written.add(directory)
      const bytes = writeTar(yield* changes(sys, '/nowhere', overlayPath(cacheId, 'diff')), 'numbers')
      entries.push({ ...BARE, name: directory, kind: 'dir', mode: 0o755, mtime }, { ...BARE, name: `${directory}/VERSION`, kind: 'file', mode: 0o644, mtime, bytes: encode('1.0') }, { ...BARE, name: `${directory}/layer.tar`, kind: 'file', mode: 0o644, mtime, bytes })
    }
    entries.push({ ...BARE, name: `${encoded(id)}.json`, kind: 'file', mode: 0o644, mtime, bytes: encode(text) })
    saved.set(id, { Config: `${encoded(id)}.json`, RepoTags: tags, Layers: layers })
  }
  const list = [...saved.values()].map(({ Config, RepoTags, Layers }) => ({ Config, RepoTags: RepoTags.length > 0 ? RepoTags : null, Layers }))
  entries.push({ ...BARE, name: 'manifest.json', kind: 'file', mode: 0o644, mtime: 0, bytes: encode(`${JSON.stringify(list)}\n`) })
  return writeTar(entries, 'numbers')
}

export function* importImage(sys: Sys, store: ImageStore, archive: Uint8Array, { repository, source, message }: { readonly repository: string; readonly source: string; readonly message: string }): Run<string> {
  const name = repository === '' ? '' : familiarTag(repository)
  if (name.includes('@')) throw invalid('cannot import digest reference')
  return yield* makeImage(sys, store, { archive, below: [], name, config: {}, history: [], step: { comment: message === '' ? `Imported from ${source}` : message } })
}

interface NewImage {
  readonly archive: Uint8Array
  /** The layers that it lies on. */
  readonly below: readonly string[]
  readonly name: string
  readonly config: NonNullable<DockerImageConfig['config']>
  readonly history: NonNullable<DockerImageConfig['history']>
  readonly step: { readonly comment?: string; readonly created_by?: string }
  readonly author?: string
}

/** A layer on those of another image or on none, and a configuration for it. */
export function* makeImage(sys: Sys, store: ImageStore, { archive, below, name, config, history, step, author }: NewImage): Run<string> {
  const created = now(sys)
  const diffIds = [...below, digestOf(archive)]
  yield* store.addLayer(diffIds, archive)
  const text = JSON.stringify({
    architecture: 'amd64', ...(author ? { author } : {}), ...(step.comment ? { comment: step.comment } : {}), config, created, docker_version: RELEASE.version, history: [...history, { created, ...step }], os: 'linux',
    rootfs: { type: 'layers', diff_ids: diffIds },
  })
  const { id } = yield* store.add(digestOfText(text), text)
  if (name !== '') yield* store.tag(name, id)
  return id
}
