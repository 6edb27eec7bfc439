/** xargs(1) of findutils 4.9: builds command lines from standard input. */
import { isErrno } from '../../../kernel/errno'
import { decode, encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { command } from '../../options'
import type { Io } from '../../program'
import { openSource, quoted, reason } from '../../coreutils/files'
import { execute } from '../../coreutils/execute'
import { HELP, VERSION } from './help'

const MAX_BYTES = 131072

class QuoteError extends Error {}

export default command({
  summary: 'build and execute command lines from standard input', help: HELP, version: VERSION, stopAtOperand: true,
  hidden: '  -i[R], --replace[=R]\n  -I R, --replace-all=R\n  -l[N]\n  -e[E]\n',
  *run(io, options) {
    const argv = options.operands.length > 0 ? options.operands : ['echo']
    const file = options.value('a')
    const replaceGiven = options.given.findLast((g) => g.name === 'I' || g.name === 'replace' || g.name === 'i')
    const replace = replaceGiven ? (replaceGiven.value ?? '{}') : undefined
    let text: string
    try {
      const source = yield* openSource(io.sys, file ?? '-')
      text = decode(yield* source.all())
    } catch (error) {
      io.err(`${io.name}: Cannot open input file ${quoted(file ?? '-')}: ${reason(error)}\n`)
      return 1
    }
    const delimiter = options.has('0') ? '\0' : options.value('d')?.replace('\\n', '\n').replace('\\t', '\t').replace('\\0', '\0')
    const perLine = options.value('L') ?? options.value('max-lines')
    const perCall = options.value('n') === undefined ? Infinity : Number(options.value('n'))
    let groups: string[][]
    let wrong: string | null = null
    const calls = (items: string[], most: number): string[][] => {
      const out: string[][] = []
      let bytes = Infinity
      for (const item of items) {
        if (bytes + item.length + 1 > MAX_BYTES || (out.at(-1)?.length ?? 0) >= most) {
          out.push([])
          bytes = 0
        }
        out.at(-1)?.push(item)
        bytes += item.length + 1
      }
      return out
    }
    try {
      if (delimiter !== undefined) {
        const items = text.split(delimiter)
        if (items.at(-1) === '') items.pop()
        groups = replace !== undefined ? items.map((i) => [i]) : calls(items, perCall)
      } else if (replace !== undefined) groups = text.split('\n').filter((l) => l.trim() !== '').map((l) => [words(l.trimStart(), 'line').join('')])
      else if (perLine !== undefined) groups = calls(text.split('\n').filter((l) => l.trim() !== ''), Number(perLine || 1)).map((lines) => lines.flatMap((l) => words(l, 'words')))
      else groups = calls(words(text, 'words'), perCall)
    } catch (error) {
      if (!(error instanceof QuoteError)) throw error
      wrong = error.message
      groups = []
    }
    if (groups.length === 0 && wrong === null && !options.has('r') && replace === undefined) groups.push([])
    let status = 0
    for (const group of groups) {
      const line = replace !== undefined ? argv.map((a) => a.replaceAll(replace, group[0] ?? '')) : [...argv, ...group]
      if (options.has('t', 'p')) io.err(`${line.join(' ')}${options.has('p') ? '?...' : '\n'}`)
      yield* io.flush()
      if (options.has('p')) {
        const answer = yield* ask(io)
        if (!/^[yY]/.test(answer)) continue
      }
      const code = yield* call(io, line)
      if (code === 'stop') return 124
      if (code > 125) return code
      if (code !== 0) status = 123
    }
    if (wrong !== null) {
      io.err(`${io.name}: ${wrong}\n`)
      return 1
    }
    return status
  },
})

function* ask(io: Io): Run<string> {
  try {
    const fd = yield* io.sys.open('/dev/tty', { read: true })
    const text = decode(yield* io.sys.read(fd, 256))
    io.sys.close(fd)
    return text
  } catch (error) {
    if (!isErrno(error)) throw error
    return ''
  }
}

function* call(io: Io, line: readonly string[]): Run<number | 'stop'> {
  const { sys } = io
  const pid = sys.fork(function* (child) {
    try {
      // The command must not eat the input of xargs.
      child.dup2(yield* child.open('/dev/null', { read: true }), 0)
      return yield* execute(child, line)
    } catch (error) {
      yield* child.write(2, encode(`${io.name}: ${line[0] ?? ''}: ${reason(error)}\n`))
      return isErrno(error, 'ENOENT') ? 127 : 126
    }
  })
  const ended = yield* sys.wait(pid)
  if (ended?.status.kind === 'signaled') {
    io.err(`${io.name}: ${line[0] ?? ''}: terminated by signal ${ended.status.signo}\n`)
    return 125
  }
  const code = ended?.status.kind === 'exited' ? ended.status.code : 0
  if (code === 255) {
    io.err(`${io.name}: ${line[0] ?? ''}: exited with status 255; aborting\n`)
    return 'stop'
  }
  return code === 126 || code === 127 ? code : code === 0 ? 0 : 1
}

/** Words with xargs's quotes and backslashes; as a line, blanks are kept. */
function words(text: string, as: 'words' | 'line'): string[] {
  const out: string[] = []
  let word: string | null = null
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === "'" || c === '"') {
      const end = text.indexOf(c, i + 1)
      const line = text.indexOf('\n', i)
      if (end < 0 || (line >= 0 && line < end)) throw new QuoteError(`unmatched ${c === "'" ? 'single' : 'double'} quote; by default quotes are special to xargs unless you use the -0 option`)
      word = (word ?? '') + text.slice(i + 1, end)
      i = end
    } else if (c === '\\') word = (word ?? '') + (text[++i] ?? '')
    else if (as === 'words' && /\s/.test(c)) {
      if (word !== null) out.push(word)
      word = null
    } else word = (word ?? '') + c
  }
  if (word !== null) out.push(word)
  return out
}
