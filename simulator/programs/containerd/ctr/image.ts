/** What ctr's client side knows of images: their manifest and configuration, their layers' chain, unpacking (containerd image.go, unpack). */
import type { Client } from './client'
import { leaseId, withLease } from './lease'
import { digestOfText } from '../../../containerd/digest'
import { jsonFault } from '../../../containerd/json'
import { isGrpc, notFound } from '../../../containerd/grpc'
import type { Descriptor, ImageConfig, Manifest } from '../../../containerd/oci/types'
import type { Image } from '../../../containerd/services'
import { decode, encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { logrus } from '../../go/logrus'
import { progressBytes } from '../../go/units'
import { Failure } from '../../urfave/context'

/** digest.Parse: `algorithm:hex`. */
export function parseDigest(text: string): string {
  const match = /^([A-Za-z0-9]+(?:[+._-][A-Za-z0-9]+)*):([A-Za-z0-9=_-]+)$/.exec(text)
  if (!match) throw new Failure('invalid checksum digest format')
  const length = { sha256: 64, sha384: 96, sha512: 128 }[match[1] ?? '']
  if (length === undefined) throw new Failure('unsupported digest algorithm')
  if (match[2]?.length !== length) throw new Failure('invalid checksum digest length')
  return text
}

function* readJson(client: Client, digest: string): Run<unknown> {
  const text = decode(yield* client.call((s, ns) => s.content.read(ns, digest)))
  const fault = jsonFault(text, 'unexpected end of JSON input')
  if (fault !== undefined) throw new Failure(fault)
  const parsed: unknown = JSON.parse(text)
  return parsed
}

const isManifest = (value: unknown): value is Manifest => typeof value === 'object' && value !== null && 'config' in value && 'layers' in value
const isConfig = (value: unknown): value is ImageConfig => typeof value === 'object' && value !== null && 'rootfs' in value
const isIndex = (value: unknown): value is { manifests: Descriptor[] } => typeof value === 'object' && value !== null && 'manifests' in value

export interface Read {
  readonly manifest: Manifest
  readonly config: ImageConfig
}

/** The manifest of this platform; an index is followed to it. */
export function* readManifest(client: Client, image: { readonly target: Descriptor }): Run<Manifest> {
  if (!isManifestType(image.target)) throw notFound(`unexpected media type ${image.target.mediaType} for ${image.target.digest}`)
  const value = yield* readJson(client, image.target.digest)
  if (isManifest(value)) return value
  const next = isIndex(value) ? value.manifests[0] : undefined
  if (next && isManifestType(next)) return yield* readManifest(client, { target: next })
  const { mediaType, digest } = next ?? image.target
  throw notFound(`unexpected media type ${mediaType} for ${digest}`)
}

/** What the manifests of an index are for, as `os/architecture`. */
export function* platformsIn(client: Client, image: Image): Run<string[]> {
  const value = yield* readJson(client, image.target.digest)
  return isIndex(value) ? value.manifests.map(({ platform }) => (platform ? `${platform.os}/${platform.architecture}` : '')) : []
}

export const isManifestType = ({ mediaType }: Descriptor): boolean => /manifest|index/.test(mediaType)

/** A container's checkpoint is an index whose first entry is none of an image's; that one is what its size and platform are told from. */
export function* checkpointEntry(client: Client, { target }: Image): Run<Descriptor | undefined> {
  if (!/index/.test(target.mediaType)) return undefined
  const value = yield* readJson(client, target.digest)
  const first = isIndex(value) ? value.manifests[0] : undefined
  return first && !isManifestType(first) ? first : undefined
}

/** The image's configuration. An image whose target is a configuration blob (the CRI's `sha256:` names never are) has none. */
export function* readConfig(client: Client, manifest: Manifest): Run<ImageConfig> {
  const value = yield* readJson(client, manifest.config.digest)
  if (!isConfig(value)) throw new Failure(`unexpected config ${manifest.config.digest}`)
  return value
}

/** ChainID of image-spec: each layer's digest over that of those below it. */
export function chainIds(diffIds: readonly string[]): string[] {
  const chain: string[] = []
  for (const id of diffIds) {
    const below = chain.at(-1)
    chain.push(below === undefined ? id : digestOfText(`${below} ${id}`))
  }
  return chain
}

export function* layersOf(client: Client, image: Pick<Image, 'target'>): Run<Read & { chain: string[] }> {
  const manifest = yield* readManifest(client, image)
  const config = yield* readConfig(client, manifest)
  return { manifest, config, chain: chainIds(config.rootfs.diff_ids) }
}

export function* isUnpacked(client: Client, image: Pick<Image, 'target'>, snapshotter: string): Run<boolean> {
  const { chain } = yield* layersOf(client, image)
  try {
    yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter, chain.at(-1) ?? ''))
    return true
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return false
  }
}

/** Applies the layers that have no snapshot yet, one on the other. */
export const unpack = (client: Client, image: Image, snapshotter: string): Run => withLease(client, () => applyLayers(client, image, snapshotter))

function* applyLayers(client: Client, image: Image, snapshotter: string): Run {
  const manifest = yield* readManifest(client, image)
  const config = yield* rootfsOf(client, manifest)
  const chain = chainIds(config.rootfs.diff_ids)
  if (chain.length !== manifest.layers.length) throw new Failure('mismatched image rootfs and manifest layers')
  for (const [i, name] of chain.entries()) {
    const layer = manifest.layers[i]
    if (layer === undefined) continue
    const exists = yield* client.call(function* (s, ns) {
      try {
        yield* s.snapshots.stat(ns, snapshotter, name)
        return true
      } catch (error) {
        if (!isGrpc(error, 'NotFound')) throw error
        return false
      }
    })
    if (exists) continue
    const key = `extract-${leaseId(client.sys)} ${name}`
    yield* client.call(function* (s, ns) {
      const mounts = yield* s.snapshots.prepare(ns, snapshotter, { key, parent: chain[i - 1] ?? '' })
      try {
        yield* applied(s.diff.apply(ns, layer, mounts), config.rootfs.diff_ids[i] ?? '')
      } catch (error) {
        // What could not be unpacked leaves nothing behind (rootfs.ApplyLayer).
        if (!(error instanceof Failure)) throw error
        yield* client.sys.write(2, encode(logrus(client.sys, 'info', 'apply failure, attempting cleanup', { fields: { error: error.message, key } })))
        yield* s.snapshots.remove(ns, snapshotter, key)
        throw error
      }
      yield* s.snapshots.commit(ns, snapshotter, { name, key })
      yield* s.content.update(ns, { digest: layer.digest, labels: { 'containerd.io/uncompressed': config.rootfs.diff_ids[i] ?? '' } }, ['labels.containerd.io/uncompressed'])
    })
  }
  const label = `containerd.io/gc.ref.snapshot.${snapshotter}`
  yield* client.call((s, ns) => s.content.update(ns, { digest: manifest.config.digest, labels: { [label]: chain.at(-1) ?? '' } }, [`labels.${label}`]))
}

function* rootfsOf(client: Client, manifest: Manifest): Run<ImageConfig> {
  try {
    return yield* readConfig(client, manifest)
  } catch (error) {
    if (!(isGrpc(error) || error instanceof Failure)) throw error
    throw new Failure(`failed to resolve rootfs: ${error.message}`)
  }
}

/** A layer is what the configuration says that it unpacks to. */
function* applied(work: Run<Descriptor>, diffId: string): Run {
  try {
    const { digest } = yield* work
    if (digest !== diffId) throw new Failure(`wrong diff id calculated on extraction "${digest}"`)
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw new Failure(`failed to extract layer ${diffId}: ${error.message}`)
  }
}

export function* ensureUnpacked(client: Client, image: Image, snapshotter: string): Run {
  if (!(yield* isUnpacked(client, image, snapshotter))) yield* unpack(client, image, snapshotter)
}

/** images.Check: which blobs are here. The manifest counts as one, as do its configuration and layers. */
export function* checkImage(client: Client, image: Image): Run<{ status: string; size: string; isComplete: boolean }> {
  let manifest: Manifest
  try {
    manifest = yield* readManifest(client, image)
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return { status: 'unavailable (0/?)', size: `${progressBytes(0)}/?`, isComplete: false }
  }
  const required = [manifest.config, ...manifest.layers]
  const present: Descriptor[] = []
  for (const blob of required) {
    try {
      yield* client.call((s, ns) => s.content.info(ns, blob.digest))
      present.push(blob)
    } catch (error) {
      if (!isGrpc(error, 'NotFound')) throw error
    }
  }
  const sum = (blobs: readonly Descriptor[]): string => progressBytes(blobs.reduce((total, blob) => total + blob.size, 0))
  const isComplete = present.length === required.length
  return { status: `${isComplete ? 'complete' : 'incomplete'} (${present.length}/${required.length})`, size: `${sum(present)}/${sum(required)}`, isComplete }
}
