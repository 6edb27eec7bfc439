/** Keys from a terminal in raw mode, one by one, for programs that fill the screen. */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import type { Sys } from '../../kernel/sys'
import { makeRaw, type Termios } from '../../kernel/tty/termios'

const ESCAPES: { readonly [sequence: string]: string } = {
  '\x1b[A': 'up', '\x1bOA': 'up', '\x1b[B': 'down', '\x1bOB': 'down', '\x1b[C': 'right', '\x1bOC': 'right', '\x1b[D': 'left', '\x1bOD': 'left', '\x1b[H': 'home', '\x1bOH': 'home', '\x1b[1~': 'home',
  '\x1b[F': 'end', '\x1bOF': 'end', '\x1b[4~': 'end', '\x1b[5~': 'pageup', '\x1b[6~': 'pagedown', '\x1b[3~': 'delete', '\x1b[2~': 'insert',
}

export class Keys {
  readonly fd: number
  private readonly sys: Sys
  private readonly before: Termios
  private waiting = ''
  private size: 'known' | 'new' = 'known'
  constructor(sys: Sys, fd: number) {
    this.sys = sys
    this.fd = fd
    this.before = sys.tcgetattr(fd)
    // Output is still cooked: `\n` moves to the line's start.
    sys.tcsetattr(fd, { ...makeRaw(this.before), opost: true })
    sys.signal(SIG.SIGWINCH, () => {
      this.size = 'new'
    })
  }
  restore(): void {
    this.sys.signal(SIG.SIGWINCH, 'default')
    this.sys.tcsetattr(this.fd, this.before)
  }
  /** A character, or the name of a special key; `resized` when the screen has another size (SIGWINCH); null when the terminal is gone. */
  *next(): Run<string | null> {
    while (this.waiting === '') {
      if (this.size === 'new') {
        this.size = 'known'
        return 'resized'
      }
      try {
        const bytes = yield* this.sys.read(this.fd, 4096)
        if (bytes.length === 0) return null
        this.waiting = decode(bytes)
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
    }
    for (const [sequence, name] of Object.entries(ESCAPES)) {
      if (!this.waiting.startsWith(sequence)) continue
      this.waiting = this.waiting.slice(sequence.length)
      return name
    }
    const [key = ''] = Array.from(this.waiting)
    this.waiting = this.waiting.slice(key.length)
    return key
  }
}
