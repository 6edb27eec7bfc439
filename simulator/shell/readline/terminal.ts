/** What the terminal can do (terminfo(5)): the few capabilities that line editing uses. */
import type { Sys } from '../../kernel/sys'

export interface Capabilities {
  readonly clearToEndOfLine: string | undefined
  readonly clearScreen: string | undefined
  readonly clearScrollback: string | undefined
  readonly forward: string | undefined
  readonly up: string | undefined
  readonly insert: ((count: number) => string) | undefined
  readonly remove: ((count: number) => string) | undefined
  readonly standout: string
  readonly normal: string
  /** Writing in the last column does not move to the next line (am, xenl). */
  readonly wraps: boolean
  readonly bracketedPaste: boolean
}

const XTERM: Capabilities = {
  clearToEndOfLine: '\x1b[K', clearScreen: '\x1b[H\x1b[2J', clearScrollback: '\x1b[3J', forward: '\x1b[C', up: '\x1b[A',
  insert: (count) => `\x1b[${count}@`, remove: (count) => `\x1b[${count}P`, standout: '\x1b[7m', normal: '\x1b[27m', wraps: true, bracketedPaste: true,
}
/** vt100 and the Linux console say otherwise what xterm says. */
const ANSI: Readonly<Record<string, Partial<Capabilities>>> = {
  linux: { clearScreen: '\x1b[H\x1b[J' },
  vt100: { clearScreen: '\x1b[H\x1b[J', insert: undefined, remove: undefined, normal: '\x1b[m' },
  vt102: { clearScreen: '\x1b[H\x1b[J', normal: '\x1b[m' },
  screen: { clearScreen: '\x1b[H\x1b[J', standout: '\x1b[3m', normal: '\x1b[23m', clearScrollback: undefined },
  'screen-256color': { clearScreen: '\x1b[H\x1b[J', standout: '\x1b[3m', normal: '\x1b[23m', clearScrollback: undefined },
  tmux: { clearScreen: '\x1b[H\x1b[J' },
  'tmux-256color': { clearScreen: '\x1b[H\x1b[J' },
  xterm: {},
  'xterm-256color': {},
  'xterm-color': {},
}
/** A terminal of which nothing is known. */
const DUMB: Capabilities = {
  clearToEndOfLine: undefined, clearScreen: undefined, clearScrollback: undefined, forward: undefined, up: undefined, insert: undefined, remove: undefined,
  standout: '', normal: '', wraps: false, bracketedPaste: false,
}
const DATABASES = ['/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo']

/** The entry for `$TERM`; a system without a terminfo database (a small container image) knows none. */
export function capabilitiesOf(sys: Sys, term: string | undefined): Capabilities {
  const known = term === undefined ? undefined : ANSI[term]
  if (!known || !DATABASES.some((path) => isThere(sys, path))) return DUMB
  return { ...XTERM, ...known }
}

function isThere(sys: Sys, path: string): boolean {
  try {
    sys.stat(path)
    return true
  } catch {
    return false
  }
}
