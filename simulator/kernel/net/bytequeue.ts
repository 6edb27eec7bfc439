/** Bytes on their way: what one side of a stream has sent and the other has not read. */
import { EMPTY } from '../bytes'

export class ByteQueue {
  private readonly parts: Uint8Array[] = []
  length = 0

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.parts.push(bytes.slice())
    this.length += bytes.length
  }
  take(count: number): Uint8Array {
    const first = this.parts[0]
    if (!first || count === 0) return EMPTY
    if (first.length >= count) {
      const head = first.subarray(0, count)
      if (first.length === count) this.parts.shift()
      else this.parts[0] = first.subarray(count)
      this.length -= count
      return head
    }
    const out = new Uint8Array(Math.min(count, this.length))
    let at = 0
    while (at < out.length) {
      const part = this.parts.shift()
      if (!part) break
      const piece = part.subarray(0, out.length - at)
      out.set(piece, at)
      at += piece.length
      if (piece.length < part.length) this.parts.unshift(part.subarray(piece.length))
    }
    this.length -= out.length
    return out
  }
  clear(): void {
    this.parts.length = 0
    this.length = 0
  }
}
