/** Flags of termios(3) that are kept and shown, and change nothing on a pseudo-terminal here. */
export const INERT_FLAGS = [
  'parenb', 'parodd', 'cmspar', 'hupcl', 'cstopb', 'cread', 'clocal', 'crtscts', 'ignbrk', 'brkint', 'ignpar', 'parmrk', 'inpck', 'istrip', 'ixoff', 'iuclc', 'ixany', 'imaxbel', 'iutf8',
  'olcuc', 'ocrnl', 'onocr', 'onlret', 'ofill', 'ofdel', 'noflsh', 'xcase', 'echoprt', 'echoke', 'flusho', 'extproc',
] as const
export type InertFlag = (typeof INERT_FLAGS)[number]

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
  readonly cc: Readonly<Record<'intr' | 'quit' | 'erase' | 'kill' | 'eof' | 'susp' | 'werase' | 'lnext' | 'start' | 'stop' | 'reprint' | 'eol' | 'eol2' | 'swtch' | 'discard', number>>
  readonly inert: ReadonlySet<InertFlag>
  /** Bits per second, which a pseudo-terminal does not keep to. */
  readonly speed: number
  /** What a read waits for without lines: bytes, and tenths of a second. */
  readonly min: number
  readonly time: number
}

export interface WindowSize {
  readonly cols: number
  readonly rows: number
}

/** A fresh terminal: cooked, echoing. */
export const COOKED: Termios = {
  icanon: true, echo: true, echoe: true, echok: true, echoctl: true, echonl: false, isig: true, iexten: true,
  icrnl: true, inlcr: false, igncr: false, ixon: true, opost: true, onlcr: true, tostop: false,
  cc: { intr: 3, quit: 28, erase: 127, kill: 21, eof: 4, susp: 26, werase: 23, lnext: 22, start: 17, stop: 19, reprint: 18, eol: 0, eol2: 0, swtch: 0, discard: 15 },
  inert: new Set(['cread', 'echoke']), speed: 38400, min: 1, time: 0,
}

/** cfmakeraw(3). */
export const makeRaw = (t: Termios): Termios => ({
  ...t, icanon: false, echo: false, echonl: false, isig: false, iexten: false, icrnl: false, inlcr: false, igncr: false, ixon: false, opost: false,
})
