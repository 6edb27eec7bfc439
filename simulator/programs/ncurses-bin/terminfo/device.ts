/** The terminal device that ncurses' tools set up: the first of the standard streams that is one, else the controlling terminal. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

/** Its descriptor. Throws Errno ENXIO where there is none. */
export function* terminalDevice(sys: Sys): Run<number> {
  for (const fd of [2, 1, 0]) if (sys.isOpen(fd) && sys.isatty(fd)) return fd
  return yield* sys.open('/dev/tty', { read: true, write: true })
}

/** Columns and lines: the environment's, the device's, else what terminfo says. */
export function* screenSize(sys: Sys, usual: { readonly cols: number; readonly rows: number }): Run<{ readonly cols: number; readonly rows: number }> {
  let size = { cols: 0, rows: 0 }
  try {
    size = sys.getWindowSize(yield* terminalDevice(sys))
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  const own = (name: string): number => {
    const value = Number(sys.env.get(name) ?? '')
    return Number.isInteger(value) && value > 0 ? value : 0
  }
  return { cols: own('COLUMNS') || size.cols || usual.cols, rows: own('LINES') || size.rows || usual.rows }
}
