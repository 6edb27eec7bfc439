/** fmt(1) of coreutils 9.1: fills paragraphs. Columns are bytes. */
import { isErrno } from '../../../kernel/errno'
import type { Io } from '../../program'
import { command, fail, type Options } from '../command'
import { locale, openSource, quoted, reason } from '../files'
import { HELP, VERSION } from './help'
import { breaks, type Word } from './paragraph'

const MOST = 2500
const TAB = 8
/** The goal is so many two-hundredths of the width. */
const GOAL = 187
const BEYOND_GOAL = 10

interface Wishes {
  readonly how: 'fill' | 'crown' | 'tagged' | 'split'
  readonly uniform: boolean
  readonly width: number
  readonly goal: number
  readonly prefix: { readonly lead: number; readonly text: string; readonly full: number }
}

const isSpace = (c: string): boolean => c === ' ' || (c >= '\t' && c <= '\r')

/** The text of one file, a byte a letter; '' is its end. */
class Filler {
  private readonly wishes: Wishes
  private readonly text: string
  private at = 0
  private inColumn = 0
  private outColumn = 0
  /** A tab was seen: blanks may be tabs. */
  private tabs = false
  private otherIndent = 0
  private firstIndent = 0
  private prefixIndent = 0
  private nextPrefixIndent = 0
  private words: Word[] = []
  out = ''
  constructor(wishes: Wishes, text: string) {
    this.wishes = wishes
    this.text = text
  }
  *run(): Generator<string> {
    let c = this.readPrefix()
    for (;;) {
      const next = this.paragraph(c)
      if (next === null) break
      this.put()
      c = next
      yield this.taken()
    }
    yield this.taken()
  }
  private taken(): string {
    const { out } = this
    this.out = ''
    return out
  }
  private get(): string {
    return this.text.charAt(this.at++)
  }
  private skipBlanks(first: string): string {
    for (let c = first; ; c = this.get()) {
      if (c === ' ') this.inColumn++
      else if (c === '\t') {
        this.tabs = true
        this.inColumn = (Math.floor(this.inColumn / TAB) + 1) * TAB
      } else return c
    }
  }
  private readPrefix(): string {
    const { prefix } = this.wishes
    this.inColumn = 0
    let c = this.skipBlanks(this.get())
    if (prefix.text === '') {
      this.nextPrefixIndent = Math.min(prefix.lead, this.inColumn)
      return c
    }
    this.nextPrefixIndent = this.inColumn
    for (const wanted of prefix.text) {
      if (c !== wanted) return c
      this.inColumn++
      c = this.get()
    }
    return this.skipBlanks(c)
  }
  private goesOn(c: string): boolean {
    return this.nextPrefixIndent === this.prefixIndent && this.inColumn >= this.nextPrefixIndent + this.wishes.prefix.full && c !== '\n' && c !== ''
  }
  /** Reads a paragraph; what stands behind it, or null at the end. Lines that are none are copied. */
  private paragraph(first: string): string | null {
    const { prefix, how } = this.wishes
    let c = first
    while (c === '\n' || c === '' || this.nextPrefixIndent < prefix.lead || this.inColumn < this.nextPrefixIndent + prefix.full) {
      c = this.copyRest(c)
      if (c === '') return null
      this.out += '\n'
      c = this.readPrefix()
    }
    this.prefixIndent = this.nextPrefixIndent
    this.firstIndent = this.inColumn
    this.words = []
    c = this.line(c)
    const same = this.goesOn(c)
    this.setOtherIndent(same)
    const goes = how === 'split' ? false : how === 'tagged' ? same && this.inColumn !== this.firstIndent : true
    if (goes) while (this.goesOn(c) && this.inColumn === this.otherIndent) c = this.line(c)
    const last = this.words.at(-1)
    if (last) last.period = last.final = true
    return c
  }
  private setOtherIndent(same: boolean): void {
    const { how } = this.wishes
    if (how === 'split') this.otherIndent = this.firstIndent
    else if (how === 'crown') this.otherIndent = same ? this.inColumn : this.firstIndent
    else if (how === 'tagged') {
      if (same && this.inColumn !== this.firstIndent) this.otherIndent = this.inColumn
      else if (this.otherIndent === this.firstIndent) this.otherIndent = this.firstIndent === 0 ? 3 : 0
    } else this.otherIndent = this.firstIndent
  }
  private line(first: string): string {
    let c = first
    do {
      const from = this.at - 1
      do c = this.get()
      while (c !== '' && !isSpace(c))
      const text = this.text.slice(from, this.at - 1)
      this.inColumn += text.length
      const start = this.inColumn
      c = this.skipBlanks(c)
      let space = this.inColumn - start
      const period = /[.?!][)\]'"]*$/.test(text)
      const ends = c === '' || (period && (c === '\n' || space > 1))
      if (c === '\n' || c === '' || this.wishes.uniform) space = ends ? 2 : 1
      this.words.push({ text, space, paren: /^[(['`"]/.test(text), punct: /[!-/:-@[-`{-~]$/.test(text), period, final: ends })
    } while (c !== '\n' && c !== '')
    return this.readPrefix()
  }
  private copyRest(first: string): string {
    const { prefix } = this.wishes
    let c = first
    this.outColumn = 0
    if (this.inColumn > this.nextPrefixIndent || (c !== '\n' && c !== '')) {
      this.blanks(this.nextPrefixIndent)
      for (const letter of prefix.text) {
        if (this.outColumn === this.inColumn) break
        this.out += letter
        this.outColumn++
      }
      if (c !== '' && c !== '\n') this.blanks(this.inColumn - this.outColumn)
      if (c === '' && this.inColumn >= this.nextPrefixIndent + prefix.text.length) this.out += '\n'
    }
    for (; c !== '\n' && c !== ''; c = this.get()) this.out += c
    return c
  }
  private blanks(count: number): void {
    const target = this.outColumn + count
    if (this.tabs) {
      const stop = Math.floor(target / TAB) * TAB
      if (this.outColumn + 1 < stop) {
        while (this.outColumn < stop) {
          this.out += '\t'
          this.outColumn = (Math.floor(this.outColumn / TAB) + 1) * TAB
        }
      }
    }
    if (target > this.outColumn) {
      this.out += ' '.repeat(target - this.outColumn)
      this.outColumn = target
    }
  }
  private put(): void {
    const { width, goal, prefix } = this.wishes
    let from = 0
    for (const end of breaks(this.words, { width, goal, firstIndent: this.firstIndent, otherIndent: this.otherIndent })) {
      this.outColumn = 0
      this.blanks(this.prefixIndent)
      this.out += prefix.text
      this.outColumn += prefix.text.length
      this.blanks((from === 0 ? this.firstIndent : this.otherIndent) - this.outColumn)
      for (let i = from; i < end; i++) {
        const word = this.words[i]
        if (!word) break
        this.out += word.text
        this.outColumn += word.text.length
        if (i < end - 1) this.blanks(word.space)
      }
      this.out += '\n'
      from = end
    }
  }
}

function widthOf(io: Io, text: string, most: number): number {
  const value = /^\s*\+?(\d+)$/.exec(text)?.[1]
  if (value === undefined) return fail(io, `invalid width: ${locale(io, text)}`)
  return Number(value) <= most ? Number(value) : fail(io, `invalid width: ${locale(io, text)}: Numerical result out of range`)
}

function wishesOf(io: Io, options: Options): Wishes {
  const [widthText, goalText] = [options.value('w'), options.value('g')]
  let width = widthText === undefined ? 75 : widthOf(io, widthText, MOST)
  const goal = goalText === undefined ? Math.trunc((width * GOAL) / 200) : widthOf(io, goalText, width)
  if (goalText !== undefined && widthText === undefined) width = goal + BEYOND_GOAL
  const given = options.value('p') ?? ''
  const bare = given.replace(/^ +/, '')
  const prefix = { lead: given.length - bare.length, full: bare.length, text: bare.replace(/ +$/, '') }
  return { how: options.has('t') ? 'tagged' : options.has('c') ? 'crown' : options.has('s') ? 'split' : 'fill', uniform: options.has('u'), width, goal, prefix }
}

export default command({
  summary: 'simple optimal text formatter', help: HELP, version: VERSION, size: 48_016,
  rewrite: (args) => args.map((arg, i) => (i === 0 ? arg.replace(/^-(\d.*)$/, '-w$1') : arg)),
  *run(io, options) {
    const wishes = wishesOf(io, options)
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      let bytes: Uint8Array
      try {
        const source = yield* openSource(io.sys, path)
        bytes = yield* source.all()
        source.close()
      } catch (error) {
        io.err(isErrno(error, 'EISDIR') ? `${io.name}: read error\n` : `${io.name}: cannot open ${quoted(path)} for reading: ${reason(error)}\n`)
        status = 1
        continue
      }
      const text = bytes.reduce((all, byte) => all + String.fromCharCode(byte), '')
      for (const filled of new Filler(wishes, text).run()) {
        io.out(Uint8Array.from(filled, (letter) => letter.charCodeAt(0)))
        if (io.sys.spend(1 + (filled.length >> 1))) yield 'preempted'
        yield* io.drain()
      }
    }
    return status
  },
})
