/** tset(1) and reset(1) of ncurses 6.4: a terminal's modes, size and strings. All that they say goes to standard error, which is the terminal. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Termios } from '../../../kernel/tty/termios'
import { LineReader, openSource } from '../../coreutils/files'
import { declare } from '../../options/declare'
import { type Options, parseOptions, UsageError } from '../../options/parse'
import { type Io, program } from '../../program'
import { terminalDevice } from '../terminfo/device'
import { resetModes, startStrings, VERSION } from '../terminfo/start'
import { type Terminal, terminal } from '../terminfo/terminal'

const usageOf = (name: string): string => `Usage: ${name} [options] [terminal]

Options:
  -c          set control characters
  -e ch       erase character
  -I          no initialization strings
  -i ch       interrupt character
  -k ch       kill character
  -m mapping  map identifier to type
  -Q          do not output control key settings
  -q          display term only, do no changes
  -r          display term on stderr
  -s          output TERM set command
  -V          print curses-version
  -w          set window-size

If neither -c/-w are given, both are assumed.
`
const DECLARED = declare(['  -c\n  -e[ch]\n  -I\n  -i[ch]\n  -k[ch]\n  -m MAPPING\n  -Q\n  -q\n  -r\n  -s\n  -V\n  -w\n'])

type Control = 'erase' | 'kill' | 'intr'
/** The characters that can be set: what they are called, what they usually are, what they are set to when no character is given. */
const CONTROLS: readonly (readonly [option: string, key: Control, name: string, usual: number, otherwise: number])[] = [
  ['e', 'erase', 'Erase', 127, 8], ['k', 'kill', 'Kill', 21, 21], ['i', 'intr', 'Interrupt', 3, 3],
]

export default program({
  paths: ['/usr/bin/tset', '/usr/bin/reset'],
  summary: 'terminal initialization, and reset',
  *run(io) {
    let options: Options
    const dash = io.args.at(-1) === '-'
    try {
      options = parseOptions(dash ? io.args.slice(0, -1) : io.args, DECLARED)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      io.err(`${io.name}: ${error.message}\n${usageOf(io.name)}`)
      return 1
    }
    if (options.has('V')) {
      io.out(VERSION)
      return 0
    }
    if (options.operands.length > 1) {
      io.err(usageOf(io.name))
      return 1
    }
    if (options.has('m')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const { sys } = io
    let fd: number
    let before: Termios
    try {
      fd = yield* terminalDevice(sys)
      before = sys.tcgetattr(fd)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`${io.name}: terminal attributes: ${error.message}\n\n`)
      return 10
    }
    const { name, known } = yield* ask(io, options.operands[0] ?? io.env('TERM') ?? 'unknown')
    if (options.has('q') || dash) io.out(`${name}\n`)
    else yield* setUp(io, options, fd, before, known, name)
    if (options.has('s')) io.out(/csh$/.test(io.env('SHELL') ?? '') ? `set noglob;\nsetenv TERM ${name};\nunset noglob;\n` : `TERM=${name};\n`)
    return 0
  },
})

/** A terminal type that terminfo knows: asks until there is one. */
function* ask(io: Io, first: string): Run<{ readonly name: string; readonly known: Terminal }> {
  let lines: LineReader | null = null
  for (let name = first; ; ) {
    const known = terminal(name)
    if (known) return { name, known }
    io.err(`${io.name}: unknown terminal type ${name}\nTerminal type? `)
    yield* io.flush()
    lines ??= new LineReader(yield* openSource(io.sys, '-'), 10)
    const answer = yield* lines.next()
    if (answer === null) {
      io.err('\n')
      return io.exit(1)
    }
    name = answer
  }
}

function* setUp(io: Io, options: Options, fd: number, before: Termios, known: Terminal, name: string): Run {
  const { sys } = io
  const both = !options.has('c', 'w')
  if (both || options.has('w')) {
    const { cols, rows } = sys.getWindowSize(fd)
    const size = { cols: cols || (known.numbers.get('cols') ?? 0), rows: rows || (known.numbers.get('lines') ?? 0) }
    if (size.cols !== cols || size.rows !== rows) sys.setWindowSize(fd, size)
  }
  if (!both && !options.has('c')) return
  const reset = io.name === 'reset'
  let after = reset ? resetModes(before) : before
  const cc = { ...after.cc }
  for (const [option, key, , usual, otherwise] of CONTROLS) {
    if (options.has(option)) cc[key] = characterOf(options.value(option)) ?? otherwise
    else cc[key] ||= usual
  }
  after = { ...after, cc }
  sys.tcsetattr(fd, after)
  if (!options.has('I')) {
    const text = startStrings(known, reset ? 'reset' : 'init')
    if (text !== '') io.err(`${text}\r`)
  }
  yield* io.flush()
  if (options.has('r')) io.err(`Terminal type is ${name}.\n`)
  if (options.has('Q')) return
  for (const [, key, what, usual] of CONTROLS) {
    const [old, now] = [before.cc[key], cc[key]]
    if (old !== usual || now !== usual) io.err(`${what} ${old === now ? 'is' : 'set to'} ${called(now)}.\n`)
  }
}

/** `^H` and `H`; undefined: none was given. */
function characterOf(text: string | undefined): number | undefined {
  if (!text) return undefined
  if (text[0] === '^' && text[1] !== undefined) return text[1] === '?' ? 127 : text.charCodeAt(1) & 31
  return text.charCodeAt(0)
}

const called = (code: number): string => {
  if (code === 0) return 'undef'
  if (code === 127) return 'delete'
  return code < 32 ? `control-${String.fromCharCode(code + 64)} (^${String.fromCharCode(code + 64)})` : String.fromCharCode(code)
}
