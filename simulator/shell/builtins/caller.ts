/** `caller` (bash(1), SHELL BUILTIN COMMANDS): where the running function was called. */
import type { Builtin } from '../builtins'
import { callStack } from '../stack'

export default {
  name: 'caller',
  *run(shell, { args }) {
    const stack = callStack(shell)
    const [, text] = args
    if (text !== undefined && !/^\d+$/.test(text)) {
      yield* shell.error(`caller: ${text}: invalid number`)
      yield* shell.write(2, 'caller: usage: caller [expr]\n')
      return 2
    }
    const at = Number(text ?? 0)
    const frame = stack[at]
    if (!frame || (text !== undefined && stack[at + 1] === undefined)) {
      if (text === undefined && stack.length === 0) return 1
      if (!frame) return 1
      // The outermost function was called from nowhere that has a name.
      if (shell.mode === 'script' && shell.commandString) return 1
    }
    const source = stack[at + 1]?.source ?? (shell.commandString ? 'environment' : shell.mode === 'script' ? shell.name : 'NULL')
    yield* shell.write(1, text === undefined ? `${frame.line} ${source}\n` : `${frame.line} ${stack[at + 1]?.name ?? 'main'} ${source}\n`)
    return 0
  },
} satisfies Builtin
