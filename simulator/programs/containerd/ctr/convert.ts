/** An image made into another form: Docker's media types into OCI's, platforms left out (images/converter/default.go). */
import type { Client } from './client'
import { platformOf } from './platform'
import { digestOf } from '../../../containerd/digest'
import { isGrpc } from '../../../containerd/grpc'
import type { Descriptor } from '../../../containerd/oci/types'
import type { Image, Labels } from '../../../containerd/services'
import { decode, encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { marshalLine } from '../../go/json'

export interface Conversion {
  readonly types: 'kept' | 'oci'
  /** `os/architecture` of what stays; none: all. */
  readonly platforms: readonly string[]
}

const OCI: Readonly<Record<string, string>> = {
  'application/vnd.docker.distribution.manifest.list.v2+json': 'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json': 'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.container.image.v1+json': 'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.image.rootfs.diff.tar': 'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.docker.image.rootfs.diff.tar.gzip': 'application/vnd.oci.image.layer.v1.tar+gzip',
  'application/vnd.docker.image.rootfs.foreign.diff.tar': 'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip': 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
}

interface Document {
  schemaVersion: number
  mediaType?: string
  config?: Descriptor
  layers?: Descriptor[]
  manifests?: Descriptor[]
}

/** Converts, and names the result. */
export function* convertImage(client: Client, from: string, to: string, conversion: Conversion): Run<Image> {
  const image = yield* client.call((s, ns) => s.images.get(ns, from))
  const target = (yield* converted(client, image.target, conversion)) ?? image.target
  return yield* client.call(function* (s, ns) {
    const made = { name: to, labels: image.labels, target }
    try {
      return yield* s.images.create(ns, made)
    } catch (error) {
      if (!isGrpc(error, 'AlreadyExists')) throw error
      return yield* s.images.update(ns, made)
    }
  })
}

/** The descriptor of what a blob has become; undefined where nothing changed. */
function* converted(client: Client, descriptor: Descriptor, conversion: Conversion): Run<Descriptor | undefined> {
  const { mediaType } = descriptor
  const changed = /manifest|index/.test(mediaType) ? yield* convertDocument(client, descriptor, conversion) : undefined
  const type = conversion.types === 'oci' ? OCI[mediaType] : undefined
  return type === undefined ? changed : { ...(changed ?? descriptor), mediaType: type }
}

function* convertDocument(client: Client, descriptor: Descriptor, conversion: Conversion): Run<Descriptor | undefined> {
  const { digest } = descriptor
  const { labels } = yield* client.call((s, ns) => s.content.info(ns, digest))
  const document: Document = JSON.parse(decode(yield* client.call((s, ns) => s.content.read(ns, digest))))
  const kept: Record<string, string> = { ...labels }
  let isChanged = false
  const child = function* (old: Descriptor, label: string): Run<Descriptor> {
    const made = yield* converted(client, old, conversion)
    if (made === undefined) return old
    isChanged = true
    for (const [key, value] of Object.entries(kept)) if (value === old.digest && key.startsWith('containerd.io/gc.ref.content')) delete kept[key]
    kept[`containerd.io/gc.ref.content.${label}`] = made.digest
    return made
  }
  const type = conversion.types === 'oci' ? OCI[document.mediaType ?? ''] : undefined
  if (type !== undefined) {
    document.mediaType = type
    isChanged = true
  }
  if (document.manifests) {
    const stays = ({ platform }: Descriptor): boolean => platform === undefined || conversion.platforms.length === 0 || conversion.platforms.includes(platformOf(`${platform.os}/${platform.architecture}`))
    const manifests: Descriptor[] = []
    for (const [i, manifest] of document.manifests.entries()) {
      if (stays(manifest)) manifests.push(yield* child(manifest, `m.${i}`))
      else isChanged = true
    }
    document.manifests = manifests
  }
  if (document.layers) for (const [i, layer] of document.layers.entries()) document.layers[i] = yield* child(layer, `l.${i}`)
  if (document.config) document.config = yield* child(document.config, 'config')
  return isChanged ? yield* written(client, descriptor, encode(marshalLine(document)), kept) : undefined
}

function* written(client: Client, old: Descriptor, bytes: Uint8Array, labels: Labels): Run<Descriptor> {
  const digest = digestOf(bytes)
  try {
    yield* client.call((s, ns) => s.content.write(ns, { ref: `converter-write-json-${digest}`, bytes, expected: digest, labels }))
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
  }
  return { ...old, digest, size: bytes.length }
}
