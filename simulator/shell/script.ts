/** A script file run by this process: `bash FILE`, and a file without `#!` that execve(2) refused. */
import { decode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { ExitJump } from './control'
import { linesOf } from './source'
import { Shell } from './shell'

export function* runScriptFile(shell: Shell, path: string, args: readonly string[]): Run<number> {
  let text: string
  try {
    const bytes = yield* shell.sys.readFile(path)
    if (bytes.subarray(0, 80).includes(0)) {
      yield* shell.error(`${path}: cannot execute binary file: Exec format error`)
      return 126
    }
    text = decode(bytes)
  } catch (error) {
    if (!isErrno(error)) throw error
    yield* shell.error(`${path}: ${error.message}`)
    return error.code === 'ENOENT' ? 127 : 126
  }
  const inner = new Shell(shell.sys, { name: path, positional: args, mode: 'script', dialect: shell.dialect, ...(shell.startOptions.standalone ? { voice: 'ash' as const, standalone: shell.startOptions.standalone } : {}) }, undefined)
  for (const [name, variable] of shell.vars.all) if (variable.exported) inner.vars.all.set(name, variable.clone())
  try {
    yield* inner.runSource(linesOf(text), 'top')
  } catch (thrown) {
    if (!(thrown instanceof ExitJump)) throw thrown
    inner.exited = thrown.code
  }
  return yield* inner.complete()
}
