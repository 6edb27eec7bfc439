/** jq(1) 1.6 of Debian 12: the real jq as WebAssembly. Its files and its input are read through the node when it asks for them. */
import { concat, decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { type Io, program } from '../../program'
import { colorsWanted } from '../arguments'
import { Dump, parseColors } from '../dump'
import { reword } from '../messages'
import { PRELUDE } from '../prelude'
import { isErrorName, isJqModule, type JqFile, type JqResult, runJq } from '../runtime'

/** What starting jq 1.6 costs (it parses its built-in functions), in microseconds. */
const START = 30_000

export default program({
  summary: 'command-line JSON processor',
  size: 30_800,
  *run(io) {
    const { sys } = io
    const loaded = yield* sys.load('jq')
    if (!isJqModule(loaded)) throw new Error('the host gave no jq')
    if (sys.spend(START)) yield 'preempted'
    const home = io.env('HOME')
    const prelude = home ? `${home}/.jq` : undefined
    const env = new Map(sys.env)
    // 1.6 does not know it.
    env.delete('NO_COLOR')
    const terminal = sys.isatty(1)
    const files = new Map<string, JqFile>()
    let stdin: Uint8Array | undefined
    for (;;) {
      const now = sys.now()
      const result = runJq(loaded, {
        args: io.args, stdin, files, env, cwd: sys.getcwd(), buffering: terminal ? 'line' : 'full',
        input: terminal && sys.isatty(0) ? 'terminal' : 'other', now: now.sec * 1000 + Math.floor(now.nsec / 1_000_000),
      })
      if (result.kind === 'ended') return yield* print(io, result)
      if (result.path === null) stdin = yield* readAll(sys, 0)
      else files.set(result.path, yield* fileAt(sys, result.path, prelude))
    }
  },
})

function* print(io: Io, result: Extract<JqResult, { kind: 'ended' }>): Run<number> {
  const given = parseColors(io.env('JQ_COLORS'))
  const dump = new Dump(given, colorsWanted(io.args, io.sys.isatty(1) ? 'terminal' : 'other') ? given : null)
  const parts: { fd: 1 | 2; bytes: Uint8Array[] }[] = []
  for (const { fd, bytes } of result.written) {
    const last = parts.at(-1)
    if (last?.fd === fd) last.bytes.push(bytes)
    else parts.push({ fd, bytes: [bytes] })
  }
  for (const { fd, bytes } of parts) {
    const text = decode(concat(bytes))
    if (fd === 1) io.out(dump.feed(text))
    else io.err(reword(text))
    if (io.sys.spend(text.length / 50)) yield 'preempted'
    yield* io.drain()
  }
  io.out(dump.end())
  return result.code
}

function* readAll(sys: Sys, fd: number): Run<Uint8Array> {
  const parts: Uint8Array[] = []
  for (;;) {
    const part = yield* sys.read(fd, 65536)
    if (part.length === 0) return concat(parts)
    parts.push(part)
  }
}

/** What 1.6 has and 1.7.1 has not comes in by the file that jq reads definitions from; the user's own follow. */
function* fileAt(sys: Sys, path: string, prelude: string | undefined): Run<JqFile> {
  const file = yield* read(sys, path)
  if (path !== prelude || file === 'EISDIR') return file
  return typeof file === 'string' ? encode(PRELUDE) : concat([encode(PRELUDE), file])
}

function* read(sys: Sys, path: string): Run<JqFile> {
  try {
    if (sys.stat(path).kind === 'dir') return 'EISDIR'
    return yield* sys.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return isErrorName(error.code) ? error.code : 'EIO'
  }
}
