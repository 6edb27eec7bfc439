/** What env, nice, nohup, stdbuf, timeout and chroot do at their end: become another command, or say why not (126, 127). */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Io } from '../program'
import { execute } from './execute'
import { locale, quoted, reason } from './files'

/** Comes back only when it failed, with the status to end with; `bare`: with no more than the name in the message; `shell-quoted`: the name quoted as for a shell. */
export function* runCommand(io: Io, sys: Sys, argv: readonly string[], how: 'told' | 'bare' | 'shell-quoted' = 'told', environment: ReadonlyMap<string, string> = sys.env): Run<number> {
  yield* io.flush()
  try {
    return yield* execute(sys, argv, environment)
  } catch (error) {
    io.err(`${io.name}: ${how === 'bare' ? '' : 'failed to run command '}${how === 'shell-quoted' ? quoted(argv[0] ?? '') : locale(io, argv[0] ?? '')}: ${reason(error)}\n`)
    yield* io.flush()
    return isErrno(error, 'ENOENT') ? 127 : 126
  }
}
