/**
 * What a registry says to who asks for an image (remotes/docker resolver.go, fetcher.go and authorizer.go of 1.6): the manifest's name is
 * looked up with HEAD, then the manifest is fetched with GET, which is what Docker Hub counts.
 */
import { digestOf } from '../digest'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { REGISTRY_HOSTS } from './hosts'
import { namesIn, type PublishedImage, published } from './index'
import { obstacle } from './lookup'
import { type Reference, referenceParts } from './reference'

/** A refusal, in the words of the resolver or the fetcher. `told` is the line that the resolver logs when it goes on to the next host: there is none. */
export class RegistryError extends Error {
  readonly code: 'NotFound' | 'Unknown'
  readonly told: { readonly host: string; readonly message: string; readonly error?: string } | undefined
  constructor(code: RegistryError['code'], message: string, told?: RegistryError['told']) {
    super(message)
    this.code = code
    this.told = told
  }
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

const LIMIT_REACHED =
  'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit'

/** The image that a full reference names. Throws RegistryError. */
export function* resolve(sys: Sys, text: string, credentials?: Credentials): Run<PublishedImage> {
  const reference = referenceParts(text)
  const { host } = reference
  const known = REGISTRY_HOSTS[host]
  const api = known?.api ?? host
  const object = reference.digest || reference.tag
  const next = (message: string): RegistryError => new RegistryError('Unknown', message, { host: api, message: 'trying next host', error: message })
  const scheme = /^(localhost|127\.\d+\.\d+\.\d+|::1)(:|$)/.test(host) ? 'http' : 'https'
  const hindered = yield* obstacle(sys, scheme === 'http' && !host.includes(':') ? `${host}:80` : api, known ? 'known' : 'unknown')
  if (hindered !== undefined) throw next(`failed to do request: Head "${scheme}://${api}/v2/${reference.repository}/manifests/${object}": ${hindered}`)
  // The lab's registries have no accounts.
  if (credentials && known && known.refuses !== 'not-found') throw next('failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized')
  const found = imageOf(text, reference)
  if (found) return found
  if (!namesIn(host, reference.repository)) {
    switch (known?.refuses) {
      case 'insufficient-scope': throw next('pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed')
      case 'no-token': throw next('failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden')
      case 'unauthorized': throw new RegistryError('Unknown', `pulling from host ${api} failed with status code [manifests ${object}]: 401 UNAUTHORIZED`)
    }
  }
  throw new RegistryError('NotFound', `${text}: not found`, { host: api, message: 'trying next host - response was http.StatusNotFound' })
}

function imageOf(text: string, { host, repository, digest }: Reference): PublishedImage | undefined {
  if (digest === '') return published(text)
  return namesIn(host, repository)?.map((name) => published(name)).find((image) => image && digestOf(image.manifestBytes) === digest)
}

/** Called for a manifest that is not here yet: a scenario may allot so many to a registry. Throws RegistryError. */
export function countManifest(sys: Sys, text: string, digest: string): void {
  const { host, repository } = referenceParts(text)
  if (sys.allotted(`pulls ${host}`) !== 'exhausted') return
  const url = `https://${REGISTRY_HOSTS[host]?.api ?? host}/v2/${repository}/manifests/${digest}`
  throw new RegistryError('Unknown', `failed to copy: httpReadSeeker: failed open: unexpected status code ${url}: 429 Too Many Requests - Server message: ${LIMIT_REACHED}`)
}

/** The label that says where a blob came from. */
export function sourceLabel(text: string): Record<string, string> {
  const { host, repository } = referenceParts(text)
  return { [`containerd.io/distribution.source.${host.replace(/:.*$/, '')}`]: repository }
}
