/**
 * AWK's arrays. Subscripts are text. The order in which `for (k in a)` meets them is the one of gawk's own tables:
 * integers ascending, after everything else when an integer came first; otherwise by the chains of a hash table
 * (what gawk does is visible from outside; the numbers below are those of its tables).
 */
import { encode } from '../../../kernel/bytes'
import { Input, type Value } from './values'

export type Element = Value | AwkArray

const INTEGER = /^(?:0|-?[1-9]\d{0,9})$/
const CHAIN = 2
const SIZES = [13, 127, 1021, 8191, 16381, 32749, 65497, 131_101, 262_147, 524_309, 1_048_583, 2_097_169, 4_194_319, 8_388_617]

const isInteger = (key: string): boolean => INTEGER.test(key) && Math.abs(Number(key)) <= 2_147_483_647

/** What an array became with its first subscript. */
type Kind = 'natural' | 'integer' | 'text'

const kindOf = (key: string): Kind => (!isInteger(key) ? 'text' : key.startsWith('-') ? 'integer' : 'natural')

export class AwkArray {
  private readonly elements = new Map<string, Element>()
  private kind: Kind = 'text'
  get size(): number {
    return this.elements.size
  }
  has(key: string): boolean {
    return this.elements.has(key)
  }
  /** The element; a missing one comes into being. */
  get(key: string): Element {
    const found = this.elements.get(key)
    if (found === undefined && !this.elements.has(key)) this.set(key, undefined)
    return found
  }
  peek(key: string): Element {
    return this.elements.get(key)
  }
  set(key: string, value: Element): void {
    if (this.elements.size === 0) this.kind = kindOf(key)
    this.elements.set(key, value)
  }
  delete(key: string): void {
    this.elements.delete(key)
  }
  clear(): void {
    this.elements.clear()
  }
  entries(): IterableIterator<[string, Element]> {
    return this.elements.entries()
  }
  /** As `for` gives them out: those of the integer tables still count as numbers. */
  subscripts(): Value[] {
    return this.kind === 'text' ? this.keys() : this.keys().map((key) => (isInteger(key) ? new Input(key) : key))
  }
  /** Subscripts in gawk's own order. */
  keys(): string[] {
    const keys = [...this.elements.keys()]
    if (this.kind === 'text') return hashed(keys)
    if (this.kind === 'integer') return integersLast(keys)
    const dense: number[] = []
    const rest: string[] = []
    const leaves = new Set<string>()
    let capacity = 0
    for (const key of keys) {
      if (kindOf(key) !== 'natural') {
        rest.push(key)
        continue
      }
      const { leaf, size } = leafOf(Number(key))
      if (capacity + size - dense.length > MOST_WASTE) {
        rest.push(key)
        continue
      }
      if (!leaves.has(leaf)) {
        leaves.add(leaf)
        capacity += size
      }
      dense.push(Number(key))
    }
    dense.sort((a, b) => a - b)
    const [first] = rest
    const before = first === undefined ? [] : isInteger(first) ? integersLast(rest) : hashed(rest)
    return [...before, ...dense.map(String)]
  }
}

/** The array of natural numbers is made of leaves; beyond so much unused room, numbers go to the other table. */
const MOST_WASTE = 2048

function leafOf(n: number): { leaf: string; size: number } {
  const power = n < 1024 ? 10 : Math.floor(Math.log2(n))
  let bits = power
  while (bits >= 10) bits = Math.floor((bits + 1) / 2)
  return { leaf: `${power}:${Math.floor(n / 2 ** bits)}`, size: 2 ** bits }
}

function integersLast(keys: readonly string[]): string[] {
  const text = keys.filter((k) => !isInteger(k))
  const table = new IntegerTable()
  for (const key of keys) if (isInteger(key)) table.add(Number(key))
  return [...hashed(text), ...table.list().map(String)]
}

/** sdbm's hash, 32 bits. */
function hash(key: string): number {
  let h = 0
  for (const byte of encode(key)) h = (Math.imul(h, 65_599) + (byte > 127 ? byte - 256 : byte)) >>> 0
  return h
}

/** Chains take new members at their head; growing moves them one by one. */
function hashed(keys: readonly string[]): string[] {
  let size = SIZES[0] ?? 13
  let step = 0
  let buckets: { key: string; code: number }[][] = Array.from({ length: size }, () => [])
  keys.forEach((key, i) => {
    if (Math.floor((i + 1) / size) > CHAIN && SIZES[step + 1] !== undefined) {
      step++
      size = SIZES[step] ?? size
      const grown: { key: string; code: number }[][] = Array.from({ length: size }, () => [])
      for (const bucket of buckets) for (let k = bucket.length - 1; k >= 0; k--) {
        const member = bucket[k]
        if (member) grown[member.code % size]?.push(member)
      }
      buckets = grown
    }
    const code = hash(key)
    buckets[code % size]?.push({ key, code })
  })
  return buckets.flatMap((bucket) => bucket.reverse().map((m) => m.key))
}

/** Two numbers a bucket; a new bucket stands before the full ones. */
class IntegerTable {
  private size = SIZES[0] ?? 13
  private step = 0
  private count = 0
  private chains = new Map<number, number[][]>()
  add(n: number): void {
    this.count++
    if (Math.floor(this.count / this.size) > CHAIN && SIZES[this.step + 1] !== undefined) {
      const old = this.list()
      this.step++
      this.size = SIZES[this.step] ?? this.size
      this.chains = new Map()
      for (const member of old) this.insert(member)
    }
    this.insert(n)
  }
  private insert(n: number): void {
    const slot = mix(n) % this.size
    const chain = this.chains.get(slot) ?? []
    this.chains.set(slot, chain)
    const [head] = chain
    if (head && head.length < 2) head.push(n)
    else chain.unshift([n])
  }
  list(): number[] {
    return [...this.chains.keys()].sort((a, b) => a - b).flatMap((slot) => (this.chains.get(slot) ?? []).flat())
  }
}

function mix(n: number): number {
  let k = n >>> 0
  k = (k ^ (k << 3)) >>> 0
  k = (k + (k >>> 5)) >>> 0
  k = (k ^ (k << 4)) >>> 0
  k = (k + (k >>> 17)) >>> 0
  k = (k ^ (k << 25)) >>> 0
  return (k + (k >>> 6)) >>> 0
}
