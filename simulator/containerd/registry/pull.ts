/** Pulling (client pull.go): resolve in a simulated registry, fetch what the store lacks, name it, unpack it. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { digestOf } from '../digest'
import { isGrpc, unknownError } from '../grpc'
import { chainId } from '../oci/image'
import type { Descriptor, ImageConfig, Manifest } from '../oci/types'
import type { Containerd, Labels } from '../services'
import { decode } from '../../kernel/bytes'
import { published } from './index'

export interface PullContext {
  readonly sys: Sys
  readonly services: Pick<Containerd, 'images' | 'content' | 'snapshots' | 'diff'>
}

/** A registry nearby: a question for the manifest, then 50 MB/s. */
const RESOLVE_NS = 8_000_000
const NS_PER_BYTE = 20

/** Its value is the digest of the image's configuration. */
export function* pull(context: PullContext, ns: string, reference: string, options: { readonly labels: Labels; readonly name: string }): Run<string> {
  const { services } = context
  const found = published(reference)
  if (!found) {
    const cut = reference.lastIndexOf(':')
    const [host = ''] = reference.split('/', 1)
    throw unknownError(`failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${host === 'docker.io' ? `pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed` : `${reference.slice(0, cut)}${reference.slice(cut)}: not found`}`)
  }
  const { manifest, manifestBytes, configBytes, layers } = found
  yield* context.sys.sleep(RESOLVE_NS)
  for (const [i, bytes] of layers.entries()) yield* put(context, ns, bytes, { 'containerd.io/uncompressed': digestOf(bytes), 'containerd.io/distribution.source.docker.io': String(i) })
  const config: ImageConfig = JSON.parse(decode(configBytes))
  const chain = chainId(config.rootfs.diff_ids)
  yield* put(context, ns, configBytes, { 'containerd.io/gc.ref.snapshot.overlayfs': chain })
  const refs = Object.fromEntries(manifest.layers.map((l, i): [string, string] => [`containerd.io/gc.ref.content.l.${i}`, l.digest]))
  yield* put(context, ns, manifestBytes, { 'containerd.io/gc.ref.content.config': manifest.config.digest, ...refs })
  const target: Descriptor = { mediaType: manifest.mediaType ?? '', digest: digestOf(manifestBytes), size: manifestBytes.length }
  yield* unpack(context, ns, manifest, config)
  const names = [reference, `${reference.slice(0, reference.lastIndexOf(':'))}@${target.digest}`, manifest.config.digest]
  for (const name of names) {
    try {
      yield* services.images.create(ns, { name, labels: options.labels, target })
    } catch (error) {
      if (!isGrpc(error, 'AlreadyExists')) throw error
      yield* services.images.update(ns, { name, labels: options.labels, target })
    }
  }
  return manifest.config.digest
}

function* put({ sys, services }: PullContext, ns: string, bytes: Uint8Array, labels: Labels): Run {
  try {
    yield* services.content.info(ns, digestOf(bytes))
    return
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
  }
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
