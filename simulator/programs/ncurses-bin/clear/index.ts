/** clear(1) of ncurses 6.4. */
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import { program } from '../../program'
import { VERSION } from '../terminfo/start'
import { terminal } from '../terminfo/terminal'

const USAGE = `Usage: clear [options]

Options:
  -T TERM     use this instead of $TERM
  -V          print curses-version
  -x          do not try to clear scrollback
`
const DECLARED = declare(['  -T TERM\n  -V\n  -x\n'])

export default program({
  summary: 'clear the terminal screen',
  *run(io) {
    const usage = (message: string): never => {
      io.err(message + USAGE)
      return io.exit(1)
    }
    const options = optionsOf(io, DECLARED, (message) => usage(`${io.name}: ${message}\n`))
    if (options.has('V')) {
      io.out(VERSION)
      return 0
    }
    if (options.operands.length > 0) usage('')
    const name = options.value('T') ?? io.env('TERM')
    if (name === undefined) {
      io.err('TERM environment variable not set.\n')
      return 1
    }
    const known = terminal(name)
    if (!known) {
      io.err(`'${name}': unknown terminal type.\n`)
      return 1
    }
    const text = known.strings.get('clear')
    if (text === undefined) return 1
    io.out(text + (options.has('x') ? '' : (known.strings.get('E3') ?? '')))
    return 0
  },
})
