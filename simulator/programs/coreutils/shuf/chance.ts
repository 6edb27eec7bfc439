/** Where shuf's numbers come from: the machine, or the bytes of --random-source, of which gnulib's randint takes no more than it needs. */
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import type { Source } from '../files'

/** Thrown when the source has no more bytes. */
export class Exhausted extends Error {}

const BYTE = 255n

export class Chance {
  private readonly sys: Sys
  private readonly source: Source | undefined
  private bytes: Uint8Array = new Uint8Array(0)
  private at = 0
  /** What is left of earlier bytes: a number by chance from 0 to `most`. */
  private number = 0n
  private most = 0n
  constructor(sys: Sys, source: Source | undefined) {
    this.sys = sys
    this.source = source
  }
  /** A number below `count`. */
  *below(count: number): Run<number> {
    if (!this.source) return Math.floor((this.sys.random() / 4294967296) * count)
    const choices = BigInt(count)
    const last = choices - 1n
    for (;;) {
      while (this.most < last) {
        this.number = this.number * (BYTE + 1n) + BigInt(yield* this.byte(this.source))
        this.most = this.most * (BYTE + 1n) + BYTE
      }
      if (this.most === last) {
        const { number } = this
        this.number = this.most = 0n
        return Number(number)
      }
      const excess = this.most - last
      const unusable = excess % choices
      const lastUsable = this.most - unusable
      if (this.number <= lastUsable) {
        const chosen = this.number % choices
        this.number /= choices
        this.most = excess / choices
        return Number(chosen)
      }
      this.number -= lastUsable + 1n
      this.most = unusable - 1n
    }
  }
  private *byte(source: Source): Run<number> {
    if (this.at >= this.bytes.length) {
      this.bytes = yield* source.read()
      this.at = 0
    }
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Exhausted()
    return byte
  }
}
