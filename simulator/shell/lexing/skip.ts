/** Where a quoted or substituted piece of shell text ends (bash(1), QUOTING and EXPANSION). Offsets are into `s`. */

/** `at` is just after the opening quote; the offset just after the closing one, or -1. */
export function skipSingle(s: string, at: number): number {
  const end = s.indexOf("'", at)
  return end < 0 ? -1 : end + 1
}

export function skipAnsi(s: string, at: number): number {
  for (let i = at; i < s.length; i++) {
    if (s[i] === '\\') i++
    else if (s[i] === "'") return i + 1
  }
  return -1
}

export function skipDouble(s: string, at: number): number {
  for (let i = at; i < s.length; ) {
    const c = s[i]
    if (c === '\\') i += 2
    else if (c === '"') return i + 1
    else if (c === '`') {
      i = skipTick(s, i + 1)
      if (i < 0) return -1
    } else if (c === '$') {
      i = skipDollar(s, i, 'quoted')
      if (i < 0) return -1
    } else i++
  }
  return -1
}

export function skipTick(s: string, at: number): number {
  for (let i = at; i < s.length; i++) {
    if (s[i] === '\\') i++
    else if (s[i] === '`') return i + 1
  }
  return -1
}

/** `at` is at a `$`: after the expansion that it starts, or just after the `$` if it starts none. */
export function skipDollar(s: string, at: number, where: 'bare' | 'quoted'): number {
  const next = s[at + 1]
  if (next === '(') return s[at + 2] === '(' ? skipArithmetic(s, at) : skipParens(s, at + 2)
  if (next === '{') return skipBraces(s, at + 2, where)
  if (next === '[') {
    const end = s.indexOf(']', at + 2)
    return end < 0 ? -1 : end + 1
  }
  if (where === 'bare' && next === "'") return skipAnsi(s, at + 2)
  if (where === 'bare' && next === '"') return skipDouble(s, at + 2)
  return at + 1
}

/** `$((…))` is arithmetic when it closes with `))`; else it is `$( (…) )`. */
function skipArithmetic(s: string, at: number): number {
  const end = arithmeticEnd(s, at + 3)
  return end >= 0 ? end : skipParens(s, at + 2)
}

/** `at` is after `((`; the offset after the matching `))`, or -1 when the parentheses do not close as a pair. */
export function arithmeticEnd(s: string, at: number): number {
  let depth = 0
  for (let i = at; i < s.length; ) {
    const c = s[i]
    if (c === '(') depth++
    else if (c === ')') {
      if (depth === 0) return s[i + 1] === ')' ? i + 2 : -1
      depth--
    } else if (c === '\\') i++
    else if (c === "'") {
      i = skipSingle(s, i + 1)
      if (i < 0) return -1
      continue
    } else if (c === '"') {
      i = skipDouble(s, i + 1)
      if (i < 0) return -1
      continue
    } else if (c === '$' && (s[i + 1] === '(' || s[i + 1] === '{')) {
      i = skipDollar(s, i, 'quoted')
      if (i < 0) return -1
      continue
    }
    i++
  }
  return -1
}

/** `at` is after `(`: the offset after the `)` that closes a command substitution. Knows quotes, comments and `case`. */
export function skipParens(s: string, at: number): number {
  let depth = 1
  let cases = 0
  for (let i = at; i < s.length; ) {
    const c = s[i] as string
    if (c === '\\') i += 2
    else if (c === "'") {
      i = skipSingle(s, i + 1)
      if (i < 0) return -1
    } else if (c === '"') {
      i = skipDouble(s, i + 1)
      if (i < 0) return -1
    } else if (c === '`') {
      i = skipTick(s, i + 1)
      if (i < 0) return -1
    } else if (c === '$') {
      i = skipDollar(s, i, 'bare')
      if (i < 0) return -1
    } else if (c === '(') {
      depth++
      i++
    } else if (c === ')') {
      i++
      if (cases > 0 && depth === 1) continue
      if (--depth === 0) return i
    } else if (c === '#' && (i === at || /[\s;&|(]/.test(s[i - 1] as string))) {
      const end = s.indexOf('\n', i)
      if (end < 0) return -1
      i = end
    } else if (/[a-z]/.test(c) && (i === at || /[\s;&|()]/.test(s[i - 1] as string))) {
      const word = /^[A-Za-z_]+/.exec(s.slice(i, i + 64))?.[0] ?? c
      i += word.length
      if (word === 'case' && /\s/.test(s[i] ?? '')) cases++
      else if (word === 'esac' && cases > 0) cases--
    } else i++
  }
  return -1
}

/** `at` is after `${`. */
export function skipBraces(s: string, at: number, where: 'bare' | 'quoted'): number {
  for (let i = at; i < s.length; ) {
    const c = s[i]
    if (c === '}') return i + 1
    if (c === '\\') i += 2
    else if (c === "'" && where === 'bare') {
      i = skipSingle(s, i + 1)
      if (i < 0) return -1
    } else if (c === '"') {
      i = skipDouble(s, i + 1)
      if (i < 0) return -1
    } else if (c === '`') {
      i = skipTick(s, i + 1)
      if (i < 0) return -1
    } else if (c === '$') {
      i = skipDollar(s, i, s[i + 1] === "'" ? 'bare' : where)
      if (i < 0) return -1
    } else i++
  }
  return -1
}
