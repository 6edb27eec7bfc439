/** tail -f and -F: what is appended, and what becomes of the names. A real tail is woken by inotify(7); here it looks often. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import { NS_PER_MS } from '../../../kernel/time'
import type { Io } from '../../program'
import { quoted, Source } from '../files'

const LOOK_EVERY = 100 * NS_PER_MS

export interface Followed {
  readonly path: string
  /** Null while the name leads nowhere. */
  source: Source | null
}

export interface FollowRules {
  readonly by: 'descriptor' | 'name'
  readonly retry: boolean
  readonly heads: boolean
  /** Ends when this process has ended. */
  readonly pid: number | undefined
}

const label = (path: string): string => (path === '-' ? 'standard input' : path)

function statOf(io: Io, path: string): Stat | null {
  try {
    return io.sys.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return null
  }
}

function alive(io: Io, pid: number): boolean {
  try {
    io.sys.kill(pid, 0)
    return true
  } catch (error) {
    return isErrno(error, 'EPERM')
  }
}

export function* follow(io: Io, files: readonly Followed[], rules: FollowRules): Run<number> {
  const { sys } = io
  let last = files.findLast((f) => f.source)
  const positions = new Map<Followed, number>()
  const place = (file: Followed): number => {
    if (!file.source) return 0
    try {
      return sys.lseek(file.source.fd, 0, 'cur')
    } catch (error) {
      if (!isErrno(error)) throw error
      return 0
    }
  }
  for (const file of files) positions.set(file, place(file))
  for (;;) {
    yield* io.flush()
    for (const file of files) {
      if (rules.by === 'name' && file.path !== '-') yield* checkName(io, file, positions)
      const { source } = file
      if (!source) continue
      const { kind, size } = sys.fstat(source.fd)
      if (kind === 'file' && size < (positions.get(file) ?? 0)) {
        io.err(`${io.name}: ${label(file.path)}: file truncated\n`)
        sys.lseek(source.fd, 0, 'set')
      }
      for (;;) {
        const bytes = yield* source.read()
        if (bytes.length === 0) break
        if (rules.heads && last !== file) io.out(`\n==> ${label(file.path)} <==\n`)
        last = file
        io.out(bytes)
        yield* io.flush()
      }
      positions.set(file, place(file))
    }
    if (rules.pid !== undefined && !alive(io, rules.pid)) return 0
    if (files.every((f) => !f.source) && !rules.retry) {
      io.err(`${io.name}: no files remaining\n`)
      return 1
    }
    yield* sys.sleep(LOOK_EVERY)
  }
}

function* checkName(io: Io, file: Followed, positions: Map<Followed, number>): Run {
  const { sys } = io
  const there = statOf(io, file.path)
  if (!there) {
    if (!file.source) return
    io.err(`${io.name}: ${quoted(file.path)} has become inaccessible: No such file or directory\n`)
    file.source.close()
    file.source = null
    return
  }
  const own = file.source ? sys.fstat(file.source.fd) : null
  if (own && own.dev === there.dev && own.ino === there.ino) return
  try {
    const fd = yield* sys.open(file.path, { read: true })
    io.err(`${io.name}: ${quoted(file.path)} has ${file.source ? 'been replaced' : 'appeared'};  following new file\n`)
    file.source?.close()
    file.source = new Source(sys, fd, file.path, 'owned')
    positions.set(file, 0)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
