/** `times` (bash(1), SHELL BUILTIN COMMANDS). */
import type { Builtin } from '../builtins'

const minutes = (ns: number): string => `${Math.floor(ns / 6e10)}m${((ns % 6e10) / 1e9).toFixed(3)}s`

export default {
  name: 'times',
  writes: true,
  special: true,
  *run(shell) {
    const t = shell.sys.times()
    yield* shell.write(1, `${minutes(t.user)} ${minutes(t.system)}\n${minutes(t.childUser)} ${minutes(t.childSystem)}\n`)
    return 0
  },
} satisfies Builtin
