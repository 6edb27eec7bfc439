/** The right side of `s`: its parts, and what they make of a match (sed.info, "The s Command"). */
import type { Match } from '../../../regex'
import { escapeAt } from './escapes'

/** The text that `s` puts in: pieces, groups, and changes of case. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly n: number }
  | { readonly kind: 'case'; readonly to: 'U' | 'L' | 'E' | 'u' | 'l' }

export function replacementParts(text: string): Part[] {
  const parts: Part[] = []
  let plain = ''
  const put = (part: Part): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain })
    plain = ''
    parts.push(part)
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '&') put({ kind: 'group', n: 0 })
    else if (c !== '\\') plain += c
    else {
      const next = text[i + 1] ?? ''
      if (/\d/.test(next)) put({ kind: 'group', n: Number(next) })
      else if (next === 'U' || next === 'L' || next === 'E' || next === 'u' || next === 'l') put({ kind: 'case', to: next })
      else {
        const escape = escapeAt(text, i)
        if (escape) {
          plain += escape.character
          i += escape.length - 2
        } else plain += next
      }
      i++
    }
  }
  if (plain !== '') parts.push({ kind: 'text', text: plain })
  return parts
}

export function expanded(parts: readonly Part[], text: string, match: Match): string {
  let out = ''
  let mode: 'U' | 'L' | 'E' = 'E'
  let once: 'u' | 'l' | null = null
  for (const part of parts) {
    if (part.kind === 'case') {
      if (part.to === 'u' || part.to === 'l') once = part.to
      else {
        mode = part.to
        once = null
      }
      continue
    }
    const group = part.kind === 'group' ? match[part.n] : undefined
    let piece = part.kind === 'text' ? part.text : group && group[0] >= 0 ? text.slice(group[0], group[1]) : ''
    if (piece === '') continue
    if (mode === 'U') piece = piece.toUpperCase()
    else if (mode === 'L') piece = piece.toLowerCase()
    if (once !== null) {
      const [first = '', ...rest] = Array.from(piece)
      piece = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + rest.join('')
      once = null
    }
    out += piece
  }
  return out
}
