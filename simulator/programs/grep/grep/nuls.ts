/**
 * What grep does to a binary file (zap_nuls of GNU grep): from the first NUL on, a NUL ends a line as a newline does, so a disk image is
 * not one line. Where empty lines are not selected, blocks of NULs are not looked at.
 */
import type { Run } from '../../../kernel/run'
import type { Source } from '../../coreutils/files'

const NEWLINE = 10

export class NulsAsNewlines {
  /** Whether a NUL was seen: the file is binary. */
  seen = false
  private readonly source: Source
  private readonly empty: 'count' | 'skip'
  private lineStart = true
  constructor(source: Source, empty: 'count' | 'skip') {
    this.source = source
    this.empty = empty
  }
  *read(): Run<Uint8Array> {
    for (;;) {
      const bytes = yield* this.source.read()
      if (!this.seen && !bytes.includes(0)) {
        if (bytes.length > 0) this.lineStart = bytes.at(-1) === NEWLINE
        return bytes
      }
      this.seen = true
      if (bytes.length > 0 && this.empty === 'skip' && this.lineStart && bytes.every((byte) => byte === 0)) continue
      const lines = bytes.map((byte) => (byte === 0 ? NEWLINE : byte))
      if (lines.length > 0) this.lineStart = lines.at(-1) === NEWLINE
      return lines
    }
  }
}
