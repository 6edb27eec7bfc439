/** Commands that only show (readline(3), clear-screen, clear-display, display-shell-version). */
import type { Editor } from '../editor'

export const TERMINAL = {
  'clear-screen': (e: Editor) => {
    e.write(e.terminal.clearScreen ?? '\n')
    e.redraw()
  },
  'clear-display': (e: Editor) => {
    e.write((e.terminal.clearScreen ?? '\n') + (e.terminal.clearScrollback ?? ''))
    e.redraw()
  },
  'display-shell-version': (e: Editor) => {
    e.write('\nGNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n')
    e.redraw()
  },
  'tilde-expand': (e: Editor) => {
    const { line, shell } = e
    const from = line.text.slice(0, line.point).search(/\S*$/)
    const word = line.text.slice(from, line.point)
    const home = shell.vars.get('HOME') ?? ''
    if (!/^~(?:\/|$)/.test(word)) return
    line.together(() => {
      line.remove(from, line.point)
      line.insert(home + word.slice(1))
    })
  },
}
