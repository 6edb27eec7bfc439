/** `pwd` (bash(1), SHELL BUILTIN COMMANDS). */
import { encode } from '../../kernel/bytes'
import type { Builtin } from '../builtins'

export default {
  name: 'pwd',
  writes: true,
  *run(shell, { args }) {
    const physical = args.includes('-P') || shell.options.has('physical')
    yield* shell.sys.write(1, encode(`${physical ? shell.sys.getcwd() : (shell.vars.get('PWD') ?? shell.sys.getcwd())}\n`))
    return 0
  },
} satisfies Builtin
