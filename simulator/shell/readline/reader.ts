/** bash's lines: readline on a terminal, with the history that outlives the shell (bash(1), READLINE, HISTORY; recording: cri-node tty/shell). */
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import { expandString } from '../expand/words'
import { expandHistory, openQuote } from '../history/expand'
import { INTERRUPTED, type LineReader, plainLine, type ReadLine, type Want } from '../interactive/reader'
import { readNow } from '../passwd'
import { decodePrompt } from '../prompt'
import type { Shell } from '../shell'
import { sizeVariables } from '../startup'
import { type EditingMemory, Editor, newMemory } from './editor'
import { DEFAULT_SIZE } from './history'
import { joinLines } from './joining'
import { Screen } from './screen'
import { capabilitiesOf } from './terminal'

export class Readline implements LineReader {
  private readonly shell: Shell
  private readonly memory = newMemory()
  /** The command being typed stands in the history already. */
  private remembered = false
  private typed: readonly string[] = []
  constructor(shell: Shell) {
    this.shell = shell
  }
  *begin(): Run {
    const { shell } = this
    yield* loadHistory(shell)
    shell.beforeCommand = function* () {
      if (shell.vars.get('PS0')) yield* shell.write(2, (yield* promptText(shell, 'PS0')).replace(/[\x01\x02]/g, ''))
    }
  }
  *read(want: Want): Run<ReadLine> {
    const { shell } = this
    for (;;) {
      const line = yield* readEdited(shell, yield* promptText(shell, want === 'first' ? 'PS1' : 'PS2'), this.memory)
      if (typeof line !== 'string' || !shell.options.has('histexpand') || !shell.options.has('history')) return line
      const expanded = yield* this.expand(line, want === 'more' ? openQuote(this.typed.join('\n')) : '')
      if (expanded !== undefined) return expanded
    }
  }
  /** The line with what its `!` stand for, told when it is another; undefined when it is not to be run. */
  private *expand(line: string, quote: string): Run<string | undefined> {
    const { shell } = this
    const expanded = expandHistory(line, shell.history, shell.history.expansion, quote)
    if (expanded.kind === 'same') return line
    if (expanded.kind === 'error') {
      yield* shell.error(expanded.message)
      return undefined
    }
    yield* shell.write(2, `${expanded.text}\n`)
    if (expanded.kind === 'changed') return expanded.text
    this.keep(expanded.text)
    return undefined
  }
  private keep(text: string): boolean {
    const { shell } = this
    return shell.history.add(text, { control: shell.vars.get('HISTCONTROL'), size: shell.vars.get('HISTSIZE'), now: shell.sys.now().sec })
  }
  remember(lines: readonly string[]): void {
    const { shell } = this
    this.typed = lines
    if (!shell.options.has('history')) return
    if (lines.length > 1 && this.remembered) shell.history.takeBack()
    this.remembered = this.keep(joinLines(lines))
  }
  *end(): Run {
    yield* saveHistory(this.shell)
  }
}

function* loadHistory(shell: Shell): Run {
  const path = shell.vars.get('HISTFILE')
  const text = path === undefined ? undefined : readNow(shell.sys, path)
  if (text !== undefined) shell.history.read(text)
}

/** What was typed goes to the end of $HISTFILE. */
function* saveHistory(shell: Shell): Run {
  const path = shell.vars.get('HISTFILE')
  if (!path || !shell.options.has('history')) return
  const limit = Number(shell.vars.get('HISTFILESIZE') ?? DEFAULT_SIZE)
  try {
    yield* shell.history.append(shell.sys, path, limit >= 0 ? limit : undefined)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

function* promptText(shell: Shell, name: 'PS0' | 'PS1' | 'PS2'): Run<string> {
  const raw = decodePrompt(shell, shell.vars.get(name) ?? '')
  const { status } = shell
  const text = /[$`]/.test(raw.replace(/[$#] $/, '')) && shell.options.isShopt('promptvars') ? yield* expandString(shell, raw, 'none', 'here') : raw
  shell.status = status
  return text
}

/** One line of the terminal at descriptor 0, edited. */
export function* readEdited(shell: Shell, prompt: string, memory: EditingMemory): Run<ReadLine> {
  const { sys } = shell
  if (!sys.isatty(0)) {
    yield* shell.write(2, prompt.replace(/[\x01\x02]/g, ''))
    return yield* plainLine(sys)
  }
  const saved = sys.tcgetattr(0)
  sys.tcsetattr(0, { ...saved, icanon: false, echo: false, icrnl: false, iexten: false })
  const terminal = capabilitiesOf(sys, shell.vars.get('TERM'))
  let size = sys.getWindowSize(0)
  const screen = new Screen(terminal, size)
  const editor = new Editor(shell, screen, terminal, prompt, memory)
  const [enter, leave] = terminal.bracketedPaste ? PASTE_MODE : ['', '']
  const say = (text: string): Run<number> => sys.write(2, encode(text))
  yield* say(enter + editor.begin())
  try {
    for (;;) {
      let bytes: Uint8Array
      try {
        bytes = yield* sys.read(0, 1)
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
        if (shell.interrupted || shell.traps.firstPending() === SIG.SIGINT) {
          shell.interrupted = false
          if (shell.traps.hasPending) {
            yield* say(`^C${screen.leave()}${leave}${enter}${leave}`)
            yield* shell.checkSignals()
            yield* say('\n')
            return INTERRUPTED
          }
          yield* say(`^C${screen.leave()}${leave}${enter}${leave}\n`)
          return INTERRUPTED
        }
        const now = sys.getWindowSize(0)
        if (now.cols !== size.cols || now.rows !== size.rows) {
          size = now
          const wiped = screen.wipe(now)
          screen.resize(now)
          sizeVariables(shell)
          editor.taken()
          editor.redraw()
          yield* say(wiped + editor.taken())
        }
        yield* shell.checkSignals()
        continue
      }
      const [byte] = bytes
      if (byte === undefined) return null
      const [state] = yield* sys.poll([{ fd: 0, read: true }], 0)
      const { output, outcome } = yield* editor.key(byte, state?.readable ? 'more' : 'nothing')
      // What a terminal does not echo, readline does not show (stty -echo).
      if (output !== '' && saved.echo) yield* say(output)
      if (outcome === 'more') continue
      if (outcome === 'eof') {
        yield* say(leave === '' ? '' : `${leave}\n`)
        return null
      }
      editor.history.accept()
      yield* say(saved.echo ? screen.finish() + leave : `${leave}\n`)
      return editor.line.text
    }
  } finally {
    if (sys.isOpen(0)) sys.tcsetattr(0, saved)
  }
}

/** Bracketed paste switched on and off. */
const PASTE_MODE = ['\x1b[?2004h', '\x1b[?2004l\r'] as const
