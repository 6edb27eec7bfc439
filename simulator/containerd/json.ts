/** JSON as Go reads it: what encoding/json says of a text that is none (scanner.go). */

/** Why Go cannot read the text; `ended` is what it says of a text that stops early. Undefined where it can. */
export function jsonFault(text: string, ended: 'unexpected EOF' | 'unexpected end of JSON input'): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    if (text.trim() === '') return ended === 'unexpected EOF' ? 'EOF' : ended
    return new Scanner(text).fault()?.why ?? ended
  }
}

/** The same of a stream's first value, with how much was read when a letter was found wrong. */
export function jsonFaultAt(text: string): { readonly why: string; readonly offset?: number } {
  return new Scanner(text).fault() ?? { why: 'unexpected EOF' }
}

const shown = (character: string): string => (character === "'" ? "'\\''" : character === '"' ? "'\"'" : `'${JSON.stringify(character).slice(1, -1)}'`)

/** Thrown at the first character that does not fit. */
class Fault {
  readonly why: string
  constructor(character: string, why: string) {
    this.why = `invalid character ${shown(character)} ${why}`
  }
}
/** Thrown where the text stops. */
class Ended {}

const LITERALS = ['true', 'false', 'null']

class Scanner {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }
  fault(): { readonly why: string; readonly offset: number } | undefined {
    try {
      this.value()
      this.blanks()
      if (this.at < this.text.length) throw new Fault(this.peek(), 'after top-level value')
      return undefined
    } catch (thrown) {
      if (thrown instanceof Fault) return { why: thrown.why, offset: this.at + 1 }
      if (thrown instanceof Ended) return undefined
      throw thrown
    }
  }
  private peek(): string {
    const character = this.text[this.at]
    if (character === undefined) throw new Ended()
    return character
  }
  private blanks(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++
  }
  private value(): void {
    this.blanks()
    const first = this.peek()
    const literal = LITERALS.find((word) => word.startsWith(first))
    if (first === '{') this.list('}', 'after object key:value pair', () => this.pair())
    else if (first === '[') this.list(']', 'after array element', () => this.value())
    else if (first === '"') this.string()
    else if (literal !== undefined) this.literal(literal)
    else if (/[-\d]/.test(first)) this.number()
    else throw new Fault(first, 'looking for beginning of value')
  }
  private list(close: string, otherwise: string, item: () => void): void {
    this.at++
    this.blanks()
    if (this.peek() === close) {
      this.at++
      return
    }
    for (;;) {
      item()
      this.blanks()
      const next = this.peek()
      if (next !== close && next !== ',') throw new Fault(next, otherwise)
      this.at++
      if (next === close) return
    }
  }
  private pair(): void {
    this.blanks()
    if (this.peek() !== '"') throw new Fault(this.peek(), 'looking for beginning of object key string')
    this.string()
    this.blanks()
    if (this.peek() !== ':') throw new Fault(this.peek(), 'after object key')
    this.at++
    this.value()
  }
  private string(): void {
    for (this.at++; this.peek() !== '"'; this.at++) {
      if (this.peek() < ' ') throw new Fault(this.peek(), 'in string literal')
      if (this.peek() !== '\\') continue
      this.at++
      if (!/["\\/bfnrtu]/.test(this.peek())) throw new Fault(this.peek(), 'in string escape code')
    }
    this.at++
  }
  private literal(word: string): void {
    for (const wanted of word) {
      if (this.peek() !== wanted) throw new Fault(this.peek(), `in literal ${word} (expecting ${shown(wanted)})`)
      this.at++
    }
  }
  private number(): void {
    if (this.peek() === '-') this.at++
    if (!/\d/.test(this.peek())) throw new Fault(this.peek(), 'in numeric literal')
    const rest = /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.at))
    this.at += rest?.[0].length ?? 0
  }
}

/** Compact JSON as encoding/json writes it: `<`, `>` and `&` escaped, so that it may stand in HTML. */
export const goJson = (value: unknown): string => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
