/** Simulated registries: images built from the declarations in `images/`, found by their place, into real tar bytes with real digests. */
import { encode } from '../../kernel/bytes'
import { elfFile } from '../../kernel/elf'
import { digestOf, knowDigest } from '../digest'
import type { ImageConfig, Manifest } from '../oci/types'
import { type TarEntry, writeTar } from '../tar'

/** A file of a layer: a program of the simulator, a text, a link, or a directory (`{}`). */
export type LayerFile = { readonly program: string; readonly size?: number } | { readonly text: string; readonly mode?: number } | { readonly link: string } | { readonly hard: string } | { readonly directory: number }

type Layer = Readonly<Record<string, LayerFile>>

export interface ImageDeclaration {
  readonly names: readonly string[]
  readonly created: string
  readonly config: NonNullable<ImageConfig['config']>
  readonly layers: readonly Layer[]
}

export interface PublishedImage {
  readonly manifest: Manifest
  readonly manifestBytes: Uint8Array
  readonly configBytes: Uint8Array
  readonly layers: readonly Uint8Array[]
}

const DECLARED = import.meta.glob<{ readonly default: readonly ImageDeclaration[] }>('./images/*.ts', { eager: true })
const declared = (): readonly ImageDeclaration[] => Object.values(DECLARED).flatMap((module) => module.default)
const BUILT = new Map<ImageDeclaration, PublishedImage>()
/** Layers that several images share are packed once. */
const PACKED = new Map<Layer, Uint8Array>()
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'

/** All layers, each once. */
const layersOfAll = (): readonly Layer[] => [...new Set(declared().flatMap((d) => d.layers))]
/** Digests as `blobDigests` gives them; none where nobody found them before. */
let known: readonly string[] = []
/** Saves a page the hashing of what it pulls, a sixth of the time that a node takes to boot. */
export const knowDigests = (digests: readonly string[]): void => {
  known = digests
}
/** Of all layers, then of each image's configuration and manifest. */
export const blobDigests = (): string[] =>
  [...layersOfAll().map(packed), ...declared().map(build).flatMap(({ configBytes, manifestBytes }) => [configBytes, manifestBytes])].map(digestOf)

function withKnown(bytes: Uint8Array, at: number): Uint8Array {
  const digest = known[at]
  if (digest) knowDigest(bytes, digest)
  return bytes
}

/** The references under which a repository's images are served; undefined when there is no such repository. */
export function namesIn(host: string, repository: string): readonly string[] | undefined {
  const names = declared().flatMap((d) => d.names).filter((name) => name.startsWith(`${host}/${repository}:`))
  return names.length > 0 ? names : undefined
}

/** What a registry serves under a name with a tag. */
export function published(name: string): PublishedImage | undefined {
  const image = declared().find((d) => d.names.includes(name))
  if (!image) return undefined
  const built = BUILT.get(image) ?? build(image)
  BUILT.set(image, built)
  return built
}

function build(declaration: ImageDeclaration): PublishedImage {
  const { created, config, layers } = declaration
  const at = layersOfAll().length + 2 * declared().indexOf(declaration)
  const tars = layers.map(packed)
  const image: ImageConfig = {
    architecture: 'amd64', os: 'linux', created, config, rootfs: { type: 'layers', diff_ids: tars.map(digestOf) },
    history: tars.map(() => ({ created, created_by: '/bin/sh -c #(nop) ADD rootfs' })),
  }
  const configBytes = withKnown(encode(JSON.stringify(image)), at)
  const manifest: Manifest = {
    schemaVersion: 2, mediaType: MANIFEST,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest: digestOf(configBytes), size: configBytes.length },
    layers: tars.map((t) => ({ mediaType: 'application/vnd.docker.image.rootfs.diff.tar', digest: digestOf(t), size: t.length })),
  }
  return { manifest, manifestBytes: withKnown(encode(JSON.stringify(manifest)), at + 1), configBytes, layers: tars }
}

/** A layer has the date of the oldest image that has it, whichever is asked for first. */
function packed(files: Layer): Uint8Array {
  const packed = PACKED.get(files)
  if (packed) return packed
  const tar = writeTar(entriesOf(files, Math.min(...declared().filter((d) => d.layers.includes(files)).map(({ created }) => Date.parse(created) / 1000))))
  PACKED.set(files, tar)
  return withKnown(tar, layersOfAll().indexOf(files))
}

/** Files as a layer that no registry has. */
export const layerTar = (files: Layer): Uint8Array => writeTar(entriesOf(files, 0))

function entriesOf(files: Layer, mtime: number): TarEntry[] {
  const all = new Map<string, LayerFile>()
  for (const [path, file] of Object.entries(files)) {
    const names = path.split('/')
    for (let i = 1; i < names.length; i++) {
      const above = names.slice(0, i).join('/')
      if (!all.has(above)) all.set(above, { directory: 0o755 })
    }
    all.set(path, file)
  }
  return [...all].map(([name, file]): TarEntry => {
    const base = { name, mode: 0o755, uid: 0, gid: 0, mtime, target: '', rdev: 0, bytes: new Uint8Array(0) }
    if ('program' in file) return { ...base, kind: 'file', bytes: elfFile(file.program, file.size ?? 14_472) }
    if ('text' in file) return { ...base, kind: 'file', mode: file.mode ?? 0o644, bytes: encode(file.text) }
    if ('link' in file) return { ...base, kind: 'link', mode: 0o777, target: file.link }
    if ('hard' in file) return { ...base, kind: 'hard', target: file.hard }
    return { ...base, kind: 'dir', mode: file.directory }
  })
}
