/**
 * Standard streams of a process that runc stays with and that has no terminal: pipes, and runc copies (utils_linux.go setupProcessPipes).
 * A child has what its parent had when it was born: so runc has the pipes' ends in place of its own streams until then.
 */
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { retry } from '../../containerd/ctr/stdio'
import { copy } from './copy'

const STREAMS = [0, 1, 2] as const
/** Where runc keeps its own streams meanwhile, out of the way of its other descriptors. */
const ASIDE = 10

/** Lets `birth` make a process on pipes, then copies while `life` lasts. */
export function* onPipes<T>(sys: Sys, birth: () => Run<T>, life: (born: T) => Run<number>): Run<number> {
  const pipes = STREAMS.map(() => sys.pipe())
  const own = STREAMS.map((fd) => (sys.isOpen(fd) ? sys.dup(fd, ASIDE) : -1))
  const restore = (): void => {
    for (const fd of STREAMS) {
      const kept = own[fd] ?? -1
      if (kept < 0) sys.close(fd)
      else {
        sys.dup2(kept, fd)
        sys.close(kept)
      }
    }
  }
  let born: T
  try {
    for (const [fd, { read, write }] of pipes.entries()) {
      for (const end of [read, write]) sys.setCloseOnExec(end, true)
      sys.dup2(fd === 0 ? read : write, fd)
      sys.close(fd === 0 ? read : write)
    }
    born = yield* birth()
  } finally {
    restore()
  }
  const [input, output, error] = pipes
  const done = sys.futex()
  let open = 2
  const passOn = function* (from: number, to: number): Run {
    yield* copy(sys, from, to)
    open--
    done.wake()
  }
  const feed = function* (to: number): Run {
    yield* copy(sys, 0, to)
    sys.close(to)
  }
  if (input && output && error) {
    sys.go(feed(input.write))
    sys.go(passOn(output.read, 1))
    sys.go(passOn(error.read, 2))
  }
  const code = yield* life(born)
  while (open > 0) yield* retry(() => done.wait())
  return code
}
