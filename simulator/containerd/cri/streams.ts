/**
 * Output on its way to a client of the streaming server (pkg/cri/streaming). Chunks are numbered: a client whose call was interrupted by a
 * signal asks again for what follows the last that it has.
 */
import type { Run } from '../../kernel/run'
import type { Futex, Sys } from '../../kernel/sys'
import type { Chunk } from './services'

/** So much may wait before the one who writes must wait too. */
const WINDOW = 65_536

export class Output {
  private readonly changed: Futex
  private chunks: Chunk[] = []
  private waiting = 0
  private last = 0
  private open: number
  /** `streams`: how many ends there will be before the output has ended. */
  constructor(sys: Sys, streams: number) {
    this.changed = sys.futex()
    this.open = streams
  }
  *push(stream: Chunk['stream'], bytes: Uint8Array): Run {
    while (this.waiting > WINDOW && this.open > 0) yield* this.changed.wait()
    this.last++
    this.chunks.push({ number: this.last, stream, bytes })
    this.waiting += bytes.length
    this.changed.wake()
  }
  end(): void {
    this.open = Math.max(0, this.open - 1)
    this.changed.wake()
  }
  /** Nobody reads any more. */
  abandon(): void {
    this.open = 0
    this.changed.wake()
  }
  *next(seen: number): Run<Chunk | null> {
    this.chunks = this.chunks.filter((chunk) => chunk.number > seen)
    this.waiting = this.chunks.reduce((sum, { bytes }) => sum + bytes.length, 0)
    this.changed.wake()
    for (;;) {
      const chunk = this.chunks[0]
      if (chunk) return chunk
      if (this.open === 0) return null
      yield* this.changed.wait()
    }
  }
}
