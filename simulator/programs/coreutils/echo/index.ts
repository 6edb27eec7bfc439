/** echo(1) of coreutils 9.1 (bash has its own). */
import { closeout } from '../../closeout'
import { program } from '../../program'
import { escapeAt } from '../printf/format'
import { HELP, VERSION } from './help'

export default program({
  unwritten: closeout(),
  called: 'by-path',
  summary: 'display a line of text',
  *run(io) {
    if (io.args.length === 1 && io.args[0] === '--help') return io.out(HELP)
    if (io.args.length === 1 && io.args[0] === '--version') return io.out(VERSION)
    let at = 0
    let newline = true
    let escapes = false
    for (; at < io.args.length && /^-[neE]+$/.test(io.args[at] ?? ''); at++) {
      for (const letter of (io.args[at] ?? '').slice(1)) {
        if (letter === 'n') newline = false
        else escapes = letter === 'e'
      }
    }
    const text = io.args.slice(at).join(' ')
    if (!escapes) return io.out(text + (newline ? '\n' : ''))
    let out = ''
    for (let i = 0; i < text.length; i++) {
      if (text[i] !== '\\' || i + 1 >= text.length) {
        out += text[i]
        continue
      }
      const found = escapeAt(text, i + 1, 'octal0')
      if (found.text === null) return io.out(out)
      out += found.text
      i += found.length
    }
    io.out(out + (newline ? '\n' : ''))
  },
})
