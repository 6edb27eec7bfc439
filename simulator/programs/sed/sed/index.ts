/** sed(1) 4.9. Sources: sed.info, POSIX sed; recordings: shell/userland. */
import { decode } from '../../../kernel/bytes'
import { reason } from '../../coreutils/files'
import { command } from '../../options'
import { Editor } from './editor'
import { HELP, VERSION } from './help'
import { parseScript } from './parse'
import { ScriptError } from './syntax'

/** What a wrong call shows: the help without its last line. */
const USAGE = HELP.replace(/E-mail bug reports to.*\n/, '')

/** A piece of the script: a -e expression (numbered) or a file. */
interface Piece {
  readonly where: (line: number, character: number) => string
  readonly text: string
}

/** The status where nothing can go on. */
const PANIC = 4

export default command({
  unwritten: ({ name, why, isClosed, isLast, piece }) => ({ said: `${name}: couldn't ${isLast ? (isClosed ? 'close' : 'flush') : `write ${piece - 1} items to`} stdout: ${why}\n`, status: 4 }),
  summary: 'stream editor for filtering and transforming text', help: HELP, version: VERSION, size: 126_424,
  hidden: '  -e SCRIPT, --expression=SCRIPT\n  -f FILE, --file=FILE\n  -l N, --line-length=N\n  -E, -r, --regexp-extended\n  -n, --quiet, --silent\n  -s, --separate\n  -i[SUFFIX], --in-place[=SUFFIX]\n  -z, --null-data\n',
  usage: { instead: USAGE },
  *run(io, options) {
    if (options.has('debug')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    let operands = options.operands
    const pieces: Piece[] = []
    let expressions = 0
    const expression = (text: string): void => {
      const number = ++expressions
      pieces.push({ text, where: (_, character) => `-e expression #${number}, char ${character}` })
    }
    for (const { name, value = '' } of options.given) {
      if (name === 'expression') expression(value)
      if (name !== 'file') continue
      try {
        const text = decode(yield* io.sys.readFile(value === '-' ? '/dev/stdin' : value)).replace(/\n$/, '')
        pieces.push({ text, where: (line) => `file ${value} line ${line}` })
      } catch (error) {
        io.err(`${io.name}: couldn't open file ${value}: ${reason(error)}\n`)
        return PANIC
      }
    }
    if (pieces.length === 0) {
      const [first, ...rest] = operands
      if (first === undefined) {
        io.err(USAGE)
        return 1
      }
      expression(first)
      operands = rest
    }
    if (options.has('i') && operands.length === 0) {
      io.err(`${io.name}: no input files\n`)
      return PANIC
    }
    const source = pieces.map((p) => p.text).join('\n')
    try {
      const commands = parseScript(source, { syntax: options.has('E', 'r') ? 'ere' : 'bre', sandbox: options.has('sandbox') })
      // `#n` on the first line is -n.
      const quiet = options.has('n') || /^#n(\n|$)/.test(source)
      return yield* new Editor(io, options, commands, operands, quiet ? 'quiet' : 'prints').run()
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error
      if (error.at === 'nowhere') {
        io.err(`${io.name}: ${error.message}\n`)
        return PANIC
      }
      io.err(`${io.name}: ${placeOf(pieces, error.at)}: ${error.message}\n`)
      return 1
    }
  },
})

/** Positions count within the expression (or line) that is wrong. */
function placeOf(pieces: readonly Piece[], at: number | 'whole'): string {
  if (at === 'whole') return pieces[0]?.where(0, 0) ?? ''
  let rest = at
  for (const [i, piece] of pieces.entries()) {
    if (rest <= piece.text.length || i === pieces.length - 1) return piece.where(piece.text.slice(0, rest).split('\n').length, rest)
    rest -= piece.text.length + 1
  }
  return ''
}
