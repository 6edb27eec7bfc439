/** busybox's line editor as ash uses it: a line for each prompt (libbb/lineedit.c read_line_input, shell/ash.c preadfd; recording: cri-node tty/shell). */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import { interrupted, promptOf } from '../interactive/canonical'
import { INTERRUPTED, type LineReader, plainLine, type ReadLine, type Want } from '../interactive/reader'
import type { Shell } from '../shell'
import { Completion } from './completion'
import { Display } from './display'
import { CONTROL, NAMED } from './edit'
import { type Key, Keys } from './keys'
import { decodePrompt } from './prompt'
import { Recall } from './recall'

const ASK_POSITION = '\x1b[6n'
/** A line is not longer than this (CONFIG_FEATURE_EDITING_MAX_LEN and the newline). */
const LONGEST = 1022
const DEFAULT_WIDTH = 80
/** How long it takes from execve to the first prompt, ns: whoever attends a new terminal has given it its size by then, and nothing is drawn twice (recording: tty/shell). */
const STARTING = 10_000_000

export class LineEditor implements LineReader {
  private readonly shell: Shell
  private readonly recall: Recall
  private readonly keys: Keys
  /** The window has another size since the line was last shown. */
  private isResized = false
  constructor(shell: Shell) {
    this.shell = shell
    this.recall = new Recall(shell.history)
    this.keys = new Keys(shell.sys)
  }
  *begin(): Run {
    yield* this.shell.sys.sleep(STARTING)
    yield* this.shell.write(1, `\n\n${this.shell.startOptions.standalone?.banner ?? ''} built-in shell (ash)\nEnter 'help' for a list of built-in commands.\n\n`)
  }
  /** Lines are noted one by one as they are read. */
  remember(): void {}
  *end(): Run {}

  *read(want: Want): Run<ReadLine> {
    const { shell } = this
    const { sys } = shell
    const prompt = decodePrompt(shell, yield* promptOf(shell, want))
    const saved = sys.isatty(0) ? sys.tcgetattr(0) : undefined
    if (!saved || (saved.icanon && !saved.echo)) {
      yield* shell.write(1, prompt.text)
      return yield* plainLine(sys)
    }
    sys.tcsetattr(0, { ...saved, icanon: false, echo: false, echonl: false, isig: false })
    const { cols } = sys.getWindowSize(0)
    const display = new Display({ prompt: prompt.text, promptWidth: prompt.width, width: cols || DEFAULT_WIDTH, encoding: this.encoding })
    this.recall.begin()
    display.begin()
    sys.signal(SIG.SIGWINCH, () => {
      this.isResized = true
    })
    try {
      const line = yield* this.edit(display, saved.cc)
      if (line !== null && line !== INTERRUPTED) this.recall.remember(line)
      return line
    } finally {
      sys.signal(SIG.SIGWINCH, 'default')
      if (sys.isOpen(0)) sys.tcsetattr(0, saved)
    }
  }
  private get encoding(): 'utf-8' | 'bytes' {
    const { vars } = this.shell
    return /utf-?8/i.test(vars.get('LC_ALL') || vars.get('LC_CTYPE') || vars.get('LANG') || '') ? 'utf-8' : 'bytes'
  }
  private *edit(display: Display, cc: { readonly intr: number; readonly eof: number }): Run<ReadLine> {
    const { shell } = this
    const { sys } = shell
    const completion = new Completion(shell, display)
    const flush = (): Run<number> => sys.write(1, display.taken())
    yield* flush()
    // The answer would come amid what is typed already.
    const [typed] = yield* sys.poll([{ fd: 0, read: true }], 0)
    let asked = !typed?.readable
    if (asked) yield* sys.write(1, encode(ASK_POSITION))
    for (;;) {
      const key = yield* this.key(display, flush)
      if (key === INTERRUPTED) {
        yield* flush()
        return yield* interrupted(shell)
      }
      if (key === null) return null
      if (key.kind === 'position') {
        if (asked) display.correct(key.column)
        asked = false
        continue
      }
      if (key.kind === 'byte') {
        const { byte } = key
        if (byte === 10 || byte === 13) {
          display.newLine()
          yield* flush()
          return display.line
        }
        if (byte === cc.intr && byte !== 0) {
          display.say('^C')
          yield* flush()
          return yield* this.interrupt()
        }
        if (byte === 9) completion.tab()
        else if (byte === cc.eof && byte !== 0) {
          if (display.text.length === 0) return null
          display.remove()
        } else if (byte < 32 || byte === 127) CONTROL[byte === 127 ? '?' : String.fromCharCode(byte + 64)]?.({ display, recall: this.recall })
        else if (display.text.length < LONGEST) for (const code of yield* this.character(byte)) display.insert(code)
        if (byte !== 9) completion.forget()
      } else {
        NAMED[key.name]({ display, recall: this.recall })
        completion.forget()
      }
      const [more] = yield* sys.poll([{ fd: 0, read: true }], 0)
      if (!more?.readable) yield* flush()
    }
  }
  /** The next key; the window may change its size meanwhile. */
  private *key(display: Display, flush: () => Run<number>): Run<Key | null | typeof INTERRUPTED> {
    const { shell } = this
    for (;;) {
      if (this.isResized) {
        this.isResized = false
        display.resize(shell.sys.getWindowSize(0).cols || DEFAULT_WIDTH)
        yield* flush()
      }
      try {
        return yield* this.keys.next()
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
      if (shell.interrupted || shell.traps.firstPending() === SIG.SIGINT) return INTERRUPTED
      yield* shell.checkSignals()
    }
  }
  /** A character of several bytes; in a locale of bytes each is one. */
  private *character(first: number): Run<number[]> {
    if (this.encoding === 'bytes' || first < 0x80) return [first]
    const bytes = [first]
    const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
    while (bytes.length < size) {
      const byte = yield* this.keys.continued()
      if (byte === undefined) break
      bytes.push(byte)
    }
    return [...decode(new Uint8Array(bytes))].map((character) => character.codePointAt(0) ?? 0)
  }
  /** ^C is as SIGINT: a trap for it runs. */
  private *interrupt(): Run<typeof INTERRUPTED> {
    const { shell } = this
    const trap = shell.traps.commands.get('SIGINT')
    if (trap === undefined) yield* shell.write(2, '\n')
    else if (trap !== '') yield* shell.runTrap(trap)
    return INTERRUPTED
  }
}
