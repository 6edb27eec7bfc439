/**
 * Reading an archive of images into the store: every file becomes a blob as it comes; an OCI layout names its index, for what `docker save`
 * writes one is made (containerd images/archive/importer.go). Then the index is walked: what it names is named, parents get the labels by
 * which the garbage collector finds their children (containerd import.go, images/handlers.go).
 */
import type { Client } from '../client'
import { childrenOf, entriesOf, isPlatform, type Named } from './walk'
import { dockerEntries, layoutVersion } from './messages'
import { withLease } from '../lease'
import { fullReference, referenceFault } from '../../../../containerd/cri/images'
import { digestOf } from '../../../../containerd/digest'
import { isGrpc } from '../../../../containerd/grpc'
import { jsonFault } from '../../../../containerd/json'
import type { Descriptor, Manifest } from '../../../../containerd/oci/types'
import type { Image } from '../../../../containerd/services'
import { readArchive, TarError } from '../../../../containerd/tar'
import { decode, encode } from '../../../../kernel/bytes'
import { isErrno } from '../../../../kernel/errno'
import type { Run } from '../../../../kernel/run'
import { readToEnd } from '../../../../kernel/read-to-end'
import { marshalLine } from '../../../go/json'
import { quote } from '../../../go/strconv'
import { type Context, Failure } from '../../../urfave/context'

const INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json'
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar'
const LAYOUT = '1.0.0'
const CHUNK = 1 << 20

/** A file's bytes, or those of standard input for `-`. */
function* readInput(context: Context, path: string): Run<Uint8Array> {
  const { sys } = context
  if (path !== '-') {
    try {
      return yield* sys.readFile(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Failure(`${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${error.message.toLowerCase()}`)
    }
  }
  return yield* readToEnd(() => sys.read(0, CHUNK))
}

/** Puts every blob of an archive into the store and names the images. */
export const importArchive = (context: Context, client: Client, path: string): Run<Image[]> =>
  withLease(client, function* () {
    const index = yield* importIndex(context, client, yield* readInput(context, path))
    const named = yield* walk(context, client, index)
    const images: Image[] = []
    for (const { name, target } of named) images.push(yield* nameImage(client, name, target))
    return images
  })

type Blobs = Map<string, { readonly digest: string; readonly bytes: Uint8Array }>

/** archive.ImportIndex. */
function* importIndex(context: Context, client: Client, archive: Uint8Array): Run<Descriptor> {
  const blobs: Blobs = new Map()
  const links = new Map<string, string>()
  let layout = ''
  let manifests: ReturnType<typeof dockerEntries> = null
  try {
    for (const { entry, size } of readArchive(archive)) {
      const { name, kind, bytes } = entry
      if (kind === 'link') links.set(name, joined(name, entry.target))
      if (kind !== 'file') continue
      if (name === 'oci-layout') layout = layoutVersion(`untar oci layout ${quote(name)}`, decode(bytes))
      else if (name === 'manifest.json') manifests = dockerEntries(`untar manifest ${quote(name)}`, decode(bytes))
      else if (bytes.length < size) throw new Failure(`failed to ingest ${quote(name)}: failed to read expected number of bytes: unexpected EOF`)
      else blobs.set(name, { digest: yield* store(client, bytes), bytes })
      if (context.sys.spend(bytes.length / 1000)) yield 'preempted'
    }
  } catch (error) {
    if (!(error instanceof TarError)) throw error
    throw new Failure(error.message)
  }
  if (layout !== '') {
    if (layout !== LAYOUT) throw new Failure(`unsupported OCI version ${layout}`)
    const index = blobs.get('index.json')
    if (index === undefined) throw new Failure(`missing index.json in OCI layout ${LAYOUT}`)
    return { mediaType: INDEX, digest: index.digest, size: index.bytes.length }
  }
  if (manifests === null) throw new Failure('unrecognized image format')
  for (const [name, target] of links) {
    const found = blobs.get(target)
    if (found === undefined) throw new Failure(`no target for symlink layer from ${quote(name)} to ${quote(target)}`)
    blobs.set(name, found)
  }
  const entries: object[] = []
  for (const entry of manifests) entries.push(...(yield* fromDocker(client, blobs, entry)))
  return yield* storeJson(client, INDEX, { schemaVersion: 2, manifests: entries.length > 0 ? entries : null })
}

/** path.Join of a link's directory and where it points. */
function joined(name: string, target: string): string {
  const parts: string[] = []
  for (const part of [...name.split('/').slice(0, -1), ...target.split('/')]) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** The index' entries for one image of `docker save`: one a tag. */
function* fromDocker(client: Client, blobs: Blobs, { Config, RepoTags, Layers }: NonNullable<ReturnType<typeof dockerEntries>>[number]): Run<object[]> {
  const config = blobs.get(Config)
  if (config === undefined) throw new Failure(`image config ${quote(Config)} not found`)
  const layers: Descriptor[] = []
  for (const path of Layers) {
    const layer = blobs.get(path)
    if (layer === undefined) throw new Failure(`failed to resolve layers: layer ${quote(path)} not found`)
    layers.push({ mediaType: isCompressed(layer.bytes) ? `${DOCKER_LAYER}.gzip` : DOCKER_LAYER, digest: layer.digest, size: layer.bytes.length })
  }
  const manifest: Manifest = { schemaVersion: 2, mediaType: DOCKER_MANIFEST, config: { mediaType: DOCKER_CONFIG, digest: config.digest, size: config.bytes.length }, layers }
  const target = yield* storeJson(client, DOCKER_MANIFEST, manifest)
  const text = decode(config.bytes)
  const fault = jsonFault(text, 'unexpected end of JSON input')
  if (fault !== undefined) throw new Failure(`unable to resolve platform: ${fault}`)
  const platform = platformIn(JSON.parse(text))
  if (RepoTags.length === 0) return [{ ...target, platform }]
  return RepoTags.map((tag) => {
    const why = referenceFault(tag)
    if (why !== undefined) throw new Failure(`normalize image ref ${quote(tag)}: ${why}`)
    const name = fullReference(tag)
    const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1) }
    return { ...target, annotations, platform }
  })
}

const isCompressed = (bytes: Uint8Array): boolean => (bytes[0] === 0x1f && bytes[1] === 0x8b) || (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd)

function platformIn(config: unknown): { architecture: string; os: string } {
  const field = (name: string): string => {
    const value: unknown = typeof config === 'object' && config !== null ? Reflect.get(config, name) : undefined
    return typeof value === 'string' ? value : ''
  }
  return { architecture: field('architecture'), os: field('os') }
}

/** From the index down: names of its entries, labels on all that refers to something. What no platform is left of is none. */
function* walk(context: Context, client: Client, index: Descriptor): Run<Named[]> {
  const wanted = context.bool('all-platforms') ? undefined : context.string('platform')
  const named: Named[] = []
  const indexName = context.string('index-name')
  if (indexName !== '') named.push({ name: indexName, target: index })
  let isEmpty = true
  const visit = function* (parent: Descriptor): Run {
    const all = yield* (parent === index ? entriesOf(client, index) : childrenOf(client, parent))
    if (parent === index) for (const { descriptor, annotations } of all) named.push(...namesOf(context, descriptor, annotations))
    const children = all.map(({ descriptor }) => descriptor).filter(({ platform }) => platform === undefined || wanted === undefined || isPlatform(platform, wanted))
    if (children.length === 0) return
    isEmpty = false
    const labels = childLabels(children)
    yield* client.call((s, ns) => s.content.update(ns, { digest: parent.digest, labels }, Object.keys(labels).map((key) => `labels.${key}`)))
    for (const child of children) yield* visit(child)
  }
  yield* visit(index)
  if (isEmpty) throw new Failure('image might be filtered out')
  return named
}

/** images.ChildGCLabels. */
function childLabels(children: readonly Descriptor[]): Record<string, string> {
  const labels: Record<string, string> = {}
  const counts = new Map<string, number>()
  for (const { mediaType, digest } of children) {
    const kind = /config|container\.image/.test(mediaType) ? 'config' : /manifest\.v/.test(mediaType) ? 'm.' : /layer|rootfs\.diff/.test(mediaType) ? 'l.' : ''
    const count = counts.get(kind) ?? 0
    counts.set(kind, count + 1)
    labels[`containerd.io/gc.ref.content.${kind}${count > 0 || kind !== 'config' ? count : ''}`] = digest
  }
  return labels
}

/** How references of an archive become names (images/archive/reference.go): a bare tag is put behind a name; with `--base-name` only what begins with it counts. */
function namesOf(context: Context, target: Descriptor, annotations: Readonly<Record<string, string>>): Named[] {
  const given = context.string('base-name')
  const today = new Date(context.sys.now().sec * 1000).toISOString().slice(0, 10)
  const prefix = given || `import-${today}`
  const reference = annotations['org.opencontainers.image.ref.name'] ?? ''
  const translated = (): string => {
    if (reference === '') return ''
    if (!/[/:@]/.test(reference)) return `${prefix}:${reference}`
    const belongs = reference.startsWith(prefix) && ['/', ':', '@', undefined].includes(reference[prefix.length])
    return given !== '' && !belongs ? '' : reference
  }
  const name = annotations['io.containerd.image.name'] || translated()
  const named: Named[] = name === '' ? [] : [{ name, target }]
  const isLeft = name !== '' && context.bool('skip-digest-for-named')
  return context.bool('digests') && !isLeft ? [...named, { name: `${prefix}@${target.digest}`, target }] : named
}

function* storeJson(client: Client, mediaType: string, value: object): Run<Descriptor> {
  const bytes = encode(marshalLine(value))
  return { mediaType, digest: yield* store(client, bytes), size: bytes.length }
}

function* store(client: Client, bytes: Uint8Array): Run<string> {
  const digest = digestOf(bytes)
  try {
    yield* client.call((s, ns) => s.content.write(ns, { ref: `import-${digest}`, bytes, expected: digest, labels: {} }))
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
  }
  return digest
}

function* nameImage(client: Client, name: string, target: Descriptor): Run<Image> {
  try {
    return yield* client.call((s, ns) => s.images.update(ns, { name, labels: {}, target }, ['target']))
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return yield* client.call((s, ns) => s.images.create(ns, { name, labels: {}, target }))
  }
}
