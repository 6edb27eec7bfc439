/** The words of a Go template (text/template/parse lex.go): what stands between actions is one word, what stands in them is split. */
import { codePoint } from './quoting'

export type WordKind =
  | 'text' | 'left' | 'right' | 'space' | 'assign' | 'declare' | 'pipe' | 'open' | 'close' | 'char' | 'character' | 'string' | 'raw' | 'number' | 'bool' | 'dot' | 'field'
  | 'variable' | 'identifier' | 'keyword' | 'end' | 'error'

export interface Word {
  readonly kind: WordKind
  readonly at: number
  readonly line: number
  readonly text: string
}

const KEYWORDS = ['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with']
const SPACE = /[ \t\r\n]/
const ALPHANUMERIC = /[\p{L}\p{Nd}_]/u
const NUMBER = /[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y

/** How a word reads in a complaint. */
export function wordText({ kind, text }: Word): string {
  if (kind === 'end') return 'EOF'
  if (kind === 'error') return text
  if (kind === 'keyword' || kind === 'dot') return `<${text}>`
  return text.length > 10 ? `${JSON.stringify(text.slice(0, 10))}...` : JSON.stringify(text)
}

export function words(source: string): Word[] {
  const found: Word[] = []
  let at = 0
  let line = 1
  let parens = 0
  const emit = (kind: WordKind, end: number): void => {
    const text = source.slice(at, end)
    found.push({ kind, at, line, text })
    line += text.split('\n').length - 1
    at = end
  }
  const fail = (message: string, end = source.length): Word[] => {
    const newlines = source.slice(at, end).split('\n').length - 1
    found.push({ kind: 'error', at, line: line + newlines, text: message })
    return found
  }
  const skip = (end: number): void => {
    line += source.slice(at, end).split('\n').length - 1
    at = end
  }
  const isTerminator = (i: number): boolean => i >= source.length || /[\s.,|:()]/.test(source.charAt(i)) || source.startsWith('}}', i)
  const afterName = (from: number): number => {
    let end = from
    while (end < source.length && ALPHANUMERIC.test(String.fromCodePoint(source.codePointAt(end) ?? 0))) end += (source.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
    return end
  }
  const badCharacter = (i: number): string => `bad character ${codePoint(source, i)}`

  for (;;) {
    const open = source.indexOf('{{', at)
    if (open < 0) {
      if (at < source.length) emit('text', source.length)
      emit('end', at)
      return found
    }
    const isTrimming = /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4))
    const text = isTrimming ? source.slice(at, open).replace(/[ \t\r\n]+$/, '') : source.slice(at, open)
    if (text !== '') emit('text', at + text.length)
    skip(open)
    const inside = open + (isTrimming ? 4 : 2)
    if (source.startsWith('/*', inside)) {
      const close = source.indexOf('*/', inside + 2)
      if (close < 0) return fail('unclosed comment', inside)
      const rest = /^(?:[ \t\r\n]-\}\}[ \t\r\n]*|\}\})/.exec(source.slice(close + 2))
      if (!rest) return fail('comment ends before closing delimiter', close)
      skip(close + 2 + rest[0].length)
      continue
    }
    emit('left', open + 2)
    skip(inside)
    parens = 0
    for (;;) {
      const trim = /^[ \t\r\n]-\}\}/.test(source.slice(at, at + 4))
      if (trim || source.startsWith('}}', at)) {
        if (parens > 0) return fail('unclosed left paren', at)
        if (trim) skip(at + 2)
        emit('right', at + 2)
        if (trim) skip(at + (/^[ \t\r\n]*/.exec(source.slice(at))?.[0].length ?? 0))
        break
      }
      const c = source.charAt(at)
      if (c === '') return fail('unclosed action', at)
      if (SPACE.test(c)) {
        let end = at
        while (SPACE.test(source.charAt(end))) end++
        if (source.startsWith('-}}', end)) end--
        if (end > at) emit('space', end)
        continue
      }
      if (c === '=') emit('assign', at + 1)
      else if (c === ':') {
        if (source.charAt(at + 1) !== '=') return fail('expected :=', at)
        emit('declare', at + 2)
      } else if (c === '|') emit('pipe', at + 1)
      else if (c === '"' || c === "'" || c === '`') {
        const quoted = c === '`' ? /`[^`]*`/y : c === '"' ? /"(?:[^"\\\n]|\\[^\n])*"/y : /'(?:[^'\\\n]|\\[^\n])*'/y
        quoted.lastIndex = at
        const match = quoted.exec(source)
        if (!match) return fail(c === '`' ? 'unterminated raw quoted string' : c === '"' ? 'unterminated quoted string' : 'unterminated character constant', at)
        emit(c === '`' ? 'raw' : c === '"' ? 'string' : 'character', at + match[0].length)
      } else if (c === '$' || (c === '.' && !/\d/.test(source.charAt(at + 1)))) {
        const end = isTerminator(at + 1) ? at + 1 : afterName(at + 1)
        if (!isTerminator(end)) return fail(badCharacter(end), end)
        emit(c === '$' ? 'variable' : end === at + 1 ? 'dot' : 'field', end)
      } else if (/[.+\-\d]/.test(c)) {
        NUMBER.lastIndex = at
        const end = at + (NUMBER.exec(source)?.[0].length ?? 0)
        if (ALPHANUMERIC.test(source.charAt(end))) return fail(`bad number syntax: ${JSON.stringify(source.slice(at, end + 1))}`, at)
        emit('number', end)
      } else if (ALPHANUMERIC.test(c)) {
        const end = afterName(at)
        const name = source.slice(at, end)
        if (!isTerminator(end)) return fail(badCharacter(end), at)
        emit(KEYWORDS.includes(name) ? 'keyword' : name === 'true' || name === 'false' ? 'bool' : 'identifier', end)
      } else if (c === '(') {
        emit('open', at + 1)
        parens++
      } else if (c === ')') {
        const paren = codePoint(source, at)
        emit('close', at + 1)
        if (--parens < 0) return fail(`unexpected right paren ${paren}`, at)
      } else if (/[!-~]/.test(c)) emit('char', at + 1)
      else return fail(`unrecognized character in action: ${codePoint(source, at)}`, at)
    }
  }
}
