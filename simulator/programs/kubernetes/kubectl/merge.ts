/** JSON merge patches (RFC 7386), and strategic ones, which merge lists of things that have a key (patchMergeKey of k8s.io/api/core/v1). */
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

/** Keys by which the entries of lists are told apart; other lists are replaced whole. */
const MERGE_KEYS: Readonly<Record<string, string>> = { containers: 'name', initContainers: 'name', volumes: 'name', env: 'name', volumeMounts: 'mountPath', ports: 'containerPort', imagePullSecrets: 'name', taints: 'key' }

export function strategic(target: object, patch: Fields): Fields {
  const out: Fields = { ...target }
  for (const [name, value] of Object.entries(patch)) {
    const old = out[name]
    const key = MERGE_KEYS[name]
    if (value === null) delete out[name]
    else if (Array.isArray(value) && Array.isArray(old) && key !== undefined) {
      const known = (entry: Json): number => old.findIndex((each) => isFields(each) && isFields(entry) && each[key] === entry[key])
      const changed = old.map((each, i) => {
        const entry = value.find((one) => known(one) === i)
        return isFields(each) && isFields(entry) ? strategic(each, entry) : each
      })
      // What is new comes first.
      out[name] = [...value.filter((entry) => known(entry) < 0), ...changed]
    } else out[name] = isFields(value) ? strategic(isFields(old) ? old : {}, value) : value
  }
  return out
}
