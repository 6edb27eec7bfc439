/** Pulling from a registry (distribution/pull_v2.go): the same registries that containerd asks, in Docker's words. */
import { digestOf } from '../../containerd/digest'
import { fullReference } from '../../containerd/cri/images'
import { REGISTRY_HOSTS } from '../../containerd/registry/hosts'
import { namesIn } from '../../containerd/registry/index'
import { referenceParts } from '../../containerd/registry/reference'
import { countManifest, RegistryError, resolve } from '../../containerd/registry/resolve'
import { obstacle } from '../../containerd/registry/lookup'
import { decode } from '../../kernel/bytes'
import type { ImageConfig } from '../../containerd/oci/types'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { internal, notFound } from '../error'
import type { PullLine } from '../services'
import { shortId } from './lookup'
import { familiar, parsed, partsOf } from './reference'
import type { ImageStore } from './store'

const ASKS_NS = 400_000_000
const NS_PER_BYTE = 20
const LIMIT = 'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit'

export function* pullImage(sys: Sys, store: ImageStore, text: string, told: (line: PullLine) => Run): Run<void> {
  const full = parsed(text)
  const { host, repository } = referenceParts(fullReference(text))
  const name = familiar(full)
  const { tag, digest } = partsOf(name)
  const known = REGISTRY_HOSTS[host]
  const api = known?.api ?? host
  const hindered = yield* obstacle(sys, api, known ? 'known' : 'unknown')
  if (hindered !== undefined) throw internal(`Get "https://${api}/v2/": ${hindered}`)
  yield* sys.sleep(ASKS_NS)
  if (!namesIn(host, repository)) throw refusal(host, repository, digest || tag)
  yield* told({ id: digest || tag, status: `Pulling from ${repository}` })
  try {
    const { manifestBytes, manifest, configBytes, layers } = yield* resolve(sys, full)
    const own = digestOf(manifestBytes)
    const config: ImageConfig = JSON.parse(decode(configBytes))
    const id = manifest.config.digest
    const before = store.named(name)
    if (!store.images.has(id)) {
      countManifest(sys, full, own)
      const ids = manifest.layers.map((layer) => shortId(layer.digest))
      const missing = config.rootfs.diff_ids.map((_, i) => !store.hasLayer(config.rootfs.diff_ids.slice(0, i + 1)))
      for (const [i, layer] of ids.entries()) yield* told({ id: layer, status: missing[i] ? 'Pulling fs layer' : 'Already exists' })
      for (const [i, bytes] of layers.entries()) {
        if (!missing[i]) continue
        yield* sys.sleep(bytes.length * NS_PER_BYTE)
        for (const status of ['Verifying Checksum', 'Download complete']) yield* told({ id: ids[i] ?? '', status })
      }
      for (const [i, bytes] of layers.entries()) {
        if (!missing[i]) continue
        yield* store.addLayer(config.rootfs.diff_ids.slice(0, i + 1), bytes)
        yield* told({ id: ids[i] ?? '', status: 'Pull complete' })
      }
      yield* store.add(id, decode(configBytes))
    }
    const { repository: short } = partsOf(name)
    yield* store.tag(name, id)
    yield* store.tag(`${short}@${own}`, id)
    yield* told({ id: '', status: `Digest: ${own}` })
    yield* told({ id: '', status: `Status: ${before === id ? 'Image is up to date for' : 'Downloaded newer image for'} ${name}` })
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    if (error.message.includes('429')) throw internal(LIMIT)
    throw notFound(`manifest for ${name} not found: manifest unknown: manifest unknown`)
  }
}

function refusal(host: string, repository: string, object: string): Error {
  const denied = `pull access denied for ${familiar(`${host}/${repository}`)}, repository does not exist or may require 'docker login': `
  switch (REGISTRY_HOSTS[host]?.refuses) {
    case 'no-token': return internal(`Head "https://${host}/v2/${repository}/manifests/${object}": denied`)
    case 'unauthorized': return internal('unauthorized: access to the requested resource is not authorized')
    case 'not-found': return notFound(`manifest for ${host}/${repository}:${object} not found: manifest unknown: Failed to fetch "${object}"`)
    default: return notFound(`${denied}denied: requested access to the resource is denied`)
  }
}
