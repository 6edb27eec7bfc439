/** JSON merge patches (RFC 7386). */
import type { Json } from '../../../kubernetes/api/objects'

export type Fields = { [key: string]: Json | undefined }

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Null removes. */
export function merged(target: object, patch: Fields): Fields {
  const out: Fields = { ...target }
  for (const [key, value] of Object.entries(patch)) {
    const old = out[key]
    if (value === null) delete out[key]
    else out[key] = isFields(value) ? merged(isFields(old) ? old : {}, value) : value
  }
  return out
}
