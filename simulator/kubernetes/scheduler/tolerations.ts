/** Whether a pod puts up with a taint (component-helpers scheduling/corev1). */
import type { Toleration } from '../api/objects'

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

export const tolerates = (tolerations: readonly Toleration[], taint: Taint): boolean =>
  tolerations.some((t) => (t.key === undefined || t.key === '' || t.key === taint.key) && (!t.effect || t.effect === taint.effect) && (t.operator === 'Exists' || (t.value ?? '') === (taint.value ?? '')))
