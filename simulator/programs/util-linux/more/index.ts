/** more(1) of util-linux 2.38.1: a screen at a time on a terminal, cat elsewhere. */
import { silent } from '../../closeout'
import { decode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { openSource, reason, type Source } from '../../coreutils/files'
import { Keys } from '../../libc/keys'
import { command } from '../command'
import type { Io } from '../../program'
import { rowsOf } from '../../less/pager'
import { HELP, VERSION } from './help'

const RULE = '::::::::::::::'

export default command({
  unwritten: silent,
  summary: 'file perusal filter for crt viewing', help: HELP, version: VERSION, size: 59_712,
  rewrite: (args) => args.filter((a) => !/^[-+]\d+$/.test(a)),
  *run(io, options) {
    const operands = options.operands
    if (operands.length === 0 && io.sys.isatty(0)) {
      io.err(`${io.name}: bad usage\nTry '${io.name} --help' for more information.\n`)
      return 1
    }
    const headed = operands.length > 1 || (operands.length > 0 && !io.sys.isatty(0))
    for (const path of operands.length > 0 ? operands : ['-']) {
      const source = yield* open(io, path)
      if (!source) continue
      if (headed) io.out(`${RULE}\n${path}\n${RULE}\n`)
      if (io.sys.isatty(1)) {
        if ((yield* show(io, source, path)) === 'quit') break
      } else {
        for (;;) {
          const bytes = yield* source.read()
          if (bytes.length === 0) break
          io.out(bytes)
          yield* io.flush()
        }
      }
      source.close()
    }
    return 0
  },
})

function* open(io: Io, path: string): Run<Source | null> {
  try {
    if (path !== '-' && io.sys.stat(path).kind === 'dir') {
      io.out(`\n*** ${path}: directory ***\n\n`)
      return null
    }
    return yield* openSource(io.sys, path)
  } catch (error) {
    io.err(`${io.name}: cannot open ${path}: ${reason(error)}\n`)
    return null
  }
}

/** Screens of the text, with `--More--` below each; ends with the text. */
function* show(io: Io, source: Source, path: string): Run<'end' | 'quit'> {
  const text = decode(yield* source.all())
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const size = io.sys.getWindowSize(1)
  const height = Math.max(1, (size.rows || 24) - 1)
  const rows = rowsOf(lines, size.cols || 80, false, false)
  if (rows.length <= height) {
    io.out(rows.map((r) => `${r.text}\n`).join(''))
    return 'end'
  }
  const keys = new Keys(io.sys, path === '-' ? yield* io.sys.open('/dev/tty', { read: true }) : 0)
  try {
    let at = 0
    let step = height
    for (;;) {
      io.out(rows.slice(at, at + step).map((r) => `${r.text}\n`).join(''))
      at += step
      if (at >= rows.length) return 'end'
      io.out(`\x1b[7m--More--(${Math.floor((at / rows.length) * 100)}%)\x1b[27m`)
      yield* io.flush()
      for (step = 0; step === 0; ) {
        const key = yield* keys.next()
        if (key === null || key === 'q' || key === 'Q' || key === '\x03') {
          io.out('\r\x1b[K')
          return 'quit'
        }
        if (key === ' ' || key === 'f' || key === 'z') step = height
        else if (key === '\r' || key === '\n' || key === 'j' || key === 'down') step = 1
        else if (key === 'd' || key === '\x04') step = 11
        else if (key === 'b' || key === '\x02') {
          at = Math.max(0, at - 2 * height)
          step = height
        }
      }
      io.out('\r\x1b[K')
    }
  } finally {
    keys.restore()
  }
}
