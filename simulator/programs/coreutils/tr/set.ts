/** A SET of tr(1): bytes, ranges, classes, repeats and escapes. */
const CLASSES: { readonly [name: string]: (c: number) => boolean } = {
  upper: (c) => c >= 65 && c <= 90,
  lower: (c) => c >= 97 && c <= 122,
  digit: (c) => c >= 48 && c <= 57,
  alpha: (c) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122),
  alnum: (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122),
  space: (c) => c === 32 || (c >= 9 && c <= 13),
  blank: (c) => c === 32 || c === 9,
  punct: (c) => c > 32 && c < 127 && !((c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122)),
  print: (c) => c >= 32 && c < 127,
  graph: (c) => c > 32 && c < 127,
  cntrl: (c) => c < 32 || c === 127,
  xdigit: (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102),
}
const ESCAPES: { readonly [letter: string]: number } = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }

export interface Set {
  readonly bytes: number[]
  /** Where `[c*]` stands, to be stretched to the length of the other set. */
  readonly stretch: number | undefined
  /** Classes among the elements, with where their bytes begin. */
  readonly classes: readonly { readonly name: string; readonly at: number }[]
  readonly warnings: readonly string[]
}

export class SetError extends Error {}

export function parseSet(bytes: Uint8Array): Set {
  const text = String.fromCharCode(...bytes)
  const out: number[] = []
  const classes: { name: string; at: number }[] = []
  const warnings: string[] = []
  let stretch: number | undefined
  let i = 0
  const one = (): number => {
    const c = text.charCodeAt(i)
    if (c === 92 && i + 1 >= text.length) warnings.push('warning: an unescaped backslash at end of string is not portable')
    if (c !== 92 || i + 1 >= text.length) {
      i++
      return c
    }
    let octal = /^[0-7]{1,3}/.exec(text.slice(i + 1))?.[0]
    if (octal && Number.parseInt(octal, 8) > 255) {
      const short = octal.slice(0, 2)
      warnings.push(`warning: the ambiguous octal escape \\${octal} is being\n\tinterpreted as the 2-byte sequence \\0${short}, ${octal.slice(2)}`)
      octal = short
    }
    if (octal) {
      i += 1 + octal.length
      return Number.parseInt(octal, 8) & 255
    }
    const letter = text[i + 1] ?? ''
    i += 2
    return ESCAPES[letter] ?? letter.charCodeAt(0)
  }
  while (i < text.length) {
    const rest = text.slice(i)
    const named = /^\[:([a-z]+):\]/.exec(rest)
    if (named) {
      const holds = CLASSES[named[1] ?? '']
      if (!holds) throw new SetError(`invalid character class ${named[1]}`)
      classes.push({ name: named[1] ?? '', at: out.length })
      for (let c = 0; c < 256; c++) if (holds(c)) out.push(c)
      i += named[0].length
      continue
    }
    const equal = /^\[=(.)=\]/s.exec(rest)
    if (equal) {
      out.push(equal[1]?.charCodeAt(0) ?? 0)
      i += equal[0].length
      continue
    }
    const repeat = /^\[(\\?.)\*(\d*)\]/s.exec(rest)
    if (repeat) {
      i++
      const c = one()
      const digits = repeat[2] ?? ''
      const times = digits.startsWith('0') ? Number.parseInt(digits, 8) : Number(digits || 0)
      if (times === 0) stretch = out.push(c) - 1
      else for (let k = 0; k < times; k++) out.push(c)
      i += 1 + digits.length + 1
      continue
    }
    const startText = i
    const low = one()
    if (text[i] === '-' && i + 1 < text.length) {
      i++
      const high = one()
      if (high < low) throw new SetError(`range-endpoints of '${text.slice(startText, i)}' are in reverse collating sequence order`)
      for (let c = low; c <= high; c++) out.push(c)
    } else out.push(low)
  }
  return { bytes: out, stretch, classes, warnings }
}
