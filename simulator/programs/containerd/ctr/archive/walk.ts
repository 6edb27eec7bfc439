/** What a manifest or an index refers to (containerd images/image.go Children), and which of it a platform wants. */
import type { Client } from '../client'
import { kindOf } from './messages'
import { platformOf } from '../platform'
import { invalidArgument } from '../../../../containerd/grpc'
import { jsonFault } from '../../../../containerd/json'
import type { Descriptor } from '../../../../containerd/oci/types'
import { decode } from '../../../../kernel/bytes'
import type { Run } from '../../../../kernel/run'
import { Failure } from '../../../urfave/context'

export interface Named {
  readonly name: string
  readonly target: Descriptor
}

interface Child {
  readonly descriptor: Descriptor
  readonly annotations: Readonly<Record<string, string>>
}

const DIGEST = /^sha256:[0-9a-f]{64}$/
const MANIFESTS = ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.oci.image.manifest.v1+json']
const INDEXES = ['application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.index.v1+json']

export const isManifest = ({ mediaType }: Descriptor): boolean => MANIFESTS.includes(mediaType)
export const isIndex = ({ mediaType }: Descriptor): boolean => INDEXES.includes(mediaType)

interface Document {
  readonly mediaType?: string
  readonly config?: DescriptorJson
  readonly layers?: readonly DescriptorJson[] | null
  readonly manifests?: readonly DescriptorJson[] | null
  readonly fsLayers?: readonly unknown[]
}
interface DescriptorJson extends Descriptor {
  readonly annotations?: Record<string, string>
}

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && !Array.isArray(value)

function child({ mediaType, digest, size, platform, annotations = {} }: DescriptorJson): Child {
  const { architecture = '', os = '', variant } = platform ?? {}
  const plain = { mediaType, digest, size }
  return { descriptor: platform === undefined ? plain : { ...plain, platform: { architecture, os, ...(variant ? { variant } : {}) } }, annotations }
}

/** The entries of an archive's index, which is taken for one whatever it says that it is. */
export function* entriesOf(client: Client, index: Descriptor): Run<Child[]> {
  const { manifests } = yield* readDocument(client, index, { prefix: '', type: 'v1.Index' })
  return (manifests ?? []).map(child)
}

/** Blobs of other types have none, and need not be there. */
export function* childrenOf(client: Client, descriptor: Descriptor): Run<Child[]> {
  if (!isManifest(descriptor) && !isIndex(descriptor)) return []
  const document = yield* readDocument(client, descriptor, { prefix: `children: invalid desc ${descriptor.digest}: `, type: 'images.unknownDocument' })
  checkType(document, descriptor)
  if (isIndex(descriptor)) return (document.manifests ?? []).map(child)
  return [document.config ?? { mediaType: '', digest: '', size: 0 }, ...(document.layers ?? [])].map(child)
}

/** As encoding/json reads it into a Go type; what it cannot take it says after the prefix. */
function* readDocument(client: Client, { digest }: Descriptor, { prefix, type }: { readonly prefix: string; readonly type: string }): Run<Document> {
  if (!DIGEST.test(digest)) throw invalidArgument(`"${digest}" failed validation`)
  const text = decode(yield* client.call((s, ns) => s.content.read(ns, digest)))
  const fault = jsonFault(text, 'unexpected end of JSON input')
  if (fault !== undefined) throw new Failure(`${prefix}${fault}`)
  const document: unknown = JSON.parse(text) ?? {}
  if (!isDocument(document)) throw new Failure(`${prefix}json: cannot unmarshal ${kindOf(document)} into Go value of type ${type}`)
  return document
}

/** images.validateMediaType: a document is what its descriptor says that it is. */
function checkType({ mediaType, config, layers, manifests, fsLayers }: Document, descriptor: Descriptor): void {
  const wrong = (why: string): Failure => new Failure(`children: invalid desc ${descriptor.digest}: media-type: ${why}`)
  if ((fsLayers ?? []).length > 0) throw wrong('schema 1 not supported')
  const told = { mediaType: mediaType ?? '', digest: '', size: 0 }
  if (isIndex(descriptor)) {
    if (config || (layers ?? []).length > 0 || isManifest(told)) throw wrong(`expected index but found manifest (${descriptor.mediaType})`)
  } else if ((manifests ?? []).length > 0 || isIndex(told)) throw wrong(`expected manifest but found index (${descriptor.mediaType})`)
}

/** Whether `--platform` wants it; without one, what this machine runs. */
export function isPlatform({ os, architecture }: { readonly os: string; readonly architecture: string }, wanted: string): boolean {
  const found = `${os}/${architecture}`
  return wanted === '' ? found === 'linux/amd64' || found === 'linux/386' : found === platformOf(wanted)
}
