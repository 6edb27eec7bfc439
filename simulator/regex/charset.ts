/** Sets of characters as bracket expressions describe them (regex(7)), in the C.UTF-8 locale. */
export interface CharSet {
  readonly negated: boolean
  readonly ranges: readonly (readonly [number, number])[]
  readonly classes: readonly ((code: number) => boolean)[]
  /** Matches both cases of a letter. */
  readonly folds?: boolean
  /** Does not match a newline, although negated. */
  readonly stopsAtNewline?: boolean
}

const LETTER = /^\p{L}$/u
const LOWER = /^\p{Ll}$/u
const UPPER = /^\p{Lu}$/u
const DIGIT = /^[\p{N}]$/u
const PUNCT = /^[\p{P}\p{S}]$/u
const text = (code: number): string => String.fromCodePoint(code)

const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  digit: (c) => c >= 48 && c <= 57,
  lower: (c) => (c < 128 ? c >= 97 && c <= 122 : LOWER.test(text(c))),
  upper: (c) => (c < 128 ? c >= 65 && c <= 90 : UPPER.test(text(c))),
  alpha: (c) => (c < 128 ? (c | 32) >= 97 && (c | 32) <= 122 : LETTER.test(text(c))),
  alnum: (c) => (c < 128 ? (c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 122) : LETTER.test(text(c)) || DIGIT.test(text(c))),
  space: (c) => c === 32 || (c >= 9 && c <= 13),
  blank: (c) => c === 32 || c === 9,
  cntrl: (c) => c < 32 || c === 127,
  punct: (c) => (c < 128 ? c > 32 && c < 127 && !(CLASSES.alnum as (code: number) => boolean)(c) : PUNCT.test(text(c))),
  graph: (c) => (c < 128 ? c > 32 && c < 127 : c >= 0xa1),
  print: (c) => (c < 128 ? c >= 32 && c < 127 : c >= 0xa0),
  xdigit: (c) => (c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 102),
}

/** The test of a named class (`[:alpha:]`). Throws when there is none of that name. */
export function className(name: string): (code: number) => boolean {
  const test = CLASSES[name]
  if (!test) throw new Error(`no character class ${name}`)
  return test
}

export const singleSet = (code: number): CharSet => ({ negated: false, ranges: [[code, code]], classes: [] })
export const rangeSet = (ranges: readonly (readonly [number, number])[]): CharSet => ({ negated: false, ranges, classes: [] })

const isByte = (code: number): boolean => code >= 0xdc80 && code <= 0xdcff

/** True when the set holds the code point. A byte that is no character is in no negated set. */
export function holds(set: CharSet, code: number): boolean {
  if (set.negated && (isByte(code) || (code === 10 && set.stopsAtNewline))) return false
  return has(set, code) !== set.negated
}

function has(set: CharSet, code: number): boolean {
  if (inRanges(set, code)) return true
  if (!set.folds) return false
  const char = text(code)
  const lower = char.toLowerCase()
  const upper = char.toUpperCase()
  return (lower !== char && inRanges(set, lower.codePointAt(0) as number)) || (upper !== char && inRanges(set, upper.codePointAt(0) as number))
}

function inRanges(set: CharSet, code: number): boolean {
  for (const [low, high] of set.ranges) if (code >= low && code <= high) return true
  for (const test of set.classes) if (test(code)) return true
  return false
}
