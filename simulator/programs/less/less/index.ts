/** less(1) 590: a pager on a terminal, cat elsewhere. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { openSource, reason, type Source } from '../../coreutils/files'
import { type Io, program } from '../../program'
import { Pager, rowsOf } from '../pager'

const VERSION = `less 590 (GNU regular expressions)
Copyright (C) 1984-2021  Mark Nudelman

less comes with NO WARRANTY, to the extent permitted by law.
For information about the terms of redistribution,
see the file named README in the less distribution.
Home page: https://greenwoodsoftware.com/less
`
/** Letters that take an argument. */
const WITH_ARGUMENT = 'bDhjkoOpPtTxyz#'
const KNOWN = 'aABcCdeEfFgGiIJKLmMnNqQrRsSuUVwWX~'

interface Wishes {
  readonly files: readonly string[]
  readonly letters: ReadonlySet<string>
  readonly start: string | undefined
}

export default program({
  summary: 'opposite of more', size: 198_960, paths: ['/usr/bin/less', '/usr/bin/pager'],
  *run(io) {
    const wishes = wishesOf(io)
    if (typeof wishes === 'number') return wishes
    if (wishes.files.length === 0 && io.sys.isatty(0)) {
      io.err('Missing filename ("less --help" for help)\n')
      return 1
    }
    const files = wishes.files.length > 0 ? wishes.files : ['-']
    if (!io.sys.isatty(1)) return yield* plain(io, files)
    for (const path of files) if (!(yield* show(io, path, wishes))) return 1
    return 0
  },
})

function wishesOf(io: Io): Wishes | number {
  const files: string[] = []
  const letters = new Set((io.env('LESS') ?? '').replace(/[^A-Za-z~]/g, ''))
  let start: string | undefined
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i] ?? ''
    if (arg === '--version' || arg === '-V') {
      io.out(VERSION)
      return 0
    }
    if (arg === '--help' || arg === '-?') {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    if (arg === '--') {
      files.push(...io.args.slice(i + 1))
      break
    }
    if (arg.startsWith('+')) start = arg.slice(1)
    else if (arg.startsWith('--')) letters.add({ '--LINE-NUMBERS': 'N', '--chop-long-lines': 'S', '--quit-if-one-screen': 'F', '--no-init': 'X', '--RAW-CONTROL-CHARS': 'R' }[arg] ?? '')
    else if (arg.startsWith('-') && arg !== '-') {
      for (let k = 1; k < arg.length; k++) {
        const letter = arg[k] ?? ''
        if (WITH_ARGUMENT.includes(letter)) {
          if (k + 1 >= arg.length) i++
          break
        }
        if (!KNOWN.includes(letter)) {
          io.err(`There is no -${letter} option ("less --help" for help)\n`)
          return 0
        }
        letters.add(letter)
      }
    } else files.push(arg)
  }
  return { files, letters, start }
}

function* plain(io: Io, files: readonly string[]): Run<number> {
  let status = 0
  for (const path of files) {
    const source = yield* open(io, path, (message) => io.out(message))
    if (!source) {
      status = files.length > 1 ? 0 : 1
      continue
    }
    try {
      for (;;) {
        const bytes = yield* source.read()
        if (bytes.length === 0) break
        io.out(bytes)
        yield* io.flush()
      }
    } catch (error) {
      if (!isErrno(error, 'EIO')) throw error
      io.out('read error\n')
    }
    source.close()
  }
  return status
}

function* open(io: Io, path: string, say: (message: string) => void): Run<Source | null> {
  try {
    if (path !== '-' && io.sys.stat(path).kind === 'dir') {
      say(`${path} is a directory\n`)
      return null
    }
    return yield* openSource(io.sys, path)
  } catch (error) {
    say(`${path}: ${reason(error)}\n`)
    return null
  }
}

function* show(io: Io, path: string, { letters, start }: Wishes): Run<boolean> {
  const source = yield* open(io, path, (message) => io.err(message))
  if (!source) return false
  let text = ''
  let message = ''
  try {
    text = decode(yield* source.all())
  } catch (error) {
    if (!isErrno(error)) throw error
    message = 'read error  (press RETURN)'
  }
  source.close()
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const { rows, cols } = io.sys.getWindowSize(1)
  const all = rowsOf(lines, cols || 80, letters.has('N'), letters.has('S'))
  if (letters.has('F') && all.length < (rows || 24)) {
    io.out(text)
    return true
  }
  // Keys come from the terminal even when the text comes through a pipe.
  const keys = path === '-' ? yield* io.sys.open('/dev/tty', { read: true }) : 0
  const top = start === 'G' ? Infinity : /^\d+$/.test(start ?? '') ? all.findIndex((r) => r.line === Number(start) - 1) : start?.startsWith('/') ? all.findIndex((r) => r.text.includes(start.slice(1))) : 0
  yield* new Pager(io, { message, name: path === '-' ? '' : path, lines, numbers: letters.has('N'), chop: letters.has('S'), top: Math.max(0, top) }, keys).run()
  if (keys > 2) io.sys.close(keys)
  return true
}
