/**
 * What a loader reads of a capture is kept as long as that is: several loaders read the same text, and the same capture stands up again and
 * again (`exec --fresh`: a machine for each line).
 */
export function readOnce<K extends object, T>(read: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly what: T }>()
  return (of) => {
    const found = known.get(of) ?? { what: read(of) }
    known.set(of, found)
    return found.what
  }
}
