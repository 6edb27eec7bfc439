/** How nsenter(1) and unshare(1) of util-linux 2.38 start their program: looked up in PATH, a shell when none is named, 127/126 when it cannot be. */
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys, WaitStatus } from '../../kernel/sys'
import type { Io } from '../program'

const DEFAULT_PATH = '/usr/local/bin:/bin:/usr/bin'

/** Runs `words` in place of this program. Comes back only when that failed, with the status to end with. */
export function* launch(io: Io, sys: Sys, words: readonly string[]): Run<number> {
  const argv = words.length > 0 ? [...words] : [`-${(sys.env.get('SHELL') || '/bin/sh').replace(/^.*\//, '')}`]
  const file = words[0] ?? (sys.env.get('SHELL') || '/bin/sh')
  const tries = file.includes('/') ? [file] : (sys.env.get('PATH') ?? DEFAULT_PATH).split(':').map((d) => `${d || '.'}/${file}`)
  let failure = new Errno('ENOENT')
  for (const path of tries)
    try {
      yield* sys.exec(path, argv, sys.env)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') failure = error
    }
  io.err(`${io.name}: failed to execute ${file}: ${failure.message}\n`)
  yield* io.flush()
  return failure.code === 'ENOENT' ? 127 : 126
}

/** Runs it in a child and ends as the child ends: what joining a pid namespace takes. */
export function* launchForked(io: Io, words: readonly string[], prepare: (sys: Sys) => void = () => {}): Run<number> {
  const pid = io.sys.fork(function* (sys) {
    prepare(sys)
    return yield* launch(io, sys, words)
  })
  for (;;) {
    const done = yield* io.sys.wait(pid)
    const status: WaitStatus | undefined = done?.status
    if (status?.kind === 'exited') return status.code
    if (status?.kind === 'signaled') {
      io.sys.kill(io.sys.pid, status.signo)
      return 128 + status.signo
    }
  }
}
