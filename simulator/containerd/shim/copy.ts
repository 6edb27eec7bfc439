/** What a shim copies between the streams of a process and those that containerd or ctr holds. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

const CHUNK = 32_768

/** Until the end, or until one side is gone: a reader, or a terminal that has hung up (EIO). */
export function* copy(sys: Sys, from: number, to: number): Run {
  try {
    for (;;) {
      const part = yield* sys.read(from, CHUNK)
      if (part.length === 0) return
      yield* sys.write(to, part)
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
