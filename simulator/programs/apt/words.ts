/** How apt(8) 2.6 writes sizes, lists of names and its progress. */
import type { Run } from '../../kernel/run'
import type { Io } from '../program'

const UNITS = ['', 'k', 'M', 'G', 'T']

/** 64432 gives `64.4 k`, 1170432 `1170 k`: apt's way to shorten a number. */
export function sizeOf(bytes: number): string {
  let n = bytes
  for (const [i, unit] of UNITS.entries()) {
    if (n < 100 && i > 0) return `${n.toFixed(1)} ${unit}`
    if (n < 10_000) return `${n.toFixed(0)} ${unit}`
    n /= 1000
  }
  return `${n.toFixed(0)} ${UNITS.at(-1)}`
}

const WIDTH = 80

/** A title and names below it, wrapped at the terminal's width. Nothing when there are none. */
export function showList(io: Io, title: string, names: readonly string[]): void {
  if (names.length === 0) return
  const width = io.sys.isatty(1) ? io.sys.getWindowSize(1).cols : WIDTH
  let line = ' '
  io.out(`${title}\n`)
  for (const name of names) {
    if (line.length + 1 + name.length >= width) {
      io.out(`${line}\n`)
      line = ' '
    }
    line += ` ${name}`
  }
  io.out(`${line}\n`)
}

export type Verbosity = 'normal' | 'quiet'

/** `Reading package lists... Done`, with its steps on a terminal. `ns`: how long it takes. */
export function* stage(io: Io, what: string, ns: number, verbosity: Verbosity): Run {
  if (verbosity === 'quiet') {
    yield* io.sys.sleep(ns)
    return
  }
  const terminal = io.sys.isatty(1)
  if (!terminal) io.out(`${what}...\n`)
  else io.out(`\r${what}... 0%\r`)
  yield* io.flush()
  yield* io.sys.sleep(ns)
  if (terminal) io.out(`\r${what}... Done\r\n`)
  yield* io.flush()
}

/** Reads the package lists, builds the tree, reads the state: what every command begins with. */
export function* begin(io: Io, verbosity: Verbosity): Run {
  yield* stage(io, 'Reading package lists', 350_000_000, verbosity)
  yield* stage(io, 'Building dependency tree', 80_000_000, verbosity)
  yield* stage(io, 'Reading state information', 20_000_000, verbosity)
}
