/** --transform: names changed by expressions as sed's `s` has them (tar.info, "Modifying File and Member Names"). */
import { compile, type Match, RegexError } from '../../../regex'

/** What a name is the name of: a member, or where a symbolic or hard link leads. */
export type Scope = 'member' | 'symlink' | 'hardlink'
export type Transform = (name: string, scope: Scope) => string

const CASES: { readonly [letter: string]: (text: string) => string } = { U: (text) => text.toUpperCase(), L: (text) => text.toLowerCase(), E: (text) => text }
const ONCE: { readonly [letter: string]: (text: string) => string } = { u: (text) => text.charAt(0).toUpperCase() + text.slice(1), l: (text) => text.charAt(0).toLowerCase() + text.slice(1) }
/** Flags that take a scope out, and put it back in. */
const SCOPES: { readonly [flag: string]: readonly [Scope, boolean] } = { R: ['member', false], r: ['member', true], S: ['symlink', false], s: ['symlink', true], H: ['hardlink', false], h: ['hardlink', true] }

function replaced(text: string, match: Match, by: string): string {
  let out = ''
  let always = CASES.E ?? String
  let once: ((text: string) => string) | undefined
  const put = (piece: string): void => {
    if (piece === '') return
    out += once ? once(always(piece)) : always(piece)
    once = undefined
  }
  const group = (n: number): string => {
    const [from = -1, to = -1] = match[n] ?? []
    return from < 0 ? '' : text.slice(from, to)
  }
  for (let i = 0; i < by.length; i++) {
    const c = by.charAt(i)
    if (c === '&') put(group(0))
    else if (c !== '\\') put(c)
    else {
      const next = by.charAt(++i)
      if (/\d/.test(next)) put(group(Number(next)))
      else if (CASES[next]) always = CASES[next]
      else if (ONCE[next]) once = ONCE[next]
      else put(next === 'n' ? '\n' : next)
    }
  }
  return out
}

/** Up to the next delimiter that no backslash stands before; null where there is none. */
function part(text: string, from: number, delimiter: string): { text: string; next: number } | null {
  let out = ''
  for (let i = from; i < text.length; i++) {
    const c = text.charAt(i)
    if (c === delimiter) return { text: out, next: i + 1 }
    if (c === '\\' && i + 1 < text.length) {
      const escaped = text.charAt(++i)
      out += escaped === delimiter ? escaped : c + escaped
    } else out += c
  }
  return null
}

/** The expressions one after the other; null when one is wrong. */
export function transformOf(expressions: readonly string[]): Transform | null {
  const steps: Transform[] = []
  for (const text of expressions) {
    for (let at = 0; at < text.length; ) {
      if (text.charAt(at) === ';') {
        at++
        continue
      }
      if (text.charAt(at) !== 's') return null
      const delimiter = text.charAt(at + 1)
      const pattern = part(text, at + 2, delimiter)
      const by = pattern && part(text, pattern.next, delimiter)
      if (!pattern || !by) return null
      const flags = /^[gixrRsShH\d]*/.exec(text.slice(by.next))?.[0] ?? ''
      at = by.next + flags.length
      if (at < text.length && text.charAt(at) !== ';') return null
      const step = substitution(pattern.text, by.text, flags)
      if (!step) return null
      steps.push(step)
    }
  }
  return (name, scope) => steps.reduce((now, step) => step(now, scope), name)
}

function substitution(pattern: string, by: string, flags: string): Transform | null {
  const within = new Set<Scope>(['member', 'symlink', 'hardlink'])
  for (const flag of flags) {
    const [scope, on] = SCOPES[flag] ?? []
    if (scope !== undefined) within[on ? 'add' : 'delete'](scope)
  }
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1)
  try {
    const regex = compile(pattern, { syntax: flags.includes('x') ? 'ere' : 'bre', icase: flags.includes('i') })
    return (name, scope) => {
      if (!within.has(scope)) return name
      let out = ''
      let at = 0
      for (let count = 1, from = 0; from <= name.length; count++) {
        const match = regex.exec(name, from)
        const [start = 0, end = 0] = match?.[0] ?? []
        if (!match) break
        if (count >= nth) {
          out += name.slice(at, start) + replaced(name, match, by)
          at = end
          if (!flags.includes('g')) break
        }
        from = end > start ? end : end + 1
      }
      return out + name.slice(at)
    }
  } catch (error) {
    if (error instanceof RegexError) return null
    throw error
  }
}
