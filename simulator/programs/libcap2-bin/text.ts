/** Sets of capabilities as text (cap_from_text(3), cap_to_text(3), cap_iab(3); libcap 2.66). */
import { CAPABILITIES, type Credentials } from '../../kernel/credentials'

export interface CapabilitySets {
  readonly effective: bigint
  readonly permitted: bigint
  readonly inheritable: bigint
}

export const bit = (n: number): bigint => 1n << BigInt(n)
const has = (set: bigint, n: number): boolean => (set & bit(n)) !== 0n

/** A capability that has no name is a number. */
export const capabilityName = (n: number): string => CAPABILITIES[n]?.toLowerCase() ?? String(n)

/** Undefined: libcap knows no such name. */
export function capabilityNumber(name: string): number | undefined {
  const names: readonly string[] = CAPABILITIES
  const known = names.indexOf(name.toUpperCase())
  if (known >= 0) return known
  return /^\d+$/.test(name) && Number(name) < 64 ? Number(name) : undefined
}

/** Names of a mask, of all its 64 bits. */
export const namesOf = (mask: bigint): string => Array.from({ length: 64 }, (_, n) => n).filter((n) => has(mask, n)).map(capabilityName).join(',')

const EFFECTIVE = 1
const PERMITTED = 2
const INHERITABLE = 4
const letters = (flags: number): string => (flags & EFFECTIVE ? 'e' : '') + (flags & INHERITABLE ? 'i' : '') + (flags & PERMITTED ? 'p' : '')

/** What most capabilities have stands first; the others follow by what they have. */
export function setsToText({ effective, permitted, inheritable }: CapabilitySets): string {
  const flags = CAPABILITIES.map((_, n) => (has(effective, n) ? EFFECTIVE : 0) | (has(permitted, n) ? PERMITTED : 0) | (has(inheritable, n) ? INHERITABLE : 0))
  const count = (combination: number): number => flags.filter((f) => f === combination).length
  let most = 7
  for (let f = 6; f >= 0; f--) if (count(f) >= count(most)) most = f
  let text = `=${letters(most)}`
  for (let f = 7; f >= 0; f--) {
    if (f === most || count(f) === 0) continue
    const names = flags.flatMap((own, n) => (own === f ? [capabilityName(n)] : [])).join(',')
    const more = f & ~most
    const less = most & ~f
    // `= a,b+ep` is `a,b=ep`.
    if (text === '=' && more) text = `${names}=${letters(more)}`
    else text += ` ${names}${more ? `+${letters(more)}` : ''}`
    if (less) text += `-${letters(less)}`
  }
  return text
}

/** Undefined: it cannot be read. */
export function setsFromText(text: string): CapabilitySets | undefined {
  const flags: number[] = CAPABILITIES.map(() => 0)
  for (const clause of text.trim().split(/\s+/).filter(Boolean)) {
    const [, names = '', actions = ''] = /^([^=+-]*)((?:[=+-][eip]*)+)$/.exec(clause) ?? []
    if (actions === '') return undefined
    const all = names === '' || names.toLowerCase() === 'all'
    if (names === '' && !actions.startsWith('=')) return undefined
    const numbers = all ? CAPABILITIES.map((_, n) => n) : names.split(',').map(capabilityNumber)
    for (const [, operator, letter = ''] of actions.matchAll(/([=+-])([eip]*)/g)) {
      const mask = (letter.includes('e') ? EFFECTIVE : 0) | (letter.includes('i') ? INHERITABLE : 0) | (letter.includes('p') ? PERMITTED : 0)
      for (const n of numbers) {
        if (n === undefined) return undefined
        const now = flags[n] ?? 0
        flags[n] = operator === '=' ? mask : operator === '+' ? now | mask : now & ~mask
      }
    }
  }
  const set = (flag: number): bigint => flags.reduce((mask, own, n) => (own & flag ? mask | bit(n) : mask), 0n)
  return { effective: set(EFFECTIVE), permitted: set(PERMITTED), inheritable: set(INHERITABLE) }
}

/** Inheritable, ambient (`^`), not in the bounding set (`!`). */
export function iabToText({ capInheritable, capAmbient, capBounding }: Pick<Credentials, 'capInheritable' | 'capAmbient' | 'capBounding'>): string {
  return CAPABILITIES.flatMap((_, n) => {
    const [inheritable, ambient, dropped] = [has(capInheritable, n), has(capAmbient, n), !has(capBounding, n)]
    if (!inheritable && !ambient && !dropped) return []
    return [`${dropped ? '!' : ''}${ambient ? '^' : dropped && inheritable ? '%' : ''}${capabilityName(n)}`]
  }).join(',')
}
