/** Terminal settings (termios(3)): the flags that programs here look at. */
export interface Termios {
  readonly icanon: boolean
  readonly echo: boolean
  readonly echoe: boolean
  readonly echok: boolean
  readonly echoctl: boolean
  readonly echonl: boolean
  readonly isig: boolean
  readonly iexten: boolean
  readonly icrnl: boolean
  readonly inlcr: boolean
  readonly igncr: boolean
  readonly ixon: boolean
  readonly opost: boolean
  readonly onlcr: boolean
  readonly tostop: boolean
  /** Control characters, by code; 0 disables. */
  readonly cc: Readonly<Record<'intr' | 'quit' | 'erase' | 'kill' | 'eof' | 'susp' | 'werase' | 'lnext' | 'start' | 'stop' | 'reprint', number>>
}

export interface WindowSize {
  readonly cols: number
  readonly rows: number
}

/** A fresh terminal: cooked, echoing. */
export const COOKED: Termios = {
  icanon: true, echo: true, echoe: true, echok: true, echoctl: true, echonl: false, isig: true, iexten: true,
  icrnl: true, inlcr: false, igncr: false, ixon: true, opost: true, onlcr: true, tostop: false,
  cc: { intr: 3, quit: 28, erase: 127, kill: 21, eof: 4, susp: 26, werase: 23, lnext: 22, start: 17, stop: 19, reprint: 18 },
}

/** cfmakeraw(3). */
export const makeRaw = (t: Termios): Termios => ({
  ...t, icanon: false, echo: false, echonl: false, isig: false, iexten: false, icrnl: false, inlcr: false, igncr: false, ixon: false, opost: false,
})
