/** The interactive loop: prompt, line editing, one complete command at a time (bash(1), INTERACTIVE SHELLS; recording: cri-node tty/shell). */
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import { mayLeave } from '../builtins/exit'
import { expandString } from '../expand/words'
import { readNow } from '../passwd'
import { decodePrompt } from '../prompt'
import type { Shell } from '../shell'
import type { LineSource } from '../source'
import { sizeVariables } from '../startup'
import { type EditingMemory, Editor, newMemory } from './editor'
import { DEFAULT_SIZE } from './history'
import { joinLines } from './joining'
import { Screen } from './screen'
import { capabilitiesOf } from './terminal'

export function* interact(shell: Shell): Run<number> {
  yield* loadHistory(shell)
  let typed: string[] = []
  const memory = newMemory()
  /** Lines that were typed at once (a paste, a recalled command of several lines) and are read without a prompt. */
  let queue: string[] = []
  /** The command being typed stands in the history already. */
  let remembered = false
  /** How often in a row input has ended. */
  let ends = 0
  const source: LineSource = {
    firstLine: 1,
    *next(want) {
      if (want === 'first') {
        if (typed.length > 0) typed = []
      }
      if (want === 'first' && queue.length === 0) {
        yield* shell.notify()
        const command = shell.vars.get('PROMPT_COMMAND')
        if (command) yield* shell.runText(command)
        sizeVariables(shell)
      }
      const edited = queue.length > 0 ? queue : yield* readEdited(shell, want, memory)
      if (edited === 'interrupted') throw new Restart()
      if (edited === null) return null
      ends = 0
      const [line = '', ...later] = typeof edited === 'string' ? edited.replace(/\n$/, '').split('\n') : edited
      queue = later
      typed.push(line)
      if (shell.options.has('history')) {
        if (typed.length > 1 && remembered) shell.history.takeBack()
        remembered = shell.history.add(joinLines(typed), { control: shell.vars.get('HISTCONTROL'), size: shell.vars.get('HISTSIZE'), now: shell.sys.now().sec })
      }
      return `${line}\n`
    },
  }
  shell.beforeCommand = function* () {
    if (shell.vars.get('PS0')) yield* shell.write(2, (yield* promptText(shell, 'PS0')).replace(/[\x01\x02]/g, ''))
  }
  while (shell.exited === undefined) {
    try {
      yield* shell.runSource(source, 'top')
      if (shell.exited !== undefined) break
      // The end of input is `exit`, unless it is to be ignored some times.
      const allowed = ignored(shell)
      if (++ends <= allowed) {
        yield* shell.write(2, `Use "${shell.isLogin ? 'logout' : 'exit'}" to leave the shell.\n`)
        continue
      }
      shell.builtins = { before: shell.builtins.now, now: 'exit' }
      if (yield* mayLeave(shell, shell.builtins.before)) shell.exited = shell.status
      else shell.status = 1
    } catch (thrown) {
      if (!(thrown instanceof Restart)) throw thrown
      typed = []
      queue = []
      shell.status = 130
    }
  }
  const code = yield* shell.complete()
  yield* saveHistory(shell)
  return code
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

/** How many ends of input are ignored: $IGNOREEOF, 10 when it is no number. */
function ignored(shell: Shell): number {
  const value = shell.vars.get('IGNOREEOF')
  if (value === undefined) return shell.options.has('ignoreeof') ? 10 : 0
  return /^\d+$/.test(value) ? Number(value) : 10
}

/** ^C while a command was being typed: it is forgotten. */
class Restart {}

function* promptText(shell: Shell, name: 'PS0' | 'PS1' | 'PS2'): Run<string> {
  const raw = decodePrompt(shell, shell.vars.get(name) ?? '')
  const { status } = shell
  const text = /[$`]/.test(raw.replace(/[$#] $/, '')) && shell.options.isShopt('promptvars') ? yield* expandString(shell, raw, 'none', 'here') : raw
  shell.status = status
  return text
}

function* readEdited(shell: Shell, want: 'first' | 'more', memory: EditingMemory): Run<string | null | 'interrupted'> {
  const { sys } = shell
  const prompt = yield* promptText(shell, want === 'first' ? 'PS1' : 'PS2')
  if (!sys.isatty(0)) {
    yield* shell.write(2, prompt.replace(/[\x01\x02]/g, ''))
    return yield* plainLine(shell)
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
            return 'interrupted'
          }
          yield* say(`^C${screen.leave()}${leave}${enter}${leave}\n`)
          return 'interrupted'
        }
        const now = sys.getWindowSize(0)
        if (now.cols !== size.cols || now.rows !== size.rows) {
          size = now
          const wiped = screen.wipe()
          screen.resize(now)
          sizeVariables(shell)
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
      if (output !== '') yield* say(output)
      if (outcome === 'more') continue
      if (outcome === 'eof') {
        yield* say(leave === '' ? '' : `${leave}\n`)
        return null
      }
      editor.history.accept()
      yield* say(screen.finish() + leave)
      return editor.line.text
    }
  } finally {
    if (sys.isOpen(0)) sys.tcsetattr(0, saved)
  }
}

/** Bracketed paste switched on and off. */
const PASTE_MODE = ['\x1b[?2004h', '\x1b[?2004l\r'] as const

function* plainLine(shell: Shell): Run<string | null> {
  let line = ''
  for (;;) {
    const [byte] = yield* shell.sys.read(0, 1)
    if (byte === undefined) return line === '' ? null : line
    if (byte === 10) return line
    line += String.fromCharCode(byte)
  }
}
