/** The hash of a pod template that names its replica set (pkg/controller ComputeHash: FNV-1a of the template, its digits as safe letters). */
import { encode } from '../../kernel/bytes'
import { SAFE_LETTERS } from '../api/server'
import type { PodTemplate } from '../api/workloads'

export const HASH_LABEL = 'pod-template-hash'

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

export function templateHash({ metadata, spec }: PodTemplate): string {
  const { [HASH_LABEL]: _, ...labels } = metadata?.labels ?? {}
  let hash = OFFSET
  for (const byte of encode(JSON.stringify({ metadata: { ...metadata, labels }, spec }))) hash = Math.imul(hash ^ byte, PRIME) >>> 0
  return [...String(hash)].map((digit) => SAFE_LETTERS[digit.charCodeAt(0) % SAFE_LETTERS.length]).join('')
}
