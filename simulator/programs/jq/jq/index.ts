/** jq(1) 1.6 of Debian 12: the real jq as WebAssembly. Its files and its input are read through the node when it asks for them. */
import { concat, decode, encode, EMPTY } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { readToEnd } from '../../../kernel/read-to-end'
import { type Io, program } from '../../program'
import { type Wishes, wishesOf, withFilter, withoutArgfile } from '../arguments'
import { Dump, GIVEN, parseColors } from '../dump'
import { HELP } from '../help'
import { isParseError, reword } from '../messages'
import { asDoubles } from '../numbers'
import { PRELUDE } from '../prelude'
import { isErrorName, isJqModule, type JqFile, type JqModule, type JqWritten, runJq } from '../runtime'

/** What starting jq 1.6 costs (it parses its built-in functions), in microseconds. */
const START = 30_000

export default program({
  unwritten: ({ why }) => ({ said: `Error: writing output failed: ${why}\n`, status: 2 }),
  summary: 'command-line JSON processor',
  size: 30_800,
  *run(io) {
    const { sys } = io
    const loaded = yield* sys.load('jq')
    if (!isJqModule(loaded)) throw new Error('the host gave no jq')
    if (sys.spend(START)) yield 'preempted'
    const wishes = wishesOf(io.args, sys.isatty(1) ? 'terminal' : 'other')
    const { written, code, input } = yield* perform(io, loaded, wishes)
    if (wishes.help || wishes.version) {
      io.out(wishes.help ? HELP : 'jq-1.6\n')
      return 0
    }
    const colors = io.env('JQ_COLORS')
    const palette = wishes.colors ? parseColors(colors) : null
    const dumps = { 1: new Dump(parseColors(colors, GIVEN), palette), 2: new Dump(parseColors(colors, GIVEN), palette) }
    let failed = false
    for (const { fd, text } of inOrder(written, sys.isatty(1) ? 'line' : 'full')) {
      const shown = dumps[fd].feed(text)
      if (fd === 1) io.out(shown)
      else {
        const said = reword(shown, input)
        failed ||= isParseError(said)
        io.err(said)
      }
      if (sys.spend(text.length / 50)) yield 'preempted'
      yield* io.drain()
    }
    io.out(dumps[1].end())
    return failed ? 4 : code
  },
})

/** Runs it until it has got all that it wants to read. */
function* perform(io: Io, loaded: JqModule, wishes: Wishes): Run<{ written: readonly JqWritten[]; code: number; input: string }> {
  const { sys } = io
  const home = io.env('HOME')
  const env = new Map(sys.env)
  // 1.6 does not know it.
  env.delete('NO_COLOR')
  const terminal = sys.isatty(1)
  const files = new Map<string, JqFile>()
  let args = yield* withoutArgfile(io.args, function* (path) {
    const file = yield* read(sys, path)
    return typeof file === 'string' ? null : decode(file)
  })
  let stdin: Uint8Array | undefined
  let isDirectory = false
  for (;;) {
    const now = sys.now()
    const result = runJq(loaded, {
      args, stdin, files, env, cwd: sys.getcwd(), buffering: terminal ? 'line' : 'full',
      input: terminal && sys.isatty(0) ? 'terminal' : 'other', now: now.sec * 1000 + Math.floor(now.nsec / 1_000_000),
    })
    if (result.kind === 'ended' && result.written.some(({ bytes }) => decode(bytes).includes('Top-level program not given'))) {
      const filled = withFilter(args)
      if (filled !== null) {
        args = filled
        continue
      }
    }
    if (result.kind === 'ended') return { ...result, code: isDirectory ? 2 : result.code, input: stdin ? decode(stdin) : '' }
    if (result.path === null) {
      const given = yield* standardInput(sys)
      isDirectory = given === undefined
      const bytes = given ?? EMPTY
      stdin = wishes.raw ? bytes : encode(asDoubles(decode(bytes)))
    } else files.set(result.path, yield* fileAt(sys, result.path, home ? `${home}/.jq` : undefined))
  }
}

/** glibc's buffer: what goes to a file or pipe is written when so much is there, or at the end; errors at once. */
const BUFFER = 4096

function inOrder(written: readonly JqWritten[], buffering: 'line' | 'full'): { fd: 1 | 2; text: string }[] {
  const parts: { fd: 1 | 2; bytes: Uint8Array[] }[] = []
  const held: Uint8Array[] = []
  let size = 0
  const put = (fd: 1 | 2, bytes: readonly Uint8Array[]): void => {
    const last = parts.at(-1)
    if (last?.fd === fd) last.bytes.push(...bytes)
    else parts.push({ fd, bytes: [...bytes] })
  }
  for (const { fd, bytes } of written) {
    if (fd === 2) put(2, [bytes])
    else {
      held.push(bytes)
      size += bytes.length
      if (buffering === 'line' || size >= BUFFER) {
        put(1, held.splice(0))
        size = 0
      }
    }
  }
  if (held.length > 0) put(1, held)
  return parts.map(({ fd, bytes }) => ({ fd, text: decode(concat(bytes)) }))
}

/** Undefined: a directory, of which nothing is said, but the status is 2. */
function* standardInput(sys: Sys): Run<Uint8Array | undefined> {
  try {
    return yield* readAll(sys, 0)
  } catch (error) {
    if (!isErrno(error, 'EISDIR')) throw error
    return undefined
  }
}

const readAll = (sys: Sys, fd: number): Run<Uint8Array> => readToEnd(() => sys.read(fd, 65536))

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
