/** Pipes that the shell makes for itself. Where it has no descriptors left it says so, as bash does without naming a line. */
import { encode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import type { Shell } from './shell'

/** `what`: `cannot make pipe for command substitution`, `pipe error`. Undefined when there was none to be had. */
export function* ownPipe(shell: Shell, what: string): Run<{ readonly read: number; readonly write: number } | undefined> {
  try {
    return shell.sys.pipe()
  } catch (error) {
    if (!isErrno(error)) throw error
    yield* shell.sys.write(2, encode(`${shell.name}: ${what}: ${error.message}\n`))
    return undefined
  }
}
