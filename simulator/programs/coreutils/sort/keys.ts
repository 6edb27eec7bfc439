/** Keys of sort(1): where a key starts and ends in a line, and how two are compared. */
export interface Ordering {
  numeric?: boolean
  general?: boolean
  human?: boolean
  month?: boolean
  version?: boolean
  random?: boolean
  reverse?: boolean
  fold?: boolean
  dictionary?: boolean
  printable?: boolean
  blanksStart?: boolean
  blanksEnd?: boolean
}

export interface Key {
  readonly startField: number
  readonly startChar: number
  /** 0: the end of the line. */
  readonly endField: number
  readonly endChar: number
  readonly ordering: Ordering
}

const LETTERS: { readonly [letter: string]: keyof Ordering } = {
  n: 'numeric', g: 'general', h: 'human', M: 'month', V: 'version', R: 'random', r: 'reverse', f: 'fold', d: 'dictionary', i: 'printable',
}

export function letterOf(letter: string): keyof Ordering | undefined {
  return LETTERS[letter]
}

/** `2,3nr`, or what is wrong with it (sort.c: parse_field_count, badfieldspec). */
export function parseKey(text: string, quote: (text: string) => string): Key | string {
  let rest = text
  const count = (what: string): number | string => {
    const digits = /^\d+/.exec(rest)?.[0]
    if (digits === undefined) return `${what}: invalid count at start of ${quote(rest)}`
    rest = rest.slice(digits.length)
    return Number(digits)
  }
  const bad = (what: string): string => `${what}: invalid field specification ${quote(text)}`
  const ordering: Ordering = {}
  const letters = (blanks: 'blanksStart' | 'blanksEnd'): void => {
    for (; rest !== ''; rest = rest.slice(1)) {
      const name = rest[0] === 'b' ? blanks : letterOf(rest[0] ?? '')
      if (!name) return
      ordering[name] = true
    }
  }
  const place = (what: string, character: number): readonly [number, number] | string => {
    const field = count(what)
    if (typeof field === 'string') return field
    if (field === 0) return bad('field number is zero')
    let char = character
    if (rest.startsWith('.')) {
      rest = rest.slice(1)
      const found = count("invalid number after '.'")
      if (typeof found === 'string') return found
      char = found
    }
    return [field, char]
  }
  const start = place('invalid number at field start', 1)
  if (typeof start === 'string') return start
  if (start[1] === 0) return bad('character offset is zero')
  letters('blanksStart')
  let end: readonly [number, number] = [0, 0]
  if (rest.startsWith(',')) {
    rest = rest.slice(1)
    const found = place("invalid number after ','", 0)
    if (typeof found === 'string') return found
    end = found
    letters('blanksEnd')
  }
  if (rest !== '') return bad('stray character in field spec')
  return { startField: start[0], startChar: start[1], endField: end[0], endChar: end[1], ordering }
}

/** `+1.2nr` and `-2.1b`, the older form, whose counts begin at zero, as a key of -k. */
export function oldKey(start: string, end: string | undefined): string | undefined {
  const from = /^\+(\d+)(?:\.(\d+))?([a-zA-Z]*)$/.exec(start)
  if (!from) return undefined
  const key = `${Number(from[1]) + 1}.${Number(from[2] ?? 0) + 1}${from[3]}`
  const to = end === undefined ? null : /^-(\d+)(?:\.(\d+))?([a-zA-Z]*)$/.exec(end)
  if (!to) return key
  const char = Number(to[2] ?? 0)
  return char === 0 ? `${key},${Number(to[1])}${to[3]}` : `${key},${Number(to[1]) + 1}.${char}${to[3]}`
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t'

/** The start of field `n` (1-based); past the last field, the end of the line. */
function fieldStart(line: string, n: number, separator: string | undefined): number {
  let at = 0
  for (let i = 1; i < n; i++) {
    if (separator !== undefined) {
      const next = line.indexOf(separator, at)
      if (next < 0) return line.length
      at = next + 1
    } else {
      while (at < line.length && isBlank(line[at])) at++
      while (at < line.length && !isBlank(line[at])) at++
    }
  }
  return at
}

function fieldEnd(line: string, n: number, separator: string | undefined): number {
  let at = fieldStart(line, n, separator)
  if (separator !== undefined) {
    const next = line.indexOf(separator, at)
    return next < 0 ? line.length : next
  }
  while (at < line.length && isBlank(line[at])) at++
  while (at < line.length && !isBlank(line[at])) at++
  return at
}

export function keyOf(line: string, key: Key, separator: string | undefined): string {
  let start = fieldStart(line, key.startField, separator)
  if (key.ordering.blanksStart) while (isBlank(line[start])) start++
  start = Math.min(line.length, start + key.startChar - 1)
  let end = line.length
  if (key.endField > 0) {
    if (key.endChar === 0) end = fieldEnd(line, key.endField, separator)
    else {
      end = fieldStart(line, key.endField, separator)
      if (key.ordering.blanksEnd) while (isBlank(line[end])) end++
      end = Math.min(line.length, end + key.endChar)
    }
  }
  return end > start ? line.slice(start, end) : ''
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

const numberOf = (text: string): number => Number(/^[ \t]*(-?[0-9]*(?:\.[0-9]*)?)/.exec(text)?.[1]?.replace(/^(-?)\.?$/, '0') || 0)

function humanOf(text: string): number {
  const found = /^[ \t]*(-?)([0-9]*(?:\.[0-9]*)?)([KkMGTPEZY]?)/.exec(text)
  const value = Number(found?.[2] || 0)
  if (value === 0) return 0
  const power = found?.[3] ? 'KMGTPEZY'.indexOf(found[3].toUpperCase()) + 1 : 0
  // The suffix counts first, whatever the number before it.
  return (found?.[1] === '-' ? -1 : 1) * (power * 1e15 + value)
}

/** filevercmp: digits as numbers, letters before other characters, `~` first. */
export function compareVersions(a: string, b: string): number {
  const order = (c: string | undefined): number => {
    if (c === undefined || /[0-9]/.test(c)) return 0
    if (/[A-Za-z]/.test(c)) return c.charCodeAt(0)
    return c === '~' ? -1 : c.charCodeAt(0) + 256
  }
  let i = 0
  let j = 0
  const digit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9'
  while (i < a.length || j < b.length) {
    while ((i < a.length && !digit(a[i])) || (j < b.length && !digit(b[j]))) {
      const d = order(a[i]) - order(b[j])
      if (d !== 0) return d
      i++
      j++
    }
    while (a[i] === '0') i++
    while (b[j] === '0') j++
    let first = 0
    while (digit(a[i]) && digit(b[j])) {
      if (first === 0) first = (a.charCodeAt(i) || 0) - (b.charCodeAt(j) || 0)
      i++
      j++
    }
    if (digit(a[i])) return 1
    if (digit(b[j])) return -1
    if (first !== 0) return first
  }
  return 0
}

/** Byte order: UTF-16 order differs from UTF-8's only for surrogates. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order of -g: what is no number, NaN, then numbers as strtold(3) reads them. */
function generalOf(text: string): string | number {
  const found = /^[ \t]*([-+]?)(?:(inf(?:inity)?)|(nan)|(0x[0-9a-f]+(?:\.[0-9a-f]*)?(?:p[-+]?\d+)?)|(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?))/i.exec(text)
  if (!found) return NO_NUMBER
  const sign = found[1] === '-' ? -1 : 1
  if (found[2]) return sign * Infinity
  if (found[3]) return NOT_A_NUMBER
  return sign * Number(found[4] ?? found[5])
}
/** As texts they come before all numbers, in this order. */
const [NO_NUMBER, NOT_A_NUMBER] = ['0', '1']

/** What of a key is compared, worked out once for each line. */
export function prepared(text: string, o: Ordering): string | number {
  if (o.numeric) return numberOf(text)
  if (o.human) return humanOf(text)
  if (o.general) return generalOf(text)
  if (o.month) return MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase())
  let t = text
  if (o.dictionary) t = t.replace(/[^A-Za-z0-9 \t\u0080-\uffff]/g, '')
  if (o.printable) t = t.replace(/[\0-\x1f\x7f]/g, '')
  return o.fold ? t.replace(/[a-z]/g, (c) => c.toUpperCase()) : t
}
