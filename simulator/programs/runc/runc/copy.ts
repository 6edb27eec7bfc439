/** What runc copies between its own streams and those of the process that it stays with. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { retry } from '../../containerd/ctr/stdio'

const CHUNK = 32_768

/** Until one side is gone: a terminal that has hung up fails with EIO. */
export function* copy(sys: Sys, from: number, to: number): Run {
  try {
    for (;;) {
      const bytes = yield* retry(() => sys.read(from, CHUNK))
      if (bytes.length === 0) return
      yield* retry(() => sys.write(to, bytes))
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
