/** Addresses as /proc/net writes them: words of the processor's byte order, in hexadecimal. */
const bytesOf = (hex: string): number[] => (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))

export const inet = (hex: string): string => bytesOf(hex).reverse().join('.')

/** Of /proc/net/if_inet6 and ipv6_route: as it stands. The longest run of zeros is left out (inet_ntop(3)). */
export function inet6(hex: string): string {
  const groups = (hex.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16))
  let best = { at: -1, length: 1 }
  for (let i = 0; i < groups.length; i++) {
    let length = 0
    while (groups[i + length] === '0') length++
    if (length > best.length) best = { at: i, length }
  }
  if (best.at < 0) return groups.join(':')
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`
}

/** Of /proc/net/tcp6: four words. */
export const inet6Words = (hex: string): string => inet6((hex.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join('')).join(''))
