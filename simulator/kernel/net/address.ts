/** IP and Ethernet addresses: text to number and back, as inet_pton(3) and inet_ntop(3) do it. State keeps the canonical text. */
export type Family = 'inet' | 'inet6'

export interface IpAddress {
  readonly family: Family
  readonly value: bigint
}

/** A network: its lowest address and how many leading bits count. */
export interface Prefix {
  readonly family: Family
  readonly address: string
  readonly length: number
}

export const ANY: { readonly [F in Family]: string } = { inet: '0.0.0.0', inet6: '::' }
const WIDTH: { readonly [F in Family]: number } = { inet: 32, inet6: 128 }

const parse4 = (text: string): bigint | undefined => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (!parts || parts.some((part) => part > 255)) return undefined
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

const parse6 = (text: string): bigint | undefined => {
  let rest = text
  let tail: bigint | undefined
  const dotted = /^(.*:)([\d.]+)$/.exec(text)
  if (dotted?.[2]?.includes('.')) {
    tail = parse4(dotted[2])
    if (tail === undefined) return undefined
    rest = `${dotted[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`
  }
  const halves = rest.split('::')
  if (halves.length > 2) return undefined
  const words = (half: string | undefined) => (half ? half.split(':') : [])
  const head = words(halves[0])
  const back = words(halves[1])
  const missing = 8 - head.length - back.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const all = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...back]
  if (all.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined
  return all.reduce((value, word) => (value << 16n) | BigInt(`0x${word}`), 0n)
}

export function parseAddress(text: string): IpAddress | undefined {
  const four = parse4(text)
  if (four !== undefined) return { family: 'inet', value: four }
  const six = text.includes(':') ? parse6(text) : undefined
  return six === undefined ? undefined : { family: 'inet6', value: six }
}

/** The text of an address, shortest form (RFC 5952). */
export function formatAddress({ family, value }: IpAddress): string {
  if (family === 'inet') return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')
  const words = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn))
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (at + length < 8 && words[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  const hex = (part: number[]) => part.map((word) => word.toString(16)).join(':')
  if (best.at < 0) return hex(words)
  return `${hex(words.slice(0, best.at))}::${hex(words.slice(best.at + best.length))}`
}

const toNumber = (address: string): bigint => parseAddress(address)?.value ?? 0n

const mask = (family: Family, length: number): bigint => {
  const width = BigInt(WIDTH[family])
  const host = width - BigInt(length)
  return ((1n << width) - 1n) ^ ((1n << host) - 1n)
}

export const familyOf = (address: string): Family => (address.includes(':') ? 'inet6' : 'inet')
export const widthOf = (family: Family): number => WIDTH[family]
export const numberOf = toNumber

/** The network that `address/length` lies in. */
export function network(address: string, length: number): Prefix {
  const family = familyOf(address)
  return { family, length, address: formatAddress({ family, value: toNumber(address) & mask(family, length) }) }
}

/** The highest address of a network: IPv4's broadcast address. */
export const lastAddress = ({ family, address, length }: Prefix): string =>
  formatAddress({ family, value: toNumber(address) | ((1n << BigInt(WIDTH[family] - length)) - 1n) })

export const contains = (prefix: Prefix, address: string): boolean =>
  prefix.family === familyOf(address) &&
  (toNumber(address) & mask(prefix.family, prefix.length)) === (toNumber(prefix.address) & mask(prefix.family, prefix.length))

/** `192.168.1.0/24`, or a bare address: a network of one. */
export function parsePrefix(text: string): (Prefix & { readonly host: string }) | undefined {
  const [address = '', length] = text.split('/')
  const parsed = parseAddress(address)
  if (!parsed) return undefined
  const bits = length === undefined ? WIDTH[parsed.family] : /^\d+$/.test(length) ? Number(length) : -1
  if (bits < 0 || bits > WIDTH[parsed.family]) return undefined
  return { ...network(address, bits), host: formatAddress(parsed) }
}

/** An address `step` above `address`. */
export const offsetAddress = (address: string, step: bigint): string => formatAddress({ family: familyOf(address), value: toNumber(address) + step })

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')
export const isAny = (address: string): boolean => address === '0.0.0.0' || address === '::'
export const isLinkLocal = (address: string): boolean => contains({ family: 'inet6', address: 'fe80::', length: 10 }, address)
export const isMulticast = (address: string): boolean =>
  contains({ family: 'inet', address: '224.0.0.0', length: 4 }, address) || contains({ family: 'inet6', address: 'ff00::', length: 8 }, address)

/** The IPv6 address that an interface gives itself from its MAC (RFC 4291, modified EUI-64). */
export function linkLocal(mac: string): string {
  const b = mac.split(':').map((part) => Number.parseInt(part, 16))
  const id = [(b[0] ?? 0) ^ 2, b[1], b[2], 0xff, 0xfe, b[3], b[4], b[5]]
  return formatAddress({ family: 'inet6', value: id.reduce<bigint>((value, byte) => (value << 8n) | BigInt(byte ?? 0), 0xfe80_0000_0000_0000n) })
}

export const isMac = (text: string): boolean => /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text)
