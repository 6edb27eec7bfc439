/** runc's own terminal joined with a container's: raw mode, both directions, its size (tty.go). */
import { MASTER_FD } from '../../../containerd/runc/console'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { makeRaw } from '../../../kernel/tty/termios'
import { retry } from '../../containerd/ctr/stdio'

const CHUNK = 32_768

/** Runs `work` while the terminal belongs to the process `pid`. */
export function* withTerminal(sys: Sys, pid: number, work: () => Run<number>): Run<number> {
  const tty = [0, 1, 2].find((fd) => sys.isOpen(fd) && sys.isatty(fd)) ?? 0
  const master = sys.copyDescriptor(pid, MASTER_FD)
  const before = sys.tcgetattr(tty)
  const resize = (): void => sys.setWindowSize(master, sys.getWindowSize(tty))
  const done = sys.futex()
  let isOver = false
  const output = function* (): Run {
    yield* copy(sys, master, 1)
    isOver = true
    done.wake()
  }
  sys.tcsetattr(tty, makeRaw(before))
  try {
    resize()
    sys.signal(SIG.SIGWINCH, resize)
    sys.go(output())
    sys.go(copy(sys, 0, master))
    const code = yield* work()
    while (!isOver) yield* retry(() => done.wait())
    return code
  } finally {
    sys.tcsetattr(tty, before)
  }
}

/** Until one side is gone: a terminal that has hung up fails with EIO. */
function* copy(sys: Sys, from: number, to: number): Run {
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
