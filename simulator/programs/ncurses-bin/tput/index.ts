/** tput(1) of ncurses 6.4: what a terminal can do, and the strings that make it do so. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { LineReader, openSource } from '../../coreutils/files'
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import { type Io, program } from '../../program'
import { decode } from '../../../kernel/bytes'
import { screenSize, terminalDevice } from '../terminfo/device'
import { BOOLEANS, NUMBERS, STRINGS } from '../terminfo/names'
import { parameterCount, withParameters } from '../terminfo/parameters'
import { resetModes, startStrings, VERSION } from '../terminfo/start'
import { type Terminal, terminal } from '../terminfo/terminal'

const USAGE = `Usage: tput [options] [command]

Options:
  -S <<       read commands from standard input
  -T TERM     use this instead of $TERM
  -V          print curses-version
  -x          do not try to clear scrollback

Commands:
  clear       clear the screen
  init        initialize the terminal
  reset       reinitialize the terminal
  capname     unlike clear/init/reset, print value for capability "capname"
`
const DECLARED = declare(['  -S\n  -T TERM\n  -V\n  -x\n'])
const UNKNOWN_CAPABILITY = 4
/** With -S what a terminal does not have is counted from here. */
const ERROR = 4
/** This terminal does not have it. */
const ABSENT = 1

/** Capabilities that take strings. */
const TEXT_PARAMETERS = new Set(['pfkey', 'pfloc', 'pfx', 'pln', 'pfxl'])

export default program({
  summary: 'initialize a terminal or query the terminfo database',
  *run(io) {
    const usage = (message: string): never => {
      io.err(message + USAGE)
      return io.exit(2)
    }
    const options = optionsOf(io, DECLARED, (message) => usage(`${io.name}: ${message}\n`), { stopAtOperand: true })
    if (options.has('V')) {
      io.out(VERSION)
      return 0
    }
    if (!options.has('S') && options.operands.length === 0) usage('')
    const name = options.value('T') ?? io.env('TERM')
    if (!name) {
      io.err(`${io.name}: No value for $TERM and no -T specified\n`)
      return 2
    }
    const known = terminal(name)
    if (!known) {
      io.err(`${io.name}: unknown terminal "${name}"\n`)
      return 3
    }
    const scrollback = options.has('x') ? 'kept' : 'cleared'
    if (!options.has('S')) return yield* all(io, known, options.operands, scrollback)
    let absent = 0
    const lines = new LineReader(yield* openSource(io.sys, '-'), 10)
    for (let line = yield* lines.next(); line !== null; line = yield* lines.next()) {
      const words = line.split(/[ \t]+/).filter(Boolean)
      const code = words.length === 0 ? 0 : yield* all(io, known, words, scrollback)
      if (code === ABSENT) absent++
      else if (code !== 0) return code
    }
    return absent === 0 ? 0 : ERROR + absent
  },
})

/** The capabilities of a command line, each with the parameters that it takes, up to one that fails. */
function* all(io: Io, known: Terminal, words: readonly string[], scrollback: 'kept' | 'cleared'): Run<number> {
  for (let i = 0; i < words.length; ) {
    const word = words[i++] ?? ''
    const text = known.strings.get(word)
    const count = text === undefined ? 0 : Math.min(parameterCount(text), words.length - i)
    const code = yield* one(io, known, word, words.slice(i, i + count), scrollback)
    i += count
    if (code !== 0) return code
  }
  return 0
}

function* one(io: Io, known: Terminal, word: string, parameters: readonly string[], scrollback: 'kept' | 'cleared'): Run<number> {
  const { booleans, numbers, strings, longname } = known
  switch (word) {
    case 'clear': {
      const text = strings.get('clear')
      if (text === undefined) return 2
      io.out(text + (scrollback === 'kept' ? '' : (strings.get('E3') ?? '')))
      return 0
    }
    case 'init': case 'reset': return yield* start(io, known, word)
    case 'longname':
      io.out(longname)
      return 0
    case 'cols': case 'lines': {
      const { cols, rows } = yield* screenSize(io.sys, { cols: numbers.get('cols') ?? -1, rows: numbers.get('lines') ?? -1 })
      io.out(`${word === 'cols' ? cols : rows}\n`)
      return 0
    }
  }
  const text = strings.get(word)
  if (booleans.has(word)) return 0
  if (numbers.has(word) || NUMBERS.has(word)) io.out(`${numbers.get(word) ?? -1}\n`)
  else if (text !== undefined && TEXT_PARAMETERS.has(word) && parameters.length > 0) {
    io.err('tput: not simulated in this lab\n')
    return 125
  } else if (text !== undefined) io.out(bytesOf(parameters.length === 0 ? text : withParameters(text, parameters.map(numberOf))))
  else if (BOOLEANS.has(word) || STRINGS.has(word)) return ABSENT
  else {
    io.err(`${io.name}: unknown terminfo capability '${word}'\n`)
    return UNKNOWN_CAPABILITY
  }
  return 0
}

/** What is no whole number counts as 0. */
const numberOf = (text: string): number => (/^\s*[-+]?(?:0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : 0)

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

/** init and reset: the strings go to standard output, the modes to the terminal. */
function* start(io: Io, known: Terminal, how: 'init' | 'reset'): Run<number> {
  try {
    const fd = yield* terminalDevice(io.sys)
    if (how === 'reset') io.sys.tcsetattr(fd, resetModes(io.sys.tcgetattr(fd)))
  } catch (error) {
    if (!isErrno(error)) throw error
    io.err(`${io.name}: terminal attributes: ${error.message}\n\n`)
    return 10
  }
  io.out(decode(bytesOf(startStrings(known, how))))
  return 0
}
