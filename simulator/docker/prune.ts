/** What a prune keeps and what it may take (api/types/filters, daemon/prune.go): all labels must fit, and none of those that are not to. */
import { invalid, NotSimulated } from './error'
import { hasLabel } from './images/list'
import type { Filters } from './services'
import type { Labels } from './types'

/** `also`: what besides labels and times may be filtered by. */
export function prunable(kind: 'container' | 'image' | 'network' | 'volume', filters: Filters, also: readonly string[] = []): (labels: Labels | null) => boolean {
  const accepted = [...also, 'label', 'label!', ...(kind === 'volume' ? [] : ['until'])]
  const strange = Object.keys(filters).find((name) => !accepted.includes(name))
  if (strange !== undefined) throw invalid(`Invalid filter '${strange}'`)
  if (filters.until) throw new NotSimulated(`docker ${kind} prune --filter until=`)
  const { label = [], 'label!': not = [] } = filters
  return (labels) => label.every((wanted) => hasLabel(labels ?? {}, wanted)) && !not.some((unwanted) => hasLabel(labels ?? {}, unwanted))
}
