/** execvp(3): looks a command up in PATH and becomes it. */
import { Errno, isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export function* execute(sys: Sys, argv: readonly string[], environment: ReadonlyMap<string, string> = sys.env): Run<never> {
  const [name = ''] = argv
  if (name.includes('/')) return yield* sys.exec(name, argv, environment)
  let denied = false
  for (const directory of (environment.get('PATH') ?? '/bin:/usr/bin').split(':')) {
    try {
      return yield* sys.exec(`${directory === '' ? '.' : directory}/${name}`, argv, environment)
    } catch (error) {
      if (isErrno(error, 'EACCES')) denied = true
      else if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
    }
  }
  throw new Errno(denied ? 'EACCES' : 'ENOENT')
}
