/** A builtin that is there and not simulated: it says so. */
import type { Builtin } from '../builtins'

export default {
  name: 'bind',
  *run(shell) {
    yield* shell.write(2, 'bind: not simulated in this lab\n')
    return 125
  },
} satisfies Builtin
