/** The interactive loop: prompt, a line, one complete command at a time (bash(1), INTERACTIVE SHELLS; dash(1); recording: cri-node tty/shell). */
import type { Run } from '../../kernel/run'
import { mayLeave } from '../builtins/exit'
import { lineEditor } from '../lineedit/index'
import { Readline } from '../readline/reader'
import type { Shell } from '../shell'
import type { LineSource } from '../source'
import { sizeVariables } from '../startup'
import { Canonical } from './canonical'
import { INTERRUPTED, type LineReader } from './reader'

export function* interact(shell: Shell): Run<number> {
  const reader = yield* readerOf(shell)
  yield* reader.begin()
  let typed: string[] = []
  /** Lines that were typed at once (a paste, a recalled command of several lines) and are read without a prompt. */
  let queue: string[] = []
  /** How often in a row input has ended. */
  let ends = 0
  let count = 0
  const source: LineSource = {
    // A command that was given up is counted too.
    get firstLine() {
      return count + 1
    },
    *next(want) {
      if (want === 'first' && typed.length > 0) typed = []
      if (want === 'first' && queue.length === 0) {
        yield* shell.notify()
        const command = shell.vars.get('PROMPT_COMMAND')
        if (command && shell.dialect === 'bash') yield* shell.runText(command)
        if (shell.dialect === 'bash') sizeVariables(shell)
      }
      const edited = queue.length > 0 ? queue : yield* reader.read(want)
      if (edited === INTERRUPTED) throw new Restart()
      if (edited === null) return null
      ends = 0
      const [line = '', ...later] = typeof edited === 'string' ? edited.replace(/\n$/, '').split('\n') : edited
      queue = later
      count++
      typed.push(line)
      reader.remember(typed)
      return `${line}\n`
    },
  }
  while (shell.exited === undefined) {
    try {
      yield* shell.runSource(source, 'top')
      if (shell.exited !== undefined) break
      // The end of input is `exit`, unless it is to be ignored some times.
      if (++ends <= ignored(shell)) {
        yield* shell.write(2, shell.dialect === 'bash' ? `Use "${shell.isLogin ? 'logout' : 'exit'}" to leave the shell.\n` : '\nUse "exit" to leave shell.\n')
        continue
      }
      shell.builtins = { before: shell.builtins.now, now: 'exit' }
      if (yield* mayLeave(shell, shell.builtins.before)) {
        if (shell.dialect === 'dash') yield* shell.write(2, '\n')
        shell.exited = shell.status
      } else shell.status = 1
    } catch (thrown) {
      if (!(thrown instanceof Restart)) throw thrown
      typed = []
      queue = []
      shell.status = 130
    }
  }
  const code = yield* shell.complete()
  yield* reader.end()
  return code
}

function* readerOf(shell: Shell): Run<LineReader> {
  if (shell.startOptions.voice === 'ash') return yield* lineEditor(shell)
  return shell.dialect === 'dash' ? new Canonical(shell) : new Readline(shell)
}

/** How many ends of input are ignored: $IGNOREEOF, 10 when it is no number; dash's option knows no number. */
function ignored(shell: Shell): number {
  if (shell.dialect === 'dash') return shell.options.has('ignoreeof') ? 50 : 0
  const value = shell.vars.get('IGNOREEOF')
  if (value === undefined) return shell.options.has('ignoreeof') ? 10 : 0
  return /^\d+$/.test(value) ? Number(value) : 10
}

/** ^C while a command was being typed: it is forgotten. */
class Restart {}
