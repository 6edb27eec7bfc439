/** Ids by their unique beginnings (pkg/truncindex, as pkg/cri/store uses it). */
import { GrpcError, notFound } from '../grpc'
import type { Release } from '../release'

interface Identified {
  readonly id: string
}

/** The one whose id begins with `text`. */
export function byPrefix<T extends Identified>(items: readonly T[], text: string): T | 'none' | 'several' | 'empty' {
  if (text === '') return 'empty'
  const found = items.filter(({ id }) => id.startsWith(text))
  return found[1] ? (found.find(({ id }) => id === text) ?? 'several') : (found[0] ?? 'none')
}

/** The same, or an error that begins with `sentence`. */
export function needByPrefix<T extends Identified>(items: readonly T[], text: string, sentence: string, { line }: Release): T {
  const found = byPrefix(items, text)
  switch (found) {
    case 'none': throw notFound(sentence)
    case 'several': throw new GrpcError('Unknown', `${sentence}: multiple IDs found with provided prefix: ${text}`)
    case 'empty': throw new GrpcError('Unknown', `${sentence}: ${line === '1.6' ? 'Prefix' : 'prefix'} can't be empty`)
    default: return found
  }
}

/** A list's filter names one whole id; a unique beginning stands for it, anything else is compared as it is. */
export function wholeId<T extends Identified>(items: readonly T[], text: string): string {
  const found = byPrefix(items, text)
  return typeof found === 'string' ? text : found.id
}
