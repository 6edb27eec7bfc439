/** `pwd` (bash(1), SHELL BUILTIN COMMANDS). */
import { encode } from '../../kernel/bytes'
import type { Builtin } from '../builtins'
import { parseOptions, usage } from './options'

export default {
  name: 'pwd',
  writes: true,
  *run(shell, { args }) {
    const parsed = parseOptions(args, 'LP')
    if ('bad' in parsed) return yield* usage(shell, 'pwd', parsed.bad, 'pwd [-LP]')
    const physical = parsed.flags.has('P') || shell.options.has('physical')
    yield* shell.sys.write(1, encode(`${physical ? shell.sys.getcwd() : (shell.vars.get('PWD') ?? shell.sys.getcwd())}\n`))
    return 0
  },
} satisfies Builtin
