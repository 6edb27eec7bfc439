/** The CRI's ImageService (pkg/cri/server image_*.go, pkg/cri/store/image): images of the k8s.io namespace by their configuration's digest. */
import { goJson } from '../json'
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import { GrpcError, notFound } from '../grpc'
import { chainId, numericUser } from '../oci/image'
import type { ImageConfig, Manifest } from '../oci/types'
import { pull } from '../registry/pull'
import { nanoseconds } from '../time'
import type { CriContext } from './context'
import type { CriImage, ImageService, Info } from './services'
import { OVERLAY_ROOT } from '../services/snapshots'

export const K8S = 'k8s.io'
/** The label of what the plugin made. */
export const MANAGED = { 'io.cri-containerd.image': 'managed' } as const

export interface KnownImage {
  readonly id: string
  readonly references: readonly string[]
  readonly manifest: Manifest
  readonly config: ImageConfig
  readonly configText: string
  readonly size: number
}

/** `busybox` in full: `docker.io/library/busybox:latest` (distribution/reference ParseDockerRef). */
export function fullReference(text: string): string {
  const [name = '', digest] = text.split('@', 2)
  const slash = name.lastIndexOf('/')
  const colon = name.indexOf(':', slash + 1)
  const bare = colon < 0 ? name : name.slice(0, colon)
  const first = bare.split('/', 1)[0] ?? ''
  const hasHost = bare.includes('/') && (/[.:]/.test(first) || first === 'localhost')
  const full = hasHost ? bare : bare.includes('/') ? `docker.io/${bare}` : `docker.io/library/${bare}`
  return digest ? `${full}@${digest}` : `${full}:${colon < 0 ? 'latest' : name.slice(colon + 1)}`
}

const REPOSITORY = /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const LONGEST_NAME = 255

/** Why a text is no reference (distribution/reference normalize.go, ParseDockerRef); undefined when it is one. */
export function referenceFault(text: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(text)) return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`
  const [name = '', digest] = text.split('@', 2)
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  const bare = colon < 0 ? name : name.slice(0, colon)
  const first = bare.includes('/') ? (bare.split('/', 1)[0] ?? '') : ''
  const path = /[.:]/.test(first) || first === 'localhost' ? bare.slice(first.length + 1) : bare
  if (path !== path.toLowerCase()) return 'invalid reference format: repository name must be lowercase'
  if (!REPOSITORY.test(bare) || (colon >= 0 && !TAG.test(name.slice(colon + 1))) || (digest !== undefined && !DIGEST.test(digest))) return 'invalid reference format'
  return bare.length > LONGEST_NAME ? `repository name must not be more than ${LONGEST_NAME} characters` : undefined
}

type Described = Omit<KnownImage, 'references'>

/** What the blobs of an image say, by the manifest's digest. Each daemon reads them itself: what one has read takes another no less time. */
const DESCRIBED = new WeakMap<CriContext['db'], Map<string, Described>>()

function* describe(services: CriContext['services'], digest: string, manifestSize: number): Run<Described> {
  const manifest: Manifest = JSON.parse(decode(yield* services.content.read(K8S, digest)))
  const configText = decode(yield* services.content.read(K8S, manifest.config.digest))
  const config: ImageConfig = JSON.parse(configText)
  const size = manifestSize + manifest.config.size + manifest.layers.reduce((sum, l) => sum + l.size, 0)
  return { id: manifest.config.digest, manifest, config, configText, size }
}

/** All images, by id. */
export function* knownImages({ db, services }: CriContext): Run<KnownImage[]> {
  const byDigest = new Map<string, string[]>()
  for (const image of db.images(K8S).values()) byDigest.set(image.target.digest, [...(byDigest.get(image.target.digest) ?? []), image.name])
  const found: KnownImage[] = []
  const read = DESCRIBED.get(db) ?? new Map<string, Described>()
  DESCRIBED.set(db, read)
  for (const [digest, names] of byDigest) {
    const info = db.content(K8S).get(digest)
    if (!info) continue
    const described = read.get(digest) ?? (yield* describe(services, digest, info.size))
    read.set(digest, described)
    found.push({ ...described, references: names.sort() })
  }
  return found
}

/** By id, shortened id or name; several may begin so, and all begin with an empty text. */
function* resolve(context: CriContext, text: string): Run<KnownImage | 'several' | undefined> {
  const all = yield* knownImages(context)
  const name = fullReference(text)
  const exact = all.find((i) => i.references.includes(name)) ?? all.find((i) => i.id === text)
  if (exact) return exact
  const begun = all.filter((i) => i.id.startsWith(`sha256:${text}`))
  return begun.length > 1 ? 'several' : begun[0]
}

export function* findImage(context: CriContext, text: string): Run<KnownImage | undefined> {
  const found = yield* resolve(context, text)
  if (found === 'several') throw new GrpcError('Unknown', `can not resolve "${text}" locally: ambiguous digest string`)
  return found
}

const shown = (image: KnownImage): CriImage => {
  const user = image.config.config?.User ?? ''
  const numeric = /^\d+/.test(user)
  return {
    id: image.id,
    repoTags: image.references.filter((r) => !r.startsWith('sha256:') && !r.includes('@')),
    repoDigests: image.references.filter((r) => r.includes('@')),
    size: image.size, uid: numeric ? numericUser(user).uid : null, username: numeric ? '' : user.split(':', 1)[0] ?? '',
  }
}

export function imageService(context: CriContext): ImageService {
  const { sys, services } = context
  return {
    *listImages() {
      // The plugin lists all images, whatever the filter.
      return (yield* knownImages(context)).map(shown)
    },
    *imageStatus(image, options = {}) {
      const found = yield* findImage(context, image)
      const none: Info = {}
      if (!found) return { image: null, info: none }
      const info: Info = options.verbose ? { info: goJson({ chainID: chainId(found.config.rootfs.diff_ids), imageSpec: inOrder(JSON.parse(found.configText), IMAGE_FIELDS) }) } : {}
      return { image: shown(found), info }
    },
    *pullImage(image, _, credentials) {
      const why = referenceFault(image)
      if (why !== undefined) throw new GrpcError('Unknown', `failed to parse image reference "${image}": ${why}`)
      return yield* pull({ sys, services }, K8S, fullReference(image), { labels: MANAGED, ...(credentials ? { credentials } : {}) })
    },
    *removeImage(image) {
      const found = yield* findImage(context, image)
      if (!found) return
      for (const name of found.references) yield* services.images.delete(K8S, name)
    },
    *imageFsInfo() {
      let usedBytes = 0
      let inodesUsed = 0
      for (const snapshot of yield* services.snapshots.list(K8S, 'overlayfs')) {
        const usage = yield* services.snapshots.usage(K8S, 'overlayfs', snapshot.Name)
        usedBytes += usage.size
        inodesUsed += usage.inodes
      }
      return { timestamp: nanoseconds(sys), mountpoint: OVERLAY_ROOT, usedBytes, inodesUsed }
    },
  }
}

type Fields = { readonly [name: string]: Fields | null }
/** encoding/json writes the fields that image-spec's structs have, in their order. */
const IMAGE_FIELDS: Fields = {
  created: null, author: null, architecture: null, variant: null, os: null, 'os.version': null, 'os.features': null,
  config: { User: null, ExposedPorts: null, Env: null, Entrypoint: null, Cmd: null, Volumes: null, WorkingDir: null, Labels: null, StopSignal: null, ArgsEscaped: null },
  rootfs: { type: null, diff_ids: null },
  history: { created: null, created_by: null, author: null, comment: null, empty_layer: null },
}

function inOrder(value: unknown, fields: Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => inOrder(item, fields))
  if (typeof value !== 'object' || value === null) return value
  const given = new Map(Object.entries(value))
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, inner]) => {
      const field: unknown = given.get(name)
      if (field === undefined || field === null || field === '' || field === false) return []
      return [[name, inner === null ? field : inOrder(field, inner)]]
    }),
  )
}

/** The image that a container names, or the runtime's error. */
export function* needImage(context: CriContext, text: string): Run<KnownImage> {
  const found = yield* resolve(context, text)
  if (found === 'several') throw new GrpcError('Unknown', `failed to resolve image "${text}": ambiguous digest string`)
  if (!found) throw notFound(`failed to resolve image "${text}"`)
  return found
}
