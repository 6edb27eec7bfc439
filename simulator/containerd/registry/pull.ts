/** Pulling (client pull.go): resolve in a simulated registry, fetch what the store lacks, name it, unpack it. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { digestOf } from '../digest'
import { GrpcError, isGrpc } from '../grpc'
import { chainId } from '../oci/image'
import type { Descriptor, ImageConfig, Manifest } from '../oci/types'
import type { Containerd, Labels } from '../services'
import { decode } from '../../kernel/bytes'
import { referenceParts } from './reference'
import { countManifest, type Credentials, RegistryError, resolve, sourceLabel } from './resolve'

export interface PullContext {
  readonly sys: Sys
  readonly services: Pick<Containerd, 'images' | 'content' | 'snapshots' | 'diff'>
}

/** A registry nearby: a question for the manifest, which it answers sooner or later, then 50 MB/s. */
const RESOLVE_NS = 8_000_000
const LATER_NS = 17_000_000
const NS_PER_BYTE = 20

/** Its value is the digest of the image's configuration. */
export function* pull(context: PullContext, ns: string, reference: string, { labels, credentials }: { readonly labels: Labels; readonly credentials?: Credentials }): Run<string> {
  const { services, sys } = context
  // No random number is drawn: a pull does not change what comes after it.
  yield* sys.sleep(RESOLVE_NS + (sys.monotonic() % LATER_NS))
  const { manifest, manifestBytes, configBytes, layers } = yield* refused(`failed to pull and unpack image "${reference}": failed to resolve reference "${reference}"`, () => resolve(sys, reference, credentials))
  const source = sourceLabel(reference)
  const digest = digestOf(manifestBytes)
  const config: ImageConfig = JSON.parse(decode(configBytes))
  const refs = Object.fromEntries(manifest.layers.map((l, i): [string, string] => [`containerd.io/gc.ref.content.l.${i}`, l.digest]))
  if (!(yield* has(context, ns, digest))) {
    yield* refused(`failed to pull and unpack image "${reference}"`, function* () {
      countManifest(sys, reference, digest)
    })
  }
  yield* put(context, ns, manifestBytes, { 'containerd.io/gc.ref.content.config': manifest.config.digest, ...refs, ...source })
  yield* put(context, ns, configBytes, { 'containerd.io/gc.ref.snapshot.overlayfs': chainId(config.rootfs.diff_ids), ...source })
  for (const bytes of layers) yield* put(context, ns, bytes, { 'containerd.io/uncompressed': digestOf(bytes), ...source })
  const target: Descriptor = { mediaType: manifest.mediaType ?? '', digest, size: manifestBytes.length }
  yield* unpack(context, ns, manifest, config)
  const { host, repository, tag } = referenceParts(reference)
  for (const name of new Set([reference, manifest.config.digest, ...(tag === '' ? [] : [`${host}/${repository}:${tag}`]), `${host}/${repository}@${digest}`])) {
    try {
      yield* services.images.create(ns, { name, labels, target })
    } catch (error) {
      if (!isGrpc(error, 'AlreadyExists')) throw error
      const { target: old, labels: had } = yield* services.images.get(ns, name)
      if (old.digest !== digest || Object.entries(labels).some(([key, value]) => had?.[key] !== value)) yield* services.images.update(ns, { name, labels, target })
    }
  }
  return manifest.config.digest
}

/** What a registry says goes on as the end of `sentence`. */
function* refused<T>(sentence: string, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    throw new GrpcError(error.code, `${sentence}: ${error.message}`)
  }
}

function* has({ services }: PullContext, ns: string, digest: string): Run<boolean> {
  try {
    yield* services.content.info(ns, digest)
    return true
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return false
  }
}

function* put(context: PullContext, ns: string, bytes: Uint8Array, labels: Labels): Run {
  const { sys, services } = context
  if (yield* has(context, ns, digestOf(bytes))) return
  yield* sys.sleep(bytes.length * NS_PER_BYTE)
  try {
    yield* services.content.write(ns, { ref: digestOf(bytes), bytes, labels })
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
  }
}

/** Each layer a snapshot named by the chain up to it. */
export function* unpack({ sys, services }: PullContext, ns: string, manifest: Manifest, config: ImageConfig): Run {
  const done: string[] = []
  for (const [i, diffId] of config.rootfs.diff_ids.entries()) {
    const parent = chainId(done)
    done.push(diffId)
    const name = chainId(done)
    try {
      yield* services.snapshots.stat(ns, 'overlayfs', name)
      continue
    } catch (error) {
      if (!isGrpc(error, 'NotFound')) throw error
    }
    const key = `extract-${sys.random() % 1_000_000_000} ${name}`
    const mounts = yield* services.snapshots.prepare(ns, 'overlayfs', { key, parent })
    const layer = manifest.layers[i]
    if (layer) yield* services.diff.apply(ns, layer, mounts)
    yield* services.snapshots.commit(ns, 'overlayfs', { name, key })
  }
}
