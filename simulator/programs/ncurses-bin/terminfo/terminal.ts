/** One terminal's description from terminfo's source form (terminfo(5)). */
import { ENTRIES } from './entries'

export interface Terminal {
  readonly longname: string
  readonly booleans: ReadonlySet<string>
  readonly numbers: ReadonlyMap<string, number>
  /** Strings with their escapes read, and without what asks for delays. */
  readonly strings: ReadonlyMap<string, string>
}

const ESCAPES: { readonly [letter: string]: string } = { E: '\x1b', e: '\x1b', n: '\n', l: '\n', r: '\r', t: '\t', b: '\b', f: '\f', s: ' ', a: '\x07', '0': '\x80' }

/** The characters that a string stands for: `\E`, `^X`, octal digits; `\0` is 0200, as no string holds a NUL. */
const unescaped = (text: string): string =>
  text.replace(/\$<[\d.]+[*/]*>/g, '').replace(/\\([0-7]{3})|\\(.)|\^(.)/g, (_, octal?: string, letter?: string, control?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) || 128)
    if (letter !== undefined) return ESCAPES[letter] ?? letter
    return control === '?' ? '\x7f' : String.fromCharCode((control ?? '@').charCodeAt(0) & 31)
  })

/** Up to a comma that no backslash hides. */
const CAPABILITY = /(?:\\.|[^,\\ ]|(?<!,) )(?:\\.|[^,\\])*/g

/** Undefined: the database has no terminal of this name. */
export function terminal(name: string): Terminal | undefined {
  for (const line of ENTRIES.trim().split('\n')) {
    const [head = '', ...capabilities] = line.match(CAPABILITY) ?? []
    const names = head.split('|')
    if (!names.slice(0, Math.max(1, names.length - 1)).includes(name)) continue
    const booleans = new Set<string>()
    const numbers = new Map<string, number>()
    const strings = new Map<string, string>()
    for (const capability of capabilities) {
      const [, key = '', sign = '', value = ''] = /^(\w+)([#=]?)(.*)$/.exec(capability) ?? []
      if (sign === '') booleans.add(key)
      else if (sign === '#') numbers.set(key, Number(value))
      else strings.set(key, unescaped(value))
    }
    return { longname: names.at(-1) ?? name, booleans, numbers, strings }
  }
  return undefined
}
