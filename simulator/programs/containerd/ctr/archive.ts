/**
 * Image archives: OCI layouts with `index.json` and what `docker save` writes with `manifest.json` (containerd images/archive).
 * Both are read; an export holds both.
 */
import type { Client } from './client'
import { readManifest } from './image'
import { digestOf, encoded } from '../../../containerd/digest'
import { isGrpc } from '../../../containerd/grpc'
import type { Descriptor, Manifest } from '../../../containerd/oci/types'
import type { Image, Labels } from '../../../containerd/services'
import { readTar, type TarEntry, writeTar } from '../../../containerd/tar'
import { concat, decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { marshalLine } from '../../go/json'
import { type Context, Failure } from '../../urfave/context'

const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json'
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar'
const CHUNK = 1 << 20

/** A file's bytes, or those of standard input for `-`. */
export function* readInput(context: Context, path: string): Run<Uint8Array> {
  const { sys } = context
  if (path !== '-') {
    try {
      return yield* sys.readFile(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Failure(`open ${path}: ${error.message.toLowerCase()}`)
    }
  }
  const parts: Uint8Array[] = []
  for (;;) {
    const part = yield* sys.read(0, CHUNK)
    if (part.length === 0) return concat(parts)
    parts.push(part)
  }
}

/** The checksum of the first header holds (tar(5)): octal digits over the sum of all bytes, its own as blanks. */
function isTar(bytes: Uint8Array): boolean {
  const header = bytes.subarray(0, 512)
  if (header.length < 512) return false
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
  return Number.parseInt(decode(header.subarray(148, 156)), 8) === sum || header.every((byte) => byte === 0)
}

interface DockerEntry {
  readonly Config: string
  readonly RepoTags: readonly string[] | null
  readonly Layers: readonly string[]
}

interface Found {
  readonly names: readonly string[]
  readonly target: Descriptor
}

const isIndex = (value: unknown): value is { manifests: (Descriptor & { annotations?: Record<string, string> })[] } =>
  typeof value === 'object' && value !== null && 'manifests' in value
const isDocker = (value: unknown): value is DockerEntry[] => Array.isArray(value) && value.every((e) => typeof e === 'object' && e !== null && 'Layers' in e)
const isManifest = (value: unknown): value is Manifest => typeof value === 'object' && value !== null && 'config' in value && 'layers' in value

/** Puts every blob into the store and names the images. */
export function* importArchive(context: Context, client: Client, archive: Uint8Array): Run<Image[]> {
  const files = new Map<string, Uint8Array>()
  const basis = basisOf(context)
  if (archive.length > 0 && !isTar(archive)) throw new Failure('archive/tar: invalid tar header')
  for (const entry of readTar(archive)) if (entry.kind === 'file') files.set(entry.name, entry.bytes)
  if (context.sys.spend(archive.length / 1000)) yield 'preempted'
  const found = files.has('index.json') ? yield* fromLayout(client, files, basis) : yield* fromDocker(client, files)
  const images: Image[] = []
  const indexName = context.string('index-name')
  const index = files.get('index.json')
  if (indexName !== '' && index !== undefined) images.push(yield* nameImage(client, indexName, yield* storeIndex(client, index, found)))
  for (const { names, target } of found) {
    for (const name of names) images.push(yield* nameImage(client, name, target))
    const isNamed = names.length > 0 && context.bool('skip-digest-for-named')
    if (context.bool('digests') && !isNamed) images.push(yield* nameImage(client, `${basis.prefix}@${target.digest}`, target))
  }
  return images
}

/** How references of an archive become names (images/archive/reference.go): a bare tag is put behind a name; with `--base-name` only what begins with it counts. */
interface Basis {
  readonly prefix: string
  readonly filtered: boolean
}

function basisOf(context: Context): Basis {
  const given = context.string('base-name')
  const today = new Date(context.sys.now().sec * 1000).toISOString().slice(0, 10)
  return given === '' ? { prefix: `import-${today}`, filtered: false } : { prefix: given, filtered: true }
}

function translated(reference: string, { prefix, filtered }: Basis): string | undefined {
  if (!/[/:@]/.test(reference)) return `${prefix}:${reference}`
  const belongs = reference.startsWith(prefix) && ['/', ':', '@', undefined].includes(reference[prefix.length])
  return filtered && !belongs ? undefined : reference
}

/** The index is kept as a blob that refers to its manifests. */
function* storeIndex(client: Client, bytes: Uint8Array, found: readonly Found[]): Run<Descriptor> {
  const labels = Object.fromEntries(found.map(({ target }, i) => [`containerd.io/gc.ref.content.m.${i}`, target.digest]))
  return { mediaType: 'application/vnd.oci.image.index.v1+json', digest: yield* store(client, bytes, labels), size: bytes.length }
}

const parsed = (files: ReadonlyMap<string, Uint8Array>, name: string): unknown => {
  const bytes = files.get(name)
  if (bytes === undefined) throw new Failure('unrecognized image format: not found')
  const value: unknown = JSON.parse(decode(bytes))
  return value
}

function* fromLayout(client: Client, files: ReadonlyMap<string, Uint8Array>, basis: Basis): Run<Found[]> {
  const index = parsed(files, 'index.json')
  if (!isIndex(index)) throw new Failure('unrecognized image format')
  const found: Found[] = []
  for (const { mediaType, digest, size, platform, annotations = {} } of index.manifests) {
    const path = `blobs/sha256/${encoded(digest)}`
    const manifest = parsed(files, path)
    const bytes = files.get(path)
    if (!isManifest(manifest) || bytes === undefined) continue
    for (const blob of [manifest.config, ...manifest.layers]) {
      const content = files.get(`blobs/sha256/${encoded(blob.digest)}`)
      if (content) yield* store(client, content, {})
    }
    yield* store(client, bytes, references(manifest))
    const reference = annotations['org.opencontainers.image.ref.name']
    const name = annotations['io.containerd.image.name'] ?? (reference === undefined ? undefined : translated(reference, basis))
    found.push({ names: name === undefined ? [] : [name], target: platform ? { mediaType, digest, size, platform } : { mediaType, digest, size } })
  }
  return found
}

function* fromDocker(client: Client, files: ReadonlyMap<string, Uint8Array>): Run<Found[]> {
  const entries = parsed(files, 'manifest.json')
  if (!isDocker(entries)) throw new Failure('unrecognized image format')
  const found: Found[] = []
  for (const entry of entries) {
    const config = files.get(entry.Config)
    if (config === undefined) throw new Failure(`image config ${entry.Config} not found: not found`)
    const layers: Descriptor[] = []
    for (const path of entry.Layers) {
      const layer = files.get(path)
      if (layer === undefined) throw new Failure(`layer ${path} not found: not found`)
      layers.push({ mediaType: DOCKER_LAYER, digest: yield* store(client, layer, {}), size: layer.length })
    }
    const manifest: Manifest = {
      schemaVersion: 2, mediaType: DOCKER_MANIFEST, config: { mediaType: DOCKER_CONFIG, digest: yield* store(client, config, {}), size: config.length }, layers,
    }
    const bytes = encode(marshalLine(manifest))
    const target = { mediaType: DOCKER_MANIFEST, digest: yield* store(client, bytes, references(manifest)), size: bytes.length }
    found.push({ names: (entry.RepoTags ?? []).map(normalized), target })
  }
  return found
}

/** `busybox:latest` is docker.io/library/busybox:latest. */
function normalized(name: string): string {
  const [first = ''] = name.split('/')
  if (!name.includes('/')) return `docker.io/library/${name}`
  return /[.:]/.test(first) || first === 'localhost' ? name : `docker.io/${name}`
}

/** Labels by which the garbage collector finds what a manifest refers to. */
const references = (manifest: Manifest): Labels => ({
  'containerd.io/gc.ref.content.config': manifest.config.digest,
  ...Object.fromEntries(manifest.layers.map((layer, i) => [`containerd.io/gc.ref.content.l.${i}`, layer.digest])),
})

function* store(client: Client, bytes: Uint8Array, labels: Labels): Run<string> {
  const digest = digestOf(bytes)
  try {
    yield* client.call((s, ns) => s.content.write(ns, { ref: `import-${digest}`, bytes, expected: digest, labels }))
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
  }
  return digest
}

function* nameImage(client: Client, name: string, target: Descriptor): Run<Image> {
  try {
    return yield* client.call((s, ns) => s.images.create(ns, { name, labels: {}, target }))
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
    return yield* client.call((s, ns) => s.images.update(ns, { name, labels: {}, target }, ['target']))
  }
}

/** An archive of the named images. */
export function* exportArchive(client: Client, names: readonly string[], tags: 'tagged' | 'untagged'): Run<Uint8Array> {
  const blobs = new Map<string, Uint8Array>()
  const manifests: object[] = []
  const docker: object[] = []
  for (const name of names) {
    const image = yield* client.call((s, ns) => s.images.get(ns, name))
    const manifest = yield* readManifest(client, image)
    for (const { digest } of [image.target, manifest.config, ...manifest.layers]) {
      blobs.set(digest, yield* client.call((s, ns) => s.content.read(ns, digest)))
    }
    const tag = name.slice(name.lastIndexOf(':') + 1)
    manifests.push({ ...image.target, annotations: { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': tag } })
    docker.push({ Config: blobPath(manifest.config.digest), RepoTags: tags === 'tagged' ? [familiar(name)] : null, Layers: manifest.layers.map((l) => blobPath(l.digest)) })
  }
  return writeTar([
    entry('blobs', 'dir'),
    entry('blobs/sha256', 'dir'),
    ...[...blobs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([digest, bytes]) => entry(blobPath(digest), 'file', bytes)),
    { ...entry('index.json', 'file', encode(marshalLine({ schemaVersion: 2, manifests }))), mode: 0o644 },
    { ...entry('manifest.json', 'file', encode(marshalLine(docker))), mode: 0o644 },
    entry('oci-layout', 'file', encode(marshalLine({ imageLayoutVersion: '1.0.0' }))),
  ], 'numbers')
}

/** A name as Docker shows it (distribution/reference FamiliarString). */
const familiar = (name: string): string => name.replace(/^docker\.io\/(?:library\/(?=[^/]*$))?/, '')

const blobPath = (digest: string): string => `blobs/sha256/${encoded(digest)}`
const entry = (name: string, kind: 'dir' | 'file', bytes: Uint8Array = new Uint8Array(0)): TarEntry => ({
  name, kind, mode: kind === 'dir' ? 0o755 : 0o444, uid: 0, gid: 0, mtime: 0, target: '', rdev: 0, bytes,
})
