/** A sed script into commands (POSIX sed and GNU's additions). */
import { compile, type Regex, RegexError } from '../../../regex'

export type Address = { readonly type: 'line'; readonly n: number } | { readonly type: 'step'; readonly first: number; readonly step: number } | { readonly type: 'last' } | { readonly type: 'regex'; readonly regex: Regex | null } | { readonly type: 'plus' | 'multiple'; readonly n: number }

export interface Command {
  readonly from?: Address
  readonly to?: Address
  readonly not: boolean
  readonly name: string
  text: string
  regex?: Regex | null
  replacement?: string
  flags?: { global: boolean; print: boolean; nth: number; write?: string }
  map?: ReadonlyMap<string, string>
  /** Where `{`, `b`, `t`, `T` go on. */
  target: number
  active: boolean
  until: number
}

export class ScriptError extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

export function parseScript(script: string, syntax: 'bre' | 'ere'): Command[] {
  const out: Command[] = []
  const open: number[] = []
  const labels = new Map<string, number>()
  let i = 0
  const fail = (message: string): never => {
    throw new ScriptError(i, message)
  }
  const blanks = (): void => {
    while (/[ \t]/.test(script[i] ?? '')) i++
  }
  const delimited = (delimiter: string, regex: boolean, unfinished: string): string => {
    let text = ''
    let bracket = false
    for (;;) {
      const c = script[i]
      if (c === undefined) return fail(unfinished)
      if (c === '\\') {
        const next = script[i + 1]
        if (next === undefined) {
          i++
          return fail(unfinished)
        }
        i += 2
        if (next === delimiter && !(regex && bracket)) text += delimiter
        else if (next === 'n' && regex) text += bracket ? '\n' : '\\n'
        else text += `\\${next}`
        continue
      }
      if (c === delimiter && !bracket) {
        i++
        return text
      }
      if (regex && c === '[' && !bracket) {
        bracket = true
        text += c
        i++
        if (script[i] === '^') text += script[i++]
        if (script[i] === ']') text += script[i++]
        continue
      }
      if (regex && bracket && c === '[' && /[:.=]/.test(script[i + 1] ?? '')) {
        const close = script.indexOf(`${script[i + 1]}]`, i + 2)
        if (close > 0) {
          text += script.slice(i, close + 2)
          i = close + 2
          continue
        }
      }
      if (regex && c === ']') bracket = false
      text += c
      i++
    }
  }
  const make = (pattern: string, icase: boolean, newline: boolean): Regex | null => {
    if (pattern === '') return null
    try {
      return compile(escapes(pattern), { syntax, icase, newline })
    } catch (error) {
      if (error instanceof RegexError) return fail(error.message)
      throw error
    }
  }
  const address = (): Address | undefined => {
    const c = script[i] ?? ''
    if (/\d/.test(c)) {
      const m = /^(\d+)(?:~(\d+))?/.exec(script.slice(i))
      i += m?.[0].length ?? 0
      return m?.[2] !== undefined ? { type: 'step', first: Number(m[1]), step: Number(m[2]) } : { type: 'line', n: Number(m?.[1]) }
    }
    if (c === '$') {
      i++
      return { type: 'last' }
    }
    if (c === '/' || c === '\\') {
      if (c === '\\') i++
      const delimiter = script[i++] ?? '/'
      const pattern = delimited(delimiter, true, 'unterminated address regex')
      const flags = /^[IM]*/.exec(script.slice(i))?.[0] ?? ''
      i += flags.length
      return { type: 'regex', regex: make(pattern, flags.includes('I'), flags.includes('M')) }
    }
    return undefined
  }
  const finish = (): void => {
    blanks()
    const c = script[i]
    if (c === undefined || c === '}' || c === '#') return
    if (c === ';' || c === '\n') {
      i++
      return
    }
    i++
    fail('extra characters after command')
  }
  const word = (): string => {
    blanks()
    const end = /[\n;]/.exec(script.slice(i))
    const text = script.slice(i, end ? i + end.index : undefined).trim()
    i = end ? i + end.index : script.length
    return text
  }
  const fileName = (): string => {
    blanks()
    const end = script.indexOf('\n', i)
    const text = script.slice(i, end < 0 ? undefined : end)
    i = end < 0 ? script.length : end
    return text
  }
  for (;;) {
    while (/[\s;]/.test(script[i] ?? '')) i++
    if (i >= script.length) break
    if (script[i] === '#') {
      const end = script.indexOf('\n', i)
      i = end < 0 ? script.length : end
      continue
    }
    const from = address()
    let to: Address | undefined
    blanks()
    if (from && script[i] === ',') {
      i++
      blanks()
      const relative = /^([+~])(\d+)/.exec(script.slice(i))
      if (relative) {
        i += relative[0].length
        to = { type: relative[1] === '+' ? 'plus' : 'multiple', n: Number(relative[2]) }
      } else to = address()
      if (!to) {
        i++
        fail('unexpected `,\'')
      }
    }
    blanks()
    let not = false
    while (script[i] === '!') {
      not = true
      i++
      blanks()
    }
    const name = script[i++]
    if (name === undefined) {
      i--
      return fail('missing command')
    }
    const command: Command = { ...(from ? { from } : {}), ...(to ? { to } : {}), not, name, text: '', target: -1, active: false, until: -1 }
    switch (name) {
      case '{':
        open.push(out.length)
        break
      case '}': {
        const start = open.pop()
        if (start === undefined) return fail('unexpected `}\'')
        const opener = out[start]
        if (opener) opener.target = out.length
        finish()
        break
      }
      case ':':
        labels.set(word(), out.length)
        break
      case 'b': case 't': case 'T':
        command.text = word().replace(/\}$/, (b) => (i--, b)).replace(/\s*\}$/, '')
        break
      case 'a': case 'i': case 'c': {
        blanks()
        if (script[i] === undefined) return fail("expected \\ after `a', `c' or `i'")
        if (script[i] === '\\') {
          i++
          const before = i
          blanks()
          if (script[i] === '\n') i++
          else i = before
        }
        let text = ''
        for (; i < script.length && script[i] !== '\n'; i++) {
          if (script[i] === '\\' && i + 1 < script.length) i++
          text += script[i]
        }
        command.text = `${text}\n`
        break
      }
      case 's': {
        const delimiter = script[i++] ?? ''
        const pattern = delimited(delimiter, true, "unterminated `s' command")
        command.replacement = delimited(delimiter, false, "unterminated `s' command")
        const flags = { global: false, print: false, nth: 0 }
        let icase = false
        let multi = false
        for (;;) {
          const c = script[i] ?? ''
          if (c === 'g') flags.global = true
          else if (c === 'p') flags.print = true
          else if (c === 'i' || c === 'I') icase = true
          else if (c === 'm' || c === 'M') multi = true
          else if (c === 'e') return fail("e/r/w commands disabled in sandbox mode")
          else if (/\d/.test(c)) {
            const digits = /^\d+/.exec(script.slice(i))?.[0] ?? '1'
            flags.nth = Number(digits)
            i += digits.length - 1
          } else break
          i++
        }
        command.regex = make(pattern, icase, multi)
        command.flags = flags
        if (script[i] === 'w') {
          i++
          command.flags = { ...flags, write: fileName() }
        } else {
          blanks()
          if (!/^(?:$|[;\n}#])/.test(script.slice(i, i + 1))) {
            i++
            return fail("unknown option to `s'")
          }
          finish()
        }
        break
      }
      case 'y': {
        const delimiter = script[i++] ?? ''
        const plain = (t: string): string[] => [...t.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === '\\' ? '\\' : c === 't' ? '\t' : `\\${c}`))]
        const a = plain(delimited(delimiter, false, "unterminated `y' command"))
        const b = plain(delimited(delimiter, false, "unterminated `y' command"))
        if (a.length !== b.length) return fail("strings for `y' command are different lengths")
        command.map = new Map(a.map((c, k) => [c, b[k] ?? '']))
        finish()
        break
      }
      case 'r': case 'R': case 'w': case 'W':
        command.text = fileName()
        if (command.text === '') return fail('missing filename in r/R/w/W commands')
        break
      case 'q': case 'Q': case 'l': case 'L': {
        blanks()
        const digits = /^\d*/.exec(script.slice(i))?.[0] ?? ''
        i += digits.length
        command.text = digits
        finish()
        break
      }
      case '=': case 'd': case 'D': case 'g': case 'G': case 'h': case 'H': case 'n': case 'N': case 'p': case 'P': case 'x': case 'z': case 'F':
        finish()
        break
      default:
        return fail(`unknown command: \`${name}'`)
    }
    out.push(command)
  }
  if (open.length > 0) {
    i = 0
    fail('unmatched `{\'')
  }
  for (const command of out) {
    if (!'btT'.includes(command.name)) continue
    const target = command.text === '' ? out.length : labels.get(command.text)
    if (target === undefined) throw new ScriptError(-1, `can't find label for jump to \`${command.text}'`)
    command.target = target
  }
  return out
}

const escapes = (pattern: string): string => pattern.replace(/\\([ntfvar])/g, (_, c: string) => ({ n: '\n', t: '\t', f: '\f', v: '\v', a: '\x07', r: '\r' })[c] ?? c)
