/** `echo` (bash(1), SHELL BUILTIN COMMANDS). */
import { encode } from '../../kernel/bytes'
import type { Builtin } from '../builtins'
import { unescape } from '../lexing/ansi'

export default {
  name: 'echo',
  writes: true,
  *run(shell, { args }) {
    let at = 1
    let newline = '\n'
    let escapes = shell.dialect === 'dash' || shell.options.isShopt('xpg_echo')
    for (; at < args.length && /^-[neE]+$/.test(args[at] as string) && (shell.dialect === 'bash' || args[at] === '-n'); at++) {
      for (const letter of (args[at] as string).slice(1)) {
        if (letter === 'n') newline = ''
        else escapes = letter === 'e'
      }
    }
    let text = at === 1 && args.length === 2 ? (args[1] as string) : args.slice(at).join(' ')
    if (escapes) {
      const done = unescape(text, 'echo')
      text = done.text
      if (done.stop) newline = ''
    }
    if (text + newline !== '') yield* shell.sys.write(1, encode(text + newline))
    return 0
  },
} satisfies Builtin
