/** busybox stty (coreutils/stty.c): coreutils' own settings, some by older names; without words it shows every character. Compared with busybox-static 1.35.0. */
import { stty } from '../../coreutils/stty/settings'
import type { WindowSize } from '../../../kernel/tty/termios'
import type { Io } from '../../program'
import { asOnNode } from '../node'

/** A window without a size has that of the environment (libbb/xfuncs.c get_terminal_width_height). */
function size(io: Io, fd: number): WindowSize | undefined {
  const { rows, cols } = io.sys.getWindowSize(fd)
  const [lines, columns] = [Number(io.env('LINES') ?? 0), Number(io.env('COLUMNS') ?? 0)]
  if (rows > 0 || lines > 0 || columns > 0) return { rows: rows || lines || 24, cols: cols || columns || 80 }
  io.err('stty: standard input\n')
  return undefined
}

export default asOnNode(stty({ discard: 'flush', characters: 'all', margin: 2, size }), {
  program: 'coreutils/stty',
  letters: 'any',
  words: [[/[‘’]/g, "'"], [/missing argument to '(.*)'$/, '$1 requires an argument'], [/invalid (?:integer )?argument:? '/, "invalid number '"], [/^stty: '?([^':]+)'?: (?=No such|Permission)/, "stty: can't open '$1': "], [/^stty: 'standard input': /, 'stty: standard input: ']],
})
