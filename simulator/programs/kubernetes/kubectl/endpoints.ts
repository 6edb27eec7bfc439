/** Addresses with ports, as tables and descriptions show them: the first three, and how many more there are (formatEndpoints). */
import type { EndpointSubset } from '../../../kubernetes/api/objects'

const SHOWN = 3

/** `port`: only those of one name. */
export function endpointsText(subsets: readonly EndpointSubset[] | undefined, port?: string): string {
  const all = (subsets ?? []).flatMap(({ ports = [], addresses = [] }) => ports.filter(({ name = '' }) => port === undefined || name === port).flatMap((p) => addresses.map(({ ip }) => `${ip}:${p.port}`)))
  if (all.length === 0) return '<none>'
  return `${all.slice(0, SHOWN).join(',')}${all.length > SHOWN ? ` + ${all.length - SHOWN} more...` : ''}`
}
