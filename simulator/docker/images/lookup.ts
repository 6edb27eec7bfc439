/** The image that a name or an id stands for (daemon/images/image.go GetImage). */
import { notFound } from '../error'
import { familiar, parsed, partsOf } from './reference'
import type { Image, ImageStore } from './store'

const SHORT = 12

/** stringid.TruncateID. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, SHORT)

export function findImage(store: ImageStore, text: string): Image | undefined {
  const whole = store.images.get(text)
  if (whole) return whole
  // A name comes first, even one that looks like an id.
  if (!text.startsWith('sha256:')) {
    const named = store.named(familiarOf(text))
    if (named) return store.images.get(named)
  }
  const digits = text.replace(/^sha256:/, '')
  if (!/^[0-9a-f]+$/.test(digits)) return undefined
  const begun = [...store.images.values()].filter(({ id }) => id.startsWith(`sha256:${digits}`))
  return begun.length === 1 ? begun[0] : undefined
}

const familiarOf = (text: string): string => (/^[0-9a-f]{64}$/.test(text) ? text : familiar(parsed(text)))

export function needImage(store: ImageStore, text: string): Image {
  const found = findImage(store, text)
  if (found) return found
  throw notFound(`No such image: ${text.startsWith('sha256:') ? text : familiarOf(text)}`)
}

/** Whether what was asked for is the id or its beginning, not a name. */
export const isIdOf = (id: string, text: string): boolean => id.startsWith(text) || id.replace(/^sha256:/, '').startsWith(text)

/** path.Match of Go for one name. */
export function matchesPattern(pattern: string, name: string): boolean {
  const { repository, tag, digest } = partsOf(name)
  const full = `^${pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`
  const is = (text: string): boolean => new RegExp(full).test(text)
  return is(repository) || is(digest === '' ? `${repository}:${tag}` : `${repository}@${digest}`)
}
