/** Builtins that are there and not simulated: they say so. */
import { type Builtin, builtins } from '../builtins'

const absent = (name: string): Builtin => ({
  name,
  *run(shell, { args }) {
    if (name === 'help' && args[1] !== undefined && !/^-/.test(args[1]) && !builtins().has(args[1])) {
      yield* shell.error(`help: no help topics match \`${args[1]}'.  Try \`help help' or \`man -k ${args[1]}' or \`info ${args[1]}'.`)
      return 1
    }
    yield* shell.write(2, `${name}: not simulated in this lab\n`)
    return 125
  },
})

export default [absent('bind'), absent('fc'), absent('help')]
