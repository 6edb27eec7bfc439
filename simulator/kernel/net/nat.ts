/** Address translation: the part of netfilter that port mappings and service addresses need (iptables-extensions(8), DNAT, MASQUERADE). */
import { type Prefix, contains } from './address'

export interface NetEndpoint {
  readonly address: string
  readonly port: number
}

export type NatRule =
  | {
      readonly kind: 'dnat'
      readonly protocol: 'tcp' | 'udp'
      /** The address it stands for; without one, every address of this namespace. */
      readonly address?: string
      readonly port: number
      readonly targets: readonly NetEndpoint[]
      /** Who put it there, to be able to take it away. */
      readonly owner: string
    }
  | { readonly kind: 'masquerade'; readonly source: Prefix; readonly owner: string }

/** Where a packet for `to` goes; `pick` chooses among several targets. */
export function translate(
  rules: readonly NatRule[], protocol: 'tcp' | 'udp', to: NetEndpoint, isLocal: (address: string) => boolean, pick: (count: number) => number,
): NetEndpoint | 'refused' {
  for (const rule of rules) {
    if (rule.kind !== 'dnat' || rule.protocol !== protocol || rule.port !== to.port) continue
    if (rule.address === undefined ? !isLocal(to.address) : rule.address !== to.address) continue
    return rule.targets[pick(rule.targets.length)] ?? 'refused'
  }
  return to
}

export const masquerades = (rules: readonly NatRule[], source: string): boolean =>
  rules.some((rule) => rule.kind === 'masquerade' && contains(rule.source, source))
