/**
 * What jq prints, turned from 1.7.1's form into 1.6's (jv_print.c of both). 1.7.1 runs as if on a terminal, so values come in
 * its colours and are told from raw strings by them; they are printed anew, in 1.6's colours or none, numbers as doubles.
 */
import { printNumber } from './numbers'

export type Colors = Readonly<Record<'null' | 'false' | 'true' | 'number' | 'string' | 'array' | 'object', string>>

const KINDS = ['null', 'false', 'true', 'number', 'string', 'array', 'object'] as const
const DEFAULT: Colors = { null: '1;30', false: '0;39', true: '0;39', number: '0;39', string: '0;32', array: '1;39', object: '1;39' }
const KEY = '\x1b[34;1m'
const RESET = '\x1b[0m'

/** The colours of the jq that runs, where they are not 1.6's. */
export const GIVEN: Colors = { ...DEFAULT, null: '0;90' }

/** JQ_COLORS: colours in the order of the kinds; wrong ones leave those before them. */
export function parseColors(text: string | undefined, otherwise: Colors = DEFAULT): Colors {
  const colors = { ...otherwise }
  for (const [i, color] of (text ?? '').split(':').entries()) {
    const kind = KINDS[i]
    if (!kind || !/^[0-9;]{0,12}$/.test(color) || text === undefined) break
    colors[kind] = color
  }
  return colors
}

type Kind = (typeof KINDS)[number]
const paintedWith = (color: string): string => `\x1b[${color}m`
const SCALAR = /(?:null|true|false|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|nan)/sy

const kindOf = (text: string): Kind => {
  const c = text[0] ?? ''
  return c === '"' ? 'string' : c === '[' ? 'array' : c === '{' ? 'object' : text === 'null' || text === 'nan' ? 'null' : text === 'true' ? 'true' : text === 'false' ? 'false' : 'number'
}

/** Reads values out of the stream of output as it comes. */
export class Dump {
  private waiting = ''
  private readonly start: RegExp
  private readonly colors: Colors | null
  /** `given`: the colours that 1.7.1 was run with; `colors` those to print, null for none. */
  constructor(given: Colors, colors: Colors | null) {
    this.colors = colors
    const opening: Readonly<Record<Kind, string>> = { null: 'n', false: 'f', true: 't', number: '[-\\dn]', string: '"', array: '\\[', object: '\\{' }
    this.start = new RegExp(KINDS.map((kind) => `\\x1b\\[${given[kind]}m(?=${kind === 'number' ? '(?:\\x1b\\[[0-9;]*m)?' : ''}${opening[kind]})`).join('|'))
  }
  /** What can be printed once this much has come. */
  feed(text: string): string {
    this.waiting += text
    let out = ''
    for (;;) {
      const at = this.start.exec(this.waiting)?.index
      if (at === undefined) {
        // An escape at the end may be the beginning of a colour.
        const cut = /\x1b[^m]*(?:m(?:\x1b[^m]*m?)?)?$/.exec(this.waiting)?.index ?? this.waiting.length
        out += this.waiting.slice(0, cut)
        this.waiting = this.waiting.slice(cut)
        return out
      }
      const value = new Value(this.waiting, at, this.colors)
      const end = value.read()
      if (end === null) {
        out += this.waiting.slice(0, at)
        this.waiting = this.waiting.slice(at)
        return out
      }
      out += this.waiting.slice(0, at) + value.text
      this.waiting = this.waiting.slice(end)
    }
  }
  end(): string {
    const rest = this.waiting
    this.waiting = ''
    return rest
  }
}

class Incomplete extends Error {}

class Value {
  text = ''
  private readonly source: string
  private at: number
  private readonly colors: Colors | null
  constructor(source: string, at: number, colors: Colors | null) {
    this.source = source
    this.at = at
    this.colors = colors
  }
  /** Where the value ends; null when there is more to come. */
  read(): number | null {
    try {
      this.value()
      if (!this.source.startsWith(RESET, this.at)) return null
      return this.at + RESET.length
    } catch (error) {
      if (error instanceof Incomplete) return null
      throw error
    }
  }
  private value(): void {
    const begin = this.at
    const c = this.peek()
    const isNan = c === 'n' && this.source.slice(begin, this.at).split('\x1b').length > 2
    if (c === '[' || c === '{') {
      this.container(c)
      return
    }
    const token = this.scalar()
    // Not a number is printed as null in a number's colour, which has the other's within.
    const kind = isNan ? 'number' : kindOf(token)
    if (isNan && this.source.startsWith(RESET, this.at)) this.at += RESET.length
    this.put(kind, token !== 'null' && kind === 'number' ? printNumber(token) : token)
    this.reset()
  }
  private container(open: '[' | '{'): void {
    const kind: Kind = open === '[' ? 'array' : 'object'
    const close = open === '[' ? ']' : '}'
    this.at++
    if (this.peek() === close) {
      this.at++
      this.put(kind, open + close)
      this.reset()
      return
    }
    this.put(kind, open)
    for (;;) {
      this.blanks()
      if (kind === 'object') {
        this.reset()
        if (this.colors) this.text += KEY
        this.peek()
        this.text += this.scalar()
        this.reset()
        this.peek()
        this.at++
        this.put(kind, ':')
        this.blanks()
        this.reset()
      }
      this.value()
      this.paint(kind)
      this.skip()
      const blank = this.source[this.at] === ',' ? '' : this.takeBlanks()
      const next = this.peek()
      this.at++
      if (next === close) {
        this.text += blank
        this.put(kind, close)
        this.reset()
        return
      }
      this.text += ','
    }
  }
  private put(kind: Kind, text: string): void {
    this.paint(kind)
    this.text += text
  }
  private paint(kind: Kind): void {
    if (this.colors) this.text += paintedWith(this.colors[kind])
  }
  private reset(): void {
    if (this.colors) this.text += RESET
  }
  /** Passes over colours. */
  private skip(): void {
    while (this.source[this.at] === '\x1b') {
      const end = this.source.indexOf('m', this.at)
      if (end < 0) throw new Incomplete()
      this.at = end + 1
    }
  }
  private peek(): string {
    this.skip()
    const c = this.source[this.at]
    if (c === undefined) throw new Incomplete()
    return c
  }
  private blanks(): void {
    this.text += this.takeBlanks()
  }
  private takeBlanks(): string {
    let blanks = ''
    for (;;) {
      const c = this.peek()
      if (c !== ' ' && c !== '\n' && c !== '\t') return blanks
      blanks += c
      this.at++
    }
  }
  private scalar(): string {
    SCALAR.lastIndex = this.at
    const token = SCALAR.exec(this.source)?.[0]
    if (token === undefined) throw new Incomplete()
    this.at += token.length
    return token
  }
}
