/** The interactive loop: prompt, line editing, one complete command at a time (bash(1), INTERACTIVE SHELLS; recording: cri-node tty/shell). */
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { expandString } from '../expand/words'
import { decodePrompt } from '../prompt'
import type { Shell } from '../shell'
import type { LineSource } from '../source'
import { sizeVariables } from '../startup'
import { Editor } from './editor'

export function* interact(shell: Shell): Run<number> {
  let typed: string[] = []
  const source: LineSource = {
    firstLine: 1,
    *next(want) {
      if (want === 'first') {
        if (typed.length > 0) typed = []
        yield* shell.notify()
        const command = shell.vars.get('PROMPT_COMMAND')
        if (command) yield* shell.runText(command)
        sizeVariables(shell)
      }
      const line = yield* readEdited(shell, want)
      if (line === 'interrupted') throw new Restart()
      if (line === null) return null
      typed.push(line)
      if (shell.options.has('history')) {
        const all = typed.join(typed.length > 1 && !/["']/.test(typed[0] ?? '') ? '; ' : '\n')
        if (typed.length > 1) shell.history.lines.pop()
        shell.history.add(all, shell.vars.get('HISTCONTROL'))
      }
      return `${line}\n`
    },
  }
  while (shell.exited === undefined) {
    try {
      yield* shell.runSource(source, 'top')
      if (shell.exited !== undefined) break
      yield* shell.write(2, shell.isLogin ? 'logout\n' : 'exit\n')
      shell.exited = shell.status
    } catch (thrown) {
      if (!(thrown instanceof Restart)) throw thrown
      typed = []
      shell.status = 130
    }
  }
  return yield* shell.complete()
}

/** ^C while a command was being typed: it is forgotten. */
class Restart {}

function* promptText(shell: Shell, name: 'PS1' | 'PS2'): Run<string> {
  const raw = decodePrompt(shell, shell.vars.get(name) ?? '')
  const { status } = shell
  const text = /[$`]/.test(raw.replace(/[$#] $/, '')) && shell.options.isShopt('promptvars') ? yield* expandString(shell, raw, 'none', 'here') : raw
  shell.status = status
  return text.replace(/[\x01\x02]/g, '')
}

function* readEdited(shell: Shell, want: 'first' | 'more'): Run<string | null | 'interrupted'> {
  const { sys } = shell
  const prompt = yield* promptText(shell, want === 'first' ? 'PS1' : 'PS2')
  if (!sys.isatty(0)) {
    yield* shell.write(2, prompt)
    return yield* plainLine(shell)
  }
  const saved = sys.tcgetattr(0)
  sys.tcsetattr(0, { ...saved, icanon: false, echo: false, icrnl: false, iexten: false })
  const editor = new Editor(shell, prompt)
  yield* sys.write(2, encode(`\x1b[?2004h${prompt}`))
  try {
    for (;;) {
      let bytes: Uint8Array
      try {
        bytes = yield* sys.read(0, 1)
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
        if (shell.interrupted) {
          shell.interrupted = false
          yield* sys.write(2, encode('^C\x1b[?2004l\r\x1b[?2004h\x1b[?2004l\r\n'))
          return 'interrupted'
        }
        yield* shell.checkSignals()
        continue
      }
      const [byte] = bytes
      if (byte === undefined) return null
      const result = editor.key(byte)
      if (result.output !== '') yield* sys.write(2, encode(result.output))
      if (result.done === 'line') {
        yield* sys.write(2, encode('\n\x1b[?2004l\r'))
        return editor.text
      }
      if (result.done === 'eof') {
        yield* sys.write(2, encode('\x1b[?2004l\r'))
        return null
      }
    }
  } finally {
    if (sys.isOpen(0)) sys.tcsetattr(0, saved)
  }
}

function* plainLine(shell: Shell): Run<string | null> {
  let line = ''
  for (;;) {
    const [byte] = yield* shell.sys.read(0, 1)
    if (byte === undefined) return line === '' ? null : line
    if (byte === 10) return line
    line += String.fromCharCode(byte)
  }
}
