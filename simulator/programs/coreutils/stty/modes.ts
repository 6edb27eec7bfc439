/** The settings of stty(1): every flag with its group, its bit in termios(3) and what `sane` makes of it; characters and combinations. */
import { INERT_FLAGS, type InertFlag, type Termios } from '../../../kernel/tty/termios'

type LiveFlag = { [K in keyof Termios]: Termios[K] extends boolean ? K : never }[keyof Termios]
export type Flag = LiveFlag | InertFlag
export type Group = 'control' | 'input' | 'output' | 'local'

export interface Mode {
  readonly name: Flag
  readonly group: Group
  readonly bit: number
  readonly sane?: 'set' | 'unset'
  /** Understood, and left out of what is shown. */
  readonly hidden?: true
}

const control = (name: Flag, bit: number, sane?: 'set' | 'unset'): Mode => ({ name, group: 'control', bit, ...(sane ? { sane } : {}) })
const input = (name: Flag, bit: number, sane?: 'set' | 'unset'): Mode => ({ name, group: 'input', bit, ...(sane ? { sane } : {}) })
const output = (name: Flag, bit: number, sane?: 'set' | 'unset'): Mode => ({ name, group: 'output', bit, ...(sane ? { sane } : {}) })
const local = (name: Flag, bit: number, sane?: 'set' | 'unset'): Mode => ({ name, group: 'local', bit, ...(sane ? { sane } : {}) })

/** In the order in which they are shown. */
export const MODES: readonly Mode[] = [
  control('parenb', 0x100), control('parodd', 0x200), control('cmspar', 0x40000000), control('hupcl', 0x400), control('cstopb', 0x40), control('cread', 0x80, 'set'),
  control('clocal', 0x800), control('crtscts', 0x80000000),
  input('ignbrk', 1, 'unset'), input('brkint', 2, 'set'), input('ignpar', 4), input('parmrk', 8), input('inpck', 0x10), input('istrip', 0x20), input('inlcr', 0x40, 'unset'),
  input('igncr', 0x80, 'unset'), input('icrnl', 0x100, 'set'), input('ixon', 0x400), input('ixoff', 0x1000, 'unset'), input('iuclc', 0x200, 'unset'), input('ixany', 0x800, 'unset'),
  input('imaxbel', 0x2000, 'set'), input('iutf8', 0x4000, 'unset'),
  output('opost', 1, 'set'), output('olcuc', 2, 'unset'), output('ocrnl', 8, 'unset'), output('onlcr', 4, 'set'), output('onocr', 0x10, 'unset'), output('onlret', 0x20, 'unset'),
  output('ofill', 0x40, 'unset'), output('ofdel', 0x80, 'unset'),
  local('isig', 1, 'set'), local('icanon', 2, 'set'), local('iexten', 0x8000, 'set'), local('echo', 8, 'set'), local('echoe', 0x10, 'set'), local('echok', 0x20, 'set'),
  local('echonl', 0x40, 'unset'), local('noflsh', 0x80, 'unset'), local('xcase', 4, 'unset'), local('tostop', 0x100, 'unset'), local('echoprt', 0x400, 'unset'),
  local('echoctl', 0x200, 'set'), local('echoke', 0x800, 'set'), local('flusho', 0x1000, 'unset'), local('extproc', 0x10000, 'unset'),
]

/** Other names of flags. */
export const ALIASES: { readonly [name: string]: Flag } = { hup: 'hupcl', tandem: 'ixoff', crterase: 'echoe', prterase: 'echoprt', ctlecho: 'echoctl', crtkill: 'echoke' }

/** Fixed on a pseudo-terminal here: eight bits, no delays. */
export const FIXED: { readonly [G in Group]?: readonly [before: Flag | undefined, text: string] } = { control: ['hupcl', 'cs8'], output: [undefined, 'nl0 cr0 tab0 bs0 vt0 ff0'] }

type Characters = keyof Termios['cc']
/** Control characters as shown, with the value that `sane` gives. */
export const CHARACTERS: readonly (readonly [name: string, key: Characters, sane: number])[] = [
  ['intr', 'intr', 3], ['quit', 'quit', 28], ['erase', 'erase', 127], ['kill', 'kill', 21], ['eof', 'eof', 4], ['eol', 'eol', 0], ['eol2', 'eol2', 0], ['swtch', 'swtch', 0], ['start', 'start', 17],
  ['stop', 'stop', 19], ['susp', 'susp', 26], ['rprnt', 'reprint', 18], ['werase', 'werase', 23], ['lnext', 'lnext', 22], ['discard', 'discard', 15],
]
/** Their places in c_cc; null: min and time. */
export const SAVED_ORDER: readonly (Characters | 'time' | 'min')[] = ['intr', 'quit', 'erase', 'kill', 'eof', 'time', 'min', 'swtch', 'start', 'stop', 'susp', 'eol', 'reprint', 'discard', 'werase', 'lnext', 'eol2']

const isInert = (flag: Flag): flag is InertFlag => (INERT_FLAGS as readonly string[]).includes(flag)

export const isSet = (t: Termios, flag: Flag): boolean => (isInert(flag) ? t.inert.has(flag) : t[flag])

export function withFlag(t: Termios, flag: Flag, on: boolean): Termios {
  if (!isInert(flag)) return { ...t, [flag]: on }
  const inert = new Set(t.inert)
  if (on) inert.add(flag)
  else inert.delete(flag)
  return { ...t, inert }
}

const withFlags = (t: Termios, flags: readonly Flag[], on: boolean): Termios => flags.reduce((now, flag) => withFlag(now, flag, on), t)
const withCharacters = (t: Termios, characters: Partial<Termios['cc']>): Termios => ({ ...t, cc: { ...t.cc, ...characters } })

const RAW: readonly Flag[] = ['ignbrk', 'brkint', 'ignpar', 'parmrk', 'inpck', 'istrip', 'inlcr', 'igncr', 'icrnl', 'ixon', 'ixoff', 'icanon', 'opost', 'isig', 'iuclc', 'ixany', 'imaxbel', 'xcase']
const cooked = (t: Termios): Termios => withCharacters(withFlags(t, ['brkint', 'ignpar', 'istrip', 'icrnl', 'ixon', 'opost', 'isig', 'icanon'], true), { eof: 4, eol: 0 })
const raw = (t: Termios): Termios => ({ ...withFlags(t, RAW, false), min: 1, time: 0 })
const sane = (t: Termios): Termios => {
  const flagged = MODES.reduce((now, mode) => (mode.sane ? withFlag(now, mode.name, mode.sane === 'set') : now), t)
  return { ...withCharacters(flagged, Object.fromEntries(CHARACTERS.map(([, key, value]) => [key, value]))), min: 1, time: 0 }
}

/** Words that stand for several settings; the second is what `-word` does, where it may be said. */
export const COMBINATIONS: { readonly [word: string]: readonly [on: (t: Termios) => Termios, off?: (t: Termios) => Termios] } = {
  sane: [sane],
  ek: [(t) => withCharacters(t, { erase: 127, kill: 21 })],
  cooked: [cooked, raw],
  raw: [raw, cooked],
  cbreak: [(t) => withFlag(t, 'icanon', false), (t) => withFlag(t, 'icanon', true)],
  nl: [(t) => withFlags(t, ['icrnl', 'onlcr'], false), (t) => withFlags(withFlags(t, ['icrnl', 'onlcr'], true), ['inlcr', 'igncr', 'ocrnl', 'onlret'], false)],
  decctlq: [(t) => withFlag(t, 'ixany', false), (t) => withFlag(t, 'ixany', true)],
  crt: [(t) => withFlags(t, ['echoe', 'echoctl', 'echoke'], true)],
  dec: [(t) => withFlag(withCharacters(withFlags(t, ['echoe', 'echoctl', 'echoke'], true), { intr: 3, erase: 127, kill: 21 }), 'ixany', false)],
}

/** Speeds that termios has a code for, with the code. */
export const SPEEDS: ReadonlyMap<number, number> = new Map([
  [0, 0], [50, 1], [75, 2], [110, 3], [134, 4], [150, 5], [200, 6], [300, 7], [600, 8], [1200, 9], [1800, 10], [2400, 11], [4800, 12], [9600, 13], [19200, 14], [38400, 15], [57600, 0x1001], [115200, 0x1002], [230400, 0x1003], [460800, 0x1004], [921600, 0x1007],
])
