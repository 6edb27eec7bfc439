/** runc's own terminal joined with a container's: raw mode, both directions, its size (tty.go). */
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { PassedFile, Sys } from '../../../kernel/sys'
import { makeRaw } from '../../../kernel/tty/termios'
import { retry } from '../../containerd/ctr/stdio'
import { copy } from './copy'

/** Attends the terminal of a process that has one. */
export class OwnTerminal {
  readonly kind = 'own'
  private readonly sys: Sys
  private master: PassedFile | null = null
  constructor(sys: Sys) {
    this.sys = sys
  }
  receive(master: PassedFile): void {
    this.master = master
  }
  /** Lets `birth` make a process with a terminal, and joins the two while `life` lasts. */
  *during<T>(birth: () => Run<T>, life: (born: T) => Run<number>): Run<number> {
    const { sys } = this
    const born = yield* birth()
    if (this.master === null) return yield* life(born)
    const master = sys.takeDescriptor(this.master)
    const tty = [0, 1, 2].find((fd) => sys.isOpen(fd) && sys.isatty(fd)) ?? 0
    const before = sys.tcgetattr(tty)
    const resize = (): void => sys.setWindowSize(master, sys.getWindowSize(tty))
    const done = sys.futex()
    let isOver = false
    const output = function* (): Run {
      yield* copy(sys, master, 1)
      isOver = true
      done.wake()
    }
    // Lines end as the process ends them; this terminal adds the carriage return (tty.go recvtty).
    sys.tcsetattr(master, { ...sys.tcgetattr(master), onlcr: false })
    sys.tcsetattr(tty, { ...makeRaw(before), opost: before.opost })
    try {
      resize()
      sys.signal(SIG.SIGWINCH, resize)
      sys.go(output())
      sys.go(copy(sys, 0, master))
      const code = yield* life(born)
      while (!isOver) yield* retry(() => done.wait())
      return code
    } finally {
      sys.tcsetattr(tty, before)
    }
  }
}
