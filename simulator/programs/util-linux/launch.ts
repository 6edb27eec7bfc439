/** How nsenter(1) and unshare(1) of util-linux 2.38 start their program: looked up in PATH, a shell when none is named, 127/126 when it cannot be. */
import { encode } from '../../kernel/bytes'
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { finish, Io } from '../program'

const DEFAULT_PATH = '/bin:/usr/bin'

/** Runs `words` in place of this program. Comes back only when that failed, with the status to end with. */
export function* launch(io: Io, words: readonly string[], env: ReadonlyMap<string, string> = io.sys.env): Run<number> {
  const { sys } = io
  const argv = words.length > 0 ? [...words] : [`-${(sys.env.get('SHELL') || '/bin/sh').replace(/^.*\//, '')}`]
  const file = words[0] ?? (sys.env.get('SHELL') || '/bin/sh')
  const tries = file.includes('/') ? [file] : (sys.env.get('PATH') ?? DEFAULT_PATH).split(':').map((d) => `${d || '.'}/${file}`)
  let failure = new Errno('ENOENT')
  for (const path of tries)
    try {
      yield* sys.exec(path, argv, env)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') failure = error
    }
  yield* sys.write(2, encode(`${io.name}: failed to execute ${file}: ${failure.message}\n`))
  return failure.code === 'ENOENT' ? 127 : 126
}

/** What a forked child of such a program does: with streams of its own, ending when it says so. */
export const inChild = (work: (io: Io) => Run<number>): ((sys: Sys) => Run<number>) =>
  function* (sys) {
    const io = new Io(sys)
    return yield* finish(io, work(io))
  }
