/** The parts of a full image reference (reference.Parse, distribution/reference). */
export interface Reference {
  readonly host: string
  readonly repository: string
  /** `tag`, or `tag@digest`, or a digest. */
  readonly tag: string
  readonly digest: string
}

/** `host/path:tag@digest` in its parts; a missing tag or digest is empty. */
export function referenceParts(text: string): Reference {
  const at = text.indexOf('@')
  const name = at < 0 ? text : text.slice(0, at)
  const slash = name.indexOf('/')
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  return {
    host: name.slice(0, Math.max(slash, 0)), repository: name.slice(slash + 1, colon < 0 ? undefined : colon), tag: colon < 0 ? '' : name.slice(colon + 1), digest: at < 0 ? '' : text.slice(at + 1),
  }
}
