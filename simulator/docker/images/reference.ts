/** Names of images: in full as registries have them, and the familiar ones that docker shows (distribution/reference normalize.go). */
import { fullReference, referenceFault } from '../../containerd/cri/images'
import { invalid } from '../error'

/** `docker.io/library/busybox:latest` as `busybox:latest`. */
export const familiar = (full: string): string => full.replace(/^docker\.io\/(library\/)?/, '')

/** A name in full; 400 where it is none. */
export function parsed(text: string): string {
  const fault = referenceFault(text)
  if (fault !== undefined) throw invalid(fault)
  return fullReference(text)
}

/** The familiar name, with `latest` where it has no tag. */
export const familiarTag = (text: string): string => familiar(parsed(text))

/** Repository and tag or digest of a familiar name. */
export function partsOf(name: string): { readonly repository: string; readonly tag: string; readonly digest: string } {
  const [bare = '', digest = ''] = name.split('@', 2)
  const colon = bare.indexOf(':', bare.lastIndexOf('/') + 1)
  return { repository: colon < 0 ? bare : bare.slice(0, colon), tag: colon < 0 ? '' : bare.slice(colon + 1), digest }
}
