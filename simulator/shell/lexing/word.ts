/**
 * A word's text taken apart into what expansion works on: literals, quotes, parameters, substitutions. The parser
 * (`unbash`) says where words are; what is inside is read here, because the same text is also met at run time (here
 * documents, prompts, arithmetic, the words in `${x:-…}`).
 */
import { unescape } from './ansi'
import { arithmeticEnd, skipAnsi, skipBraces, skipDollar, skipDouble, skipParens, skipSingle, skipTick } from './skip'

export type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'double'; readonly parts: readonly Part[] }
  | { readonly kind: 'parameter'; readonly quoted: boolean; readonly parameter: Parameter }
  | { readonly kind: 'command'; readonly quoted: boolean; readonly source: string }
  | { readonly kind: 'arithmetic'; readonly quoted: boolean; readonly source: string }
  | { readonly kind: 'process'; readonly operator: '<' | '>'; readonly source: string }

export interface Parameter {
  /** The whole expansion as written, for messages. */
  readonly text: string
  readonly name: string
  readonly prefix: '' | '!' | '#'
  /** The text between `[` and `]`. */
  readonly index?: string | undefined
  readonly operator: string
  /** Text after the operator, unread. */
  readonly operand: string
  readonly bad: boolean
}

export interface Compiled {
  readonly parts: readonly Part[]
  /** Set when the word is only plain characters: nothing to expand, no pattern. */
  readonly plain: string | undefined
}

/** `word`: as in a command. `double`: inside double quotes. `here`: a here document's body. `pattern`: in `${x#…}`, where quotes still work inside double quotes. */
export type Context = 'word' | 'double' | 'here'

const caches: Record<Context, Map<string, Compiled>> = { word: new Map(), double: new Map(), here: new Map() }
const CACHE_LIMIT = 5000
const SPECIAL = /[\\'"$`*?[~<>{!@+]/

export function compileWord(text: string, context: Context = 'word'): Compiled {
  const cache = caches[context]
  const known = cache.get(text)
  if (known) return known
  const compiled: Compiled = context === 'word' && !SPECIAL.test(text) ? { parts: [{ kind: 'literal', text }], plain: text } : { parts: readParts(text, context), plain: undefined }
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(text, compiled)
  return compiled
}

function readParts(s: string, context: Context): Part[] {
  const parts: Part[] = []
  const quoted = context !== 'word'
  let text = ''
  const flush = (): void => {
    if (text !== '') parts.push({ kind: quoted ? 'quoted' : 'literal', text })
    text = ''
  }
  for (let i = 0; i < s.length; ) {
    const c = s[i] as string
    if (c === '\\') {
      const next = s[i + 1]
      if (next === undefined) {
        flush()
        parts.push({ kind: 'quoted', text: '\\' })
        i++
      } else if (next === '\n') i += 2
      else if (!quoted) {
        flush()
        const wide = String.fromCodePoint(s.codePointAt(i + 1) as number)
        parts.push({ kind: 'quoted', text: wide })
        i += 1 + wide.length
      } else if (next === '$' || next === '`' || next === '\\' || (next === '"' && context === 'double')) {
        text += next
        i += 2
      } else {
        text += '\\'
        i++
      }
    } else if (c === "'" && !quoted) {
      const end = skipSingle(s, i + 1)
      flush()
      parts.push({ kind: 'quoted', text: s.slice(i + 1, end < 0 ? s.length : end - 1) })
      i = end < 0 ? s.length : end
    } else if (c === '"' && context !== 'here') {
      const end = skipDouble(s, i + 1)
      flush()
      const inner = s.slice(i + 1, end < 0 ? s.length : end - 1)
      if (quoted) parts.push(...compileWord(inner, 'word').parts.map(asQuoted))
      else parts.push({ kind: 'double', parts: readParts(inner, 'double') })
      i = end < 0 ? s.length : end
    } else if (c === '`') {
      const end = skipTick(s, i + 1)
      flush()
      const inner = s.slice(i + 1, end < 0 ? s.length : end - 1)
      parts.push({ kind: 'command', quoted, source: inner.replace(context === 'double' ? /\\([$`\\"])/g : /\\([$`\\])/g, '$1') })
      i = end < 0 ? s.length : end
    } else if (c === '$') {
      const part = readDollar(s, i, quoted)
      if (!part) {
        if (!quoted && s[i + 1] === '"') i++
        else {
          text += '$'
          i++
        }
      } else {
        flush()
        parts.push(part.part)
        i = part.end
      }
    } else if ((c === '<' || c === '>') && s[i + 1] === '(' && !quoted) {
      const end = skipParens(s, i + 2)
      flush()
      parts.push({ kind: 'process', operator: c, source: s.slice(i + 2, end < 0 ? s.length : end - 1) })
      i = end < 0 ? s.length : end
    } else {
      text += c
      i++
    }
  }
  flush()
  return parts
}

/** Inside `"${x:-"…"}"` the inner quotes protect nothing more than the outer ones do. */
function asQuoted(part: Part): Part {
  switch (part.kind) {
    case 'literal':
      return { kind: 'quoted', text: part.text }
    case 'parameter':
    case 'command':
    case 'arithmetic':
      return { ...part, quoted: true }
    default:
      return part
  }
}

function readDollar(s: string, at: number, quoted: boolean): { part: Part; end: number } | undefined {
  const next = s[at + 1]
  if (next === undefined) return undefined
  if (next === '(') {
    if (s[at + 2] === '(') {
      const end = arithmeticEnd(s, at + 3)
      if (end >= 0) return { part: { kind: 'arithmetic', quoted, source: s.slice(at + 3, end - 2) }, end }
    }
    const end = skipParens(s, at + 2)
    const stop = end < 0 ? s.length : end
    return { part: { kind: 'command', quoted, source: s.slice(at + 2, end < 0 ? s.length : end - 1) }, end: stop }
  }
  if (next === '[') {
    const end = s.indexOf(']', at)
    if (end > 0) return { part: { kind: 'arithmetic', quoted, source: s.slice(at + 2, end) }, end: end + 1 }
  }
  if (next === '{') {
    const end = skipBraces(s, at + 2, quoted ? 'quoted' : 'bare')
    const stop = end < 0 ? s.length : end
    return { part: { kind: 'parameter', quoted, parameter: readParameter(s.slice(at + 2, end < 0 ? s.length : end - 1)) }, end: stop }
  }
  if (next === "'" && !quoted) {
    const end = skipAnsi(s, at + 2)
    return { part: { kind: 'quoted', text: unescape(s.slice(at + 2, end < 0 ? s.length : end - 1), 'ansi').text }, end: end < 0 ? s.length : end }
  }
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?$!-])/.exec(s.slice(at + 1, at + 129))?.[0]
  if (name === undefined) return undefined
  const whole = name.length < 128 ? name : (/^[A-Za-z0-9_]*/.exec(s.slice(at + 1))?.[0] ?? name)
  return { part: { kind: 'parameter', quoted, parameter: { text: `$${whole}`, name: whole, prefix: '', operator: '', operand: '', bad: false } }, end: at + 1 + whole.length }
}

const PARAMETER = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/
const OPERATORS = [':-', ':=', ':?', ':+', '##', '%%', '//', '/#', '/%', '^^', ',,', '-', '=', '?', '+', '#', '%', '/', '^', ',', '~~', '~', '@', ':']

/** What is between `${` and `}`. */
export function readParameter(body: string): Parameter {
  const text = `\${${body}}`
  const bad: Parameter = { text, name: '', prefix: '', operator: '', operand: '', bad: true }
  let rest = body
  let prefix: Parameter['prefix'] = ''
  if (rest[0] === '#' && rest.length > 1 && PARAMETER.test(rest.slice(1)) && !/^#[-=?+#%/:]./.test(rest) && rest !== '##') {
    prefix = '#'
    rest = rest.slice(1)
  } else if (rest === '##') {
    prefix = '#'
    rest = '#'
  } else if (rest[0] === '!' && rest.length > 1 && /^![A-Za-z_0-9@*#?$!]/.test(rest)) {
    prefix = '!'
    rest = rest.slice(1)
  }
  const name = PARAMETER.exec(rest)?.[0]
  if (name === undefined) return bad
  rest = rest.slice(name.length)
  let index: string | undefined
  if (rest[0] === '[') {
    const end = bracketEnd(rest)
    if (end < 0) return bad
    index = rest.slice(1, end)
    rest = rest.slice(end + 1)
  }
  if (rest === '') return { text, name, prefix, index, operator: '', operand: '', bad: false }
  if (prefix === '!' && (rest === '*' || rest === '@')) return { text, name, prefix, index, operator: `names${rest}`, operand: '', bad: false }
  const operator = OPERATORS.find((candidate) => rest.startsWith(candidate))
  if (operator === undefined || prefix === '#') return bad
  const operand = rest.slice(operator.length)
  if (operator === '@' && !/^[UuLQEPAaKk]$/.test(operand)) return bad
  return { text, name, prefix, index, operator, operand, bad: false }
}

/** `s` starts at `[`: the offset of the `]` that closes it. */
export function bracketEnd(s: string): number {
  let depth = 0
  for (let i = 0; i < s.length; ) {
    const c = s[i]
    if (c === '[') depth++
    else if (c === ']' && --depth === 0) return i
    if (c === '\\') i += 2
    else if (c === "'") i = orEnd(skipSingle(s, i + 1), s)
    else if (c === '"') i = orEnd(skipDouble(s, i + 1), s)
    else if (c === '$') i = orEnd(skipDollar(s, i, 'bare'), s)
    else i++
  }
  return -1
}

const orEnd = (at: number, s: string): number => (at < 0 ? s.length : at)
