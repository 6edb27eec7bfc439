/** All that a descriptor, or what else is read piece by piece, still gives. */
import { concat } from './bytes'
import type { Run } from './run'

/** `read` gives the next piece, and an empty one at the end. */
export function* readToEnd(read: () => Run<Uint8Array>): Run<Uint8Array> {
  const parts: Uint8Array[] = []
  for (;;) {
    const part = yield* read()
    if (part.length === 0) return concat(parts)
    parts.push(part)
  }
}
