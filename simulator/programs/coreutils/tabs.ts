/** Tab stops of expand and unexpand: one width, or a list that may end in `/N` (multiples) or `+N` (steps from the last). */
import type { Io } from '../program'
import { locale } from './files'

export class TabProblem extends Error {}

export class TabStops {
  private readonly stops: readonly number[]
  private readonly every: number
  private readonly from: 'zero' | 'last' | 'nowhere'
  constructor(stops: readonly number[], every: number, from: 'zero' | 'last' | 'nowhere') {
    this.stops = stops
    this.every = every
    this.from = from
  }
  /** The first stop behind a column; undefined when there is none. */
  after(column: number): number | undefined {
    const listed = this.stops.find((s) => s > column)
    if (listed !== undefined) return listed
    if (this.from === 'zero') return column + this.every - (column % this.every)
    if (this.from === 'nowhere') return undefined
    const last = this.stops.at(-1) ?? 0
    return column + this.every - ((column - last) % this.every)
  }
}

/** The lists of all -t options, one after the other. */
export function tabList(io: Io, values: readonly string[]): TabStops {
  if (values.length === 0) return new TabStops([], 8, 'zero')
  const stops: number[] = []
  let every: number | undefined
  let from: 'zero' | 'last' | undefined
  for (const word of values.flatMap((v) => v.split(/[, \t]+/)).filter((w) => w !== '')) {
    const found = /^([/+]?)(\d+)$/.exec(word)
    if (!found) {
      const wrong = /[^0-9/+]/.exec(word)
      throw new TabProblem(wrong ? `tab size contains invalid character(s): ${locale(io, word.slice(wrong.index))}` : `${locale(io, word[0] ?? '')} specifier not at start of number: ${locale(io, word)}`)
    }
    const value = Number(found[2])
    if (found[1] === '/' || found[1] === '+') {
      if (from !== undefined) throw new TabProblem(`${locale(io, found[1])} specifier only allowed with the last value`)
      every = value
      from = found[1] === '/' ? 'zero' : 'last'
      continue
    }
    if (from !== undefined) throw new TabProblem(`${locale(io, from === 'zero' ? '/' : '+')} specifier only allowed with the last value`)
    stops.push(value)
  }
  if (stops.includes(0)) throw new TabProblem('tab size cannot be 0')
  if (stops.some((s, i) => i > 0 && s <= (stops[i - 1] ?? 0))) throw new TabProblem('tab sizes must be ascending')
  if (every !== undefined) return new TabStops(stops, every || 8, every === 0 ? 'nowhere' : (from ?? 'zero'))
  if (stops.length === 1) return new TabStops([], stops[0] ?? 8, 'zero')
  return new TabStops(stops, 8, stops.length === 0 ? 'zero' : 'nowhere')
}
