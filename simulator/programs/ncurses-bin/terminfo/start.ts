/** What initializes a terminal, or resets it (terminfo(5), "Tabs and Initialization"; tset(1)). */
import { CHARACTERS } from '../../coreutils/stty/modes'
import type { InertFlag, Termios } from '../../../kernel/tty/termios'
import type { Terminal } from './terminal'

export const VERSION = 'ncurses 6.4.20221231\n'

/** The strings in their order; where a reset has none of its own, the initialization's. */
export function startStrings({ strings }: Terminal, how: 'init' | 'reset'): string {
  const one = (n: '1' | '2' | '3'): string => (how === 'reset' ? (strings.get(`rs${n}`) ?? strings.get(`is${n}`)) : strings.get(`is${n}`)) ?? ''
  return one('1') + one('2') + (strings.get('mgc') ?? '') + one('3')
}

const OFF: readonly InertFlag[] = ['ignbrk', 'parmrk', 'inpck', 'istrip', 'iuclc', 'ixany', 'ixoff', 'olcuc', 'ocrnl', 'onocr', 'onlret', 'ofill', 'ofdel', 'parenb', 'parodd', 'clocal', 'noflsh', 'echoprt', 'xcase']
const ON: readonly InertFlag[] = ['brkint', 'ignpar', 'imaxbel', 'cread', 'echoke']

/** Sane modes. Characters stay, but for those that were undefined. */
export function resetModes(t: Termios): Termios {
  const inert = new Set(t.inert)
  for (const flag of OFF) inert.delete(flag)
  for (const flag of ON) inert.add(flag)
  const cc = { ...t.cc }
  for (const [, key, sane] of CHARACTERS) cc[key] ||= sane
  return { ...t, cc, inert, icrnl: true, ixon: true, inlcr: false, igncr: false, opost: true, onlcr: true, isig: true, icanon: true, iexten: true, echo: true, echoe: true, echok: true, echoctl: true, echonl: false, tostop: false }
}
