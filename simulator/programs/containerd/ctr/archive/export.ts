/** Archives of images (containerd images/archive/exporter.go): an OCI layout with `index.json` that is one of `docker save` with `manifest.json` too. */
import type { Client } from '../client'
import { readManifest } from '../image'
import { encoded } from '../../../../containerd/digest'
import { type TarEntry, writeTar } from '../../../../containerd/tar'
import { encode } from '../../../../kernel/bytes'
import type { Run } from '../../../../kernel/run'
import { marshalLine } from '../../../go/json'

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
