/**
 * Patterns of grep -P (pcre2pattern(3)) as JavaScript reads them. What JavaScript has no form for (conditions, recursion, `(*…)`)
 * is refused as not simulated; what PCRE2 refuses is refused in its words.
 */

/** A pattern that PCRE2 would take and this lab does not. */
export class NotSimulated extends Error {}

export interface Translated {
  readonly source: string
  readonly flags: string
  /** What stands before \K, of which nothing is shown. */
  readonly lead: string | undefined
}

const CLASSES: { readonly [name: string]: string } = {
  alpha: '\\p{L}', digit: '0-9', alnum: '\\p{L}\\p{N}', upper: '\\p{Lu}', lower: '\\p{Ll}', space: '\\s', blank: ' \\t', punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9A-Fa-f', word: '\\w', cntrl: '\\x00-\\x1f\\x7f', print: ' -~\\u00a0-\\uffff', graph: '!-~\\u00a1-\\uffff', ascii: '\\x00-\\x7f',
}
/** Escapes that JavaScript spells otherwise; the same in and out of brackets. */
const ESCAPES: { readonly [letter: string]: string } = { a: '\\x07', e: '\\x1b', h: ' \\t', d: '0-9' }
const SAME = new Set([...'dDwWsSbBnrtfvpPcxk'])
const REFUSED_LETTERS = new Set([...'FLlUu'])

export class PerlSyntaxError extends Error {}

export function translate(pattern: string, icase: boolean): Translated {
  return new Translator(pattern, icase).run()
}

class Translator {
  private readonly text: string
  private at = 0
  private out = ''
  private icase: boolean
  private dotAll = false
  private multiline = false
  private extended = false
  private lead: string | undefined
  private readonly names = new Set<string>()
  private readonly total: number
  constructor(text: string, icase: boolean) {
    this.text = text
    this.icase = icase
    this.total = (text.replace(/\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]])*\]/g, '').match(/\((?!\?)|\(\?P?<(?![=!])/g) ?? []).length
  }
  run(): Translated {
    while (this.at < this.text.length) this.item()
    return { source: this.out, flags: `${this.icase ? 'i' : ''}${this.dotAll ? 's' : ''}${this.multiline ? 'm' : ''}u`, lead: this.lead }
  }
  private item(): void {
    const rest = this.text.slice(this.at)
    const c = this.text[this.at] ?? ''
    if (c === '\\') return this.escape()
    if (c === '[') return this.bracket()
    if (c === '(') return this.group(rest)
    if (this.extended && /\s/.test(c)) {
      this.at++
      return
    }
    if (this.extended && c === '#') {
      this.at = this.text.length
      return
    }
    // A brace that is no count, and brackets that close nothing, are themselves.
    if (c === '{' && !/^\{\d+(?:,\d*)?\}/.test(rest)) return this.put('\\{', 1)
    if (c === '{') {
      const [count = ''] = /^\{[^}]*\}[?]?/.exec(rest) ?? []
      return this.put(count, count.length)
    }
    if (c === ']' || c === '}') return this.put(`\\${c}`, 1)
    if (/^[*+?]\+/.test(rest)) throw new NotSimulated()
    if (/^[*+?][?]?/.test(rest)) {
      const [operator = c] = /^[*+?][?]?/.exec(rest) ?? []
      return this.put(operator, operator.length)
    }
    const point = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0)
    this.put(point, point.length)
  }
  private put(source: string, length: number): void {
    this.out += source
    this.at += length
  }
  private group(rest: string): void {
    if (!rest.startsWith('(?') && !rest.startsWith('(*')) {
      return this.put('(', 1)
    }
    const comment = /^\(\?#[^)]*\)/.exec(rest)
    if (comment) return this.put('', comment[0].length)
    const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest)
    if (named) {
      this.names.add(named[1] ?? named[2] ?? '')
      return this.put(`(?<${named[1] ?? named[2]}>`, named[0].length)
    }
    const back = /^\(\?P=(\w+)\)/.exec(rest)
    if (back) return this.put(`\\k<${back[1]}>`, back[0].length)
    const flags = /^\(\?([imsx]+)(\)|:)/.exec(rest)
    if (flags && (this.out === '' || flags[2] === ')')) {
      if (this.out !== '' || flags[2] === ':') throw new NotSimulated()
      for (const flag of flags[1] ?? '') {
        if (flag === 'i') this.icase = true
        else if (flag === 's') this.dotAll = true
        else if (flag === 'm') this.multiline = true
        else this.extended = true
      }
      return this.put('', flags[0].length)
    }
    const plain = /^\(\?(?:[:=!]|<[=!])/.exec(rest)
    if (plain) return this.put(plain[0], plain[0].length)
    if (rest === '(?') throw new PerlSyntaxError('missing closing parenthesis')
    if (/^\(\?P?</.test(rest)) throw new PerlSyntaxError('syntax error in subpattern name (missing terminator?)')
    if (/^\(\?[>|(R&+\-\d]|^\(\*[A-Za-z]/.test(rest)) throw new NotSimulated()
    throw new PerlSyntaxError(rest.startsWith('(*') ? 'quantifier does not follow a repeatable item' : 'unrecognized character after (? or (?-')
  }
  private escape(): void {
    const rest = this.text.slice(this.at)
    const n = rest[1]
    if (n === undefined) throw new PerlSyntaxError('\\ at end of pattern')
    const quoted = /^\\Q(.*?)(?:\\E|$)/s.exec(rest)
    if (quoted) return this.put((quoted[1] ?? '').replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace(/\\-/g, '-'), quoted[0].length)
    if (n === 'E') return this.put('', 2)
    if (n === 'K') {
      this.lead = this.out
      return this.put('', 2)
    }
    if (n === 'A') return this.put('(?<![^])', 2)
    if (n === 'z' || n === 'Z') return this.put('(?![^])', 2)
    if (n === 'R') return this.put('(?:\\r\\n|[\\n-\\r])', 2)
    if (n === 'N') return this.put('[^\\n]', 2)
    if (n === 'h') return this.put('[ \\t]', 2)
    if (n === 'H') return this.put('[^ \\t]', 2)
    const reference = /^\\(?:g\{?([1-9])\}?|([1-9]\d?))/.exec(rest)
    if (reference && (reference[1] !== undefined || Number(reference[2]) < 10 || Number(reference[2]) <= this.total)) {
      if (Number(reference[1] ?? reference[2]) > this.total) throw new PerlSyntaxError('reference to non-existent subpattern')
      return this.put(`(?:\\${reference[1] ?? reference[2]})`, reference[0].length)
    }
    this.character(rest, 'outside')
  }
  /** An escape for a character or a kind of characters. */
  private character(rest: string, where: 'outside' | 'inside'): void {
    const n = rest[1] ?? ''
    const wide = /^\\x\{([0-9A-Fa-f]+)\}/.exec(rest)
    if (wide) return this.put(`\\u{${wide[1]}}`, wide[0].length)
    const hex = /^\\x([0-9A-Fa-f]{0,2})/.exec(rest)
    if (hex) return this.put(`\\x${(hex[1] ?? '').padStart(2, '0')}`, hex[0].length)
    const octal = /^\\(?:o\{([0-7]+)\}|([0-7]{1,3}))/.exec(rest)
    if (octal) return this.put(`\\u{${Number.parseInt(octal[1] ?? octal[2] ?? '0', 8).toString(16)}}`, octal[0].length)
    if (REFUSED_LETTERS.has(n)) throw new PerlSyntaxError('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u')
    if (where === 'inside' && n === 'b') return this.put('\\x08', 2)
    const own = where === 'inside' || n === 'a' || n === 'e' ? ESCAPES[n] : undefined
    if (own !== undefined) return this.put(own, 2)
    const property = /^\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(rest)
    if (property) {
      const letter = (property[2] === '^') === (property[1] === 'p') ? 'P' : 'p'
      const name = property[3] ?? property[4] ?? ''
      return this.put(`\\${letter}{${/^(Latin|Greek|Cyrillic|Han|Hebrew|Arabic)$/.test(name) ? `Script=${name}` : name}}`, property[0].length)
    }
    if (SAME.has(n)) return this.put(`\\${n}`, 2)
    if (/[A-Za-z]/.test(n)) throw new PerlSyntaxError('unrecognized character follows \\')
    const point = String.fromCodePoint(rest.codePointAt(1) ?? 0)
    // Punctuation stands for itself; JavaScript lets only its own signs be escaped.
    this.put(/[\^$\\.*+?()[\]{}|/]/.test(point) || (where === 'inside' && point === '-') ? `\\${point}` : point, 1 + point.length)
  }
  private bracket(): void {
    const head = /^\[\^?/.exec(this.text.slice(this.at))?.[0] ?? '['
    this.put(head, head.length)
    for (let first = true; ; first = false) {
      const rest = this.text.slice(this.at)
      const c = rest[0]
      if (c === undefined) throw new PerlSyntaxError('missing terminating ] for character class')
      if (c === ']' && !first) return this.put(']', 1)
      const posix = /^\[:(\^?)(\w+):\]/.exec(rest)
      if (posix) {
        const members = CLASSES[posix[2] ?? '']
        if (members === undefined) throw new PerlSyntaxError('unknown POSIX class name')
        if (posix[1] === '^') throw new NotSimulated()
        this.put(members, posix[0].length)
        continue
      }
      if (/^\[[.=][^\]]*[.=]\]/.test(rest)) throw new PerlSyntaxError('POSIX collating elements are not supported')
      if (c === '\\') {
        if (rest.length === 1) throw new PerlSyntaxError('\\ at end of pattern')
        this.character(rest, 'inside')
        continue
      }
      // A dash beside a kind of characters is a dash.
      if (c === '-' && (/\\[dwshDWSHp]$|\}$/.test(this.out) || /^-\\[dwsDWSp]/.test(rest))) {
        this.put('\\-', 1)
        continue
      }
      const point = String.fromCodePoint(rest.codePointAt(0) ?? 0)
      this.put(/[[\]{}()|/]/.test(point) ? `\\${point}` : point, point.length)
    }
  }
}
