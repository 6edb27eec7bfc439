/** Addresses of a network (libnetwork ipam): the lowest that nobody has; the first is the gateway's. */
import { contains, lastAddress, offsetAddress, parsePrefix, type Prefix } from '../../kernel/net/address'
import { forbidden } from '../error'

/** Pools that a network is taken from when its subnet is not said (ipamutils, PredefinedLocalScopeDefaultNetworks). */
const POOLS: readonly string[] = [...Array.from({ length: 15 }, (_, i) => `172.${17 + i}.0.0/16`), ...Array.from({ length: 16 }, (_, i) => `192.168.${16 * i}.0/20`)]

export const gatewayOf = (subnet: string): string => offsetAddress(prefixOf(subnet).address, 1n)

export function prefixOf(subnet: string): Prefix {
  const prefix = parsePrefix(subnet)
  if (!prefix) throw forbidden(`invalid subnet ${subnet} : invalid CIDR block notation`)
  return prefix
}

const overlap = (a: Prefix, b: Prefix): boolean => a.family === b.family && (contains(a, b.address) || contains(b, a.address))

/** A pool that lies over none of those in use. */
export function freePool(used: readonly Prefix[]): string {
  const found = POOLS.find((pool) => !used.some((prefix) => overlap(prefix, prefixOf(pool))))
  if (found === undefined) throw forbidden('could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network')
  return found
}

export const overlaps = (subnet: string, used: readonly string[]): boolean => used.some((other) => overlap(prefixOf(subnet), prefixOf(other)))

/** The lowest address of a range that is not taken. */
export function freeAddress(subnet: string, range: string, taken: ReadonlySet<string>): string {
  const pool = prefixOf(range)
  const last = lastAddress(pool)
  const whole = prefixOf(subnet)
  for (let address = offsetAddress(pool.address, pool.address === whole.address ? 1n : 0n); address !== last; address = offsetAddress(address, 1n)) if (!taken.has(address)) return address
  throw forbidden('no available IPv4 addresses on this network\'s address pools')
}

/** Of an IPv4 address (netutils.GenerateMACFromIP). */
export const macOf = (address: string): string => ['02', '42', ...address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))].join(':')
