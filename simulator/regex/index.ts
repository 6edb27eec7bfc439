/**
 * POSIX regular expressions: `compile(pattern, {syntax}).exec(text, from)`. The match is the leftmost, and of those the
 * longest (regex(7)). Without back references a match costs at most pattern x text steps, because no state is tried
 * twice at one place; with them the number of steps has a limit.
 */
import { effort } from '../kernel/effort'
import { type CharSet, holds } from './charset'
import { assemble, type Instruction } from './compile'
import { parsePattern, type Syntax } from './parse'

export { RegexError } from './parse'
export type { Syntax } from './parse'

/** Start and end of the whole match, then of each group; [-1, -1] for a group that took no part. Offsets in UTF-16 units. */
export type Match = [start: number, end: number][]

export interface Regex {
  readonly groups: number
  /** The first match at or after `from`. `notBol`: the text's start is not the start of a line (REG_NOTBOL). */
  exec(text: string, from?: number, notBol?: 'not-bol'): Match | null
  test(text: string): boolean
}

/** What starting at one place costs, in steps. */
const START_STEPS = 8
/** Steps in a microsecond of the host's. */
const STEPS_PER_UNIT = 32

const MAX_STEPS_WITH_BACK_REFERENCES = 2_000_000
const cache = new Map<string, Regex>()
const CACHE_LIMIT = 500

export function compile(pattern: string, options: Syntax): Regex {
  const key = `${options.syntax}${options.icase ? 'i' : ''}${options.newline ? 'n' : ''}${options.operators === 'posix' ? 'p' : ''}:${pattern}`
  const known = cache.get(key)
  if (known) return known
  const regex = new Matcher(pattern, options)
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(key, regex)
  return regex
}

function asciiTable(set: CharSet): Uint8Array {
  const table = new Uint8Array(128)
  for (let c = 0; c < 128; c++) table[c] = holds(set, c) ? 1 : 0
  return table
}

/** Visited states of one search, reused: an entry counts when it holds the current stamp. */
let visited = new Uint32Array(4096)
let stamp = 0

class Matcher implements Regex {
  readonly groups: number
  private readonly code: readonly Instruction[]
  private readonly hasBack: boolean
  private readonly newline: boolean
  /** A character that every match starts with, if there is one. */
  private readonly first: string | undefined
  private readonly anchored: boolean
  constructor(pattern: string, options: Syntax) {
    const { root, groups, hasBack } = parsePattern(pattern, options)
    this.groups = groups
    this.hasBack = hasBack
    this.newline = options.newline === true
    this.code = assemble(root, asciiTable)
    let at = 0
    while (this.code[at]?.op === 'save') at++
    const start = this.code[at]
    this.first = start?.op === 'char' ? String.fromCodePoint(start.code) : undefined
    this.anchored = start?.op === 'assert' && start.at === 'line-start' && !this.newline
  }
  test(text: string): boolean {
    return this.exec(text) !== null
  }
  exec(text: string, from = 0, notBol?: 'not-bol'): Match | null {
    const width = this.code.length
    const size = width * (text.length - from + 1)
    if (!this.hasBack) {
      if (size > visited.length) visited = new Uint32Array(size * 2)
      if (++stamp === 0xffffffff) {
        visited.fill(0)
        stamp = 1
      }
    }
    for (let start = from; start <= text.length; start++) {
      if (this.first !== undefined) {
        start = text.indexOf(this.first, start)
        if (start < 0) return null
      }
      const found = this.at(text, start, from, notBol)
      if (found) return found
      if (this.anchored) return null
      const unit = text.charCodeAt(start)
      if (unit >= 0xd800 && unit < 0xdc00) start++
    }
    return null
  }
  /** The longest match that starts exactly at `start`. */
  private at(text: string, start: number, base: number, notBol: 'not-bol' | undefined): Match | null {
    const { code, hasBack } = this
    const width = code.length
    const slots = new Int32Array(this.groups * 2 + 2).fill(-1)
    let best: Int32Array | null = null
    let bestEnd = -1
    let steps = 0
    // Pairs: (pc, position) to try, or (-1 - slot, value) to put back.
    const stack: number[] = [0, start]
    search: while (stack.length > 0) {
      let at = stack.pop() as number
      let pc = stack.pop() as number
      if (pc < 0) {
        slots[-1 - pc] = at
        continue
      }
      run: for (;;) {
        steps++
        if (hasBack) {
          if (steps > MAX_STEPS_WITH_BACK_REFERENCES) break search
        } else {
          const key = (at - base) * width + pc
          if (visited[key] === stamp) break
          visited[key] = stamp
        }
        const step = code[pc] as Instruction
        switch (step.op) {
          case 'char': {
            const c = text.codePointAt(at)
            if (c !== step.code) break run
            at += c > 0xffff ? 2 : 1
            pc++
            break
          }
          case 'set': {
            const c = text.codePointAt(at)
            if (c === undefined || !(c < 128 ? step.ascii[c] : holds(step.set, c))) break run
            at += c > 0xffff ? 2 : 1
            pc++
            break
          }
          case 'split':
            stack.push(step.second, at)
            pc = step.first
            break
          case 'jump':
            pc = step.to
            break
          case 'save':
            stack.push(-1 - step.slot, slots[step.slot] as number)
            slots[step.slot] = at
            pc++
            break
          case 'back': {
            const low = slots[step.index * 2] as number
            const high = slots[step.index * 2 + 1] as number
            if (low < 0 || high < 0 || !text.startsWith(text.slice(low, high), at)) break run
            at += high - low
            pc++
            break
          }
          case 'assert':
            if (!this.asserts(step.at, text, at, notBol)) break run
            pc++
            break
          case 'match':
            if (at > bestEnd) {
              bestEnd = at
              best = slots.slice()
              if (at === text.length && !hasBack) break search
            }
            break run
        }
      }
    }
    effort.units += (steps + START_STEPS) / STEPS_PER_UNIT
    return finishMatch(best, start, bestEnd)
  }
  private asserts(what: string, text: string, at: number, notBol: 'not-bol' | undefined): boolean {
    switch (what) {
      case 'line-start':
        return (at === 0 && !notBol) || (this.newline && text[at - 1] === '\n')
      case 'line-end':
        return at === text.length || (this.newline && text[at] === '\n')
      case 'text-start':
        return at === 0
      case 'text-end':
        return at === text.length
    }
    const before = at > 0 && isWord(text[at - 1])
    const after = isWord(text[at])
    if (what === 'word') return before !== after
    if (what === 'not-word') return before === after
    return what === 'word-start' ? !before && after : before && !after
  }
}

const isWord = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}_]/u.test(c)

function finishMatch(slots: Int32Array | null, start: number, end: number): Match | null {
  if (!slots) return null
  const match: Match = [[start, end]]
  for (let i = 2; i < slots.length; i += 2) {
    const low = slots[i] as number
    const high = slots[i + 1] as number
    match.push(low < 0 || high < 0 ? [-1, -1] : [low, high])
  }
  return match
}
