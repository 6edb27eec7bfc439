/**
 * What a registry says to who asks whether it has something already, and then wants to give it (remotes/docker/pusher.go of 1.6): HEAD for the
 * blob or the manifest, then POST or PUT. The lab's registries have no accounts: they take nothing.
 */
import { digestOf } from '../digest'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { REGISTRY_HOSTS } from './hosts'
import { namesIn, published } from './index'
import { obstacle } from './lookup'
import { referenceParts } from './reference'
import { RegistryError, type Credentials } from './resolve'

/** `exists`: it has it. `unknown`: how this registry would refuse is not known to the lab. */
export type Answer = 'exists' | 'unknown'

export interface Pushed {
  readonly digest: string
  readonly kind: 'blobs' | 'manifests'
}

/** Throws RegistryError, in the pusher's words. */
export function* askToPush(sys: Sys, text: string, { digest, kind }: Pushed, credentials?: Credentials): Run<Answer> {
  const { host, repository, tag } = referenceParts(text)
  const known = REGISTRY_HOSTS[host]
  const api = known?.api ?? host
  const scheme = /^(localhost|127\.\d+\.\d+\.\d+|::1)(:|$)/.test(host) ? 'http' : 'https'
  const hindered = yield* obstacle(sys, scheme === 'http' && !host.includes(':') ? `${host}:80` : api, known ? 'known' : 'unknown')
  if (hindered !== undefined) throw new RegistryError('Unknown', `failed to do request: Head "${scheme}://${api}/v2/${repository}/${kind}/${kind === 'manifests' ? tag || digest : digest}": ${hindered}`)
  if (credentials && known && known.refuses !== 'not-found') throw new RegistryError('Unknown', 'failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized')
  const names = namesIn(host, repository)
  if (!names) {
    if (known?.refuses === 'insufficient-scope') throw insufficientScope()
    if (known?.refuses === 'no-token') throw new RegistryError('Unknown', 'failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden')
    return 'unknown'
  }
  if (kind === 'manifests') {
    const image = published(text)
    return image && digestOf(image.manifestBytes) === digest ? 'exists' : 'unknown'
  }
  const has = names.some((name) => [published(name)?.configBytes, ...(published(name)?.layers ?? [])].some((bytes) => bytes !== undefined && digestOf(bytes) === digest))
  if (has) return 'exists'
  if (known?.refuses === 'insufficient-scope') throw insufficientScope()
  return 'unknown'
}

const insufficientScope = (): RegistryError => new RegistryError('Unknown', 'server message: insufficient_scope: authorization failed')
