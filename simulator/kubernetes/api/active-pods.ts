/** Which pods matter more than others. */
import type { Pod } from './objects'

export const isReady = (pod: Pod): boolean => pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false

/** Which pod goes first (controller_utils.go ActivePodsWithRanks): without a node, pending, not ready, ready for the shorter time, restarted more often, younger. */
export function lessDear(a: Pod, b: Pod): number {
  const readySince = (p: Pod): string => p.status.conditions?.find((c) => c.type === 'Ready')?.lastTransitionTime ?? ''
  const restarts = (p: Pod): number => Math.max(0, ...(p.status.containerStatuses ?? []).map((s) => s.restartCount))
  const later = (x: string, y: string): number => (x === y ? 0 : x > y ? -1 : 1)
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) || Number(a.status.phase !== 'Pending') - Number(b.status.phase !== 'Pending') || Number(isReady(a)) - Number(isReady(b)) ||
    later(readySince(a), readySince(b)) || restarts(b) - restarts(a) || later(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '')
  )
}
