/** `let` (bash(1), SHELL BUILTIN COMMANDS). */
import type { Builtin } from '../builtins'
import { ExpansionError } from '../control'

export default {
  name: 'let',
  *run(shell, { args }) {
    if (args.length === 1) {
      yield* shell.error('let: expression expected')
      return 1
    }
    let value = 0n
    try {
      for (const text of args.slice(1)) value = shell.arithmetic(text, 'let')
    } catch (error) {
      if (!(error instanceof ExpansionError)) throw error
      yield* shell.error(error.message)
      return 1
    }
    return value === 0n ? 1 : 0
  },
} satisfies Builtin
