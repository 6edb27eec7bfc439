/** Shows and changes the settings of the terminal on standard input, as coreutils and busybox have it. */
import { isErrno } from '../../../kernel/errno'
import { COOKED, type Termios, type WindowSize } from '../../../kernel/tty/termios'
import type { Io } from '../../program'
import { command, fail, wrongCall } from '../command'
import { locale, shown } from '../files'
import { ALIASES, CHARACTERS, COMBINATIONS, FIXED, isSet, MODES, SAVED_ORDER, SPEEDS, withFlag } from './modes'
import { HELP, VERSION } from './help'

const FIXED_WORDS = new Set(['cs8', 'nl0', 'cr0', 'tab0', 'bs0', 'vt0', 'ff0', '-tabs', 'tabs'])
const UNKNOWN_WORDS = /^-?(cs[567]|nl1|cr[123]|tab[123]|bs1|vt1|ff1|evenp|oddp|parity|pass8|litout|lcase|LCASE|drain|line)$/
const NCCS = 32

/** Words in lines no longer than the screen is wide. */
class Lines {
  private column = 0
  private readonly io: Io
  private readonly width: number
  constructor(io: Io, width: number) {
    this.io = io
    this.width = width
  }
  put(text: string): void {
    if (this.column > 0 && this.width < this.column + text.length) this.end()
    this.io.out(this.column > 0 ? ` ${text}` : text)
    this.column += text.length + (this.column > 0 ? 1 : 0)
  }
  end(): void {
    if (this.column > 0) this.io.out('\n')
    this.column = 0
  }
}

function screenWidth(io: Io): number {
  if (io.sys.isatty(1)) {
    const { cols } = io.sys.getWindowSize(1)
    if (cols > 0) return cols
  }
  return Number(io.env('COLUMNS')) || 80
}

/** `^C`, `^?`, `M-x`, `<undef>`. */
function visible(code: number): string {
  if (code === 0) return '<undef>'
  const seven = code & 0x7f
  return `${code >= 128 ? 'M-' : ''}${seven < 32 ? `^${String.fromCharCode(seven + 64)}` : seven === 127 ? '^?' : String.fromCharCode(seven)}`
}

/** How busybox tells otherwise of the same settings. */
export interface Telling {
  /** What the character that discards output is called. */
  readonly discard: string
  /** Which characters `stty` alone shows. */
  readonly characters: 'changed' | 'all'
  /** Columns at the right that stay free. */
  readonly margin: number
  /** The size of the window; undefined where there is none, which has been told. */
  size(io: Io, fd: number): WindowSize | undefined
}

export const stty = (telling: Telling) => command({
  summary: 'change and print terminal line settings',
  help: HELP, version: VERSION,
  rewrite: settingsApart,
  *run(io, options) {
    const { sys } = io
    const settings = options.operands
    const device = options.value('F')
    const all = options.has('a')
    const save = options.has('g')
    if (all && save) return fail(io, 'the options for verbose and stty-readable output styles are\nmutually exclusive')
    if ((all || save) && settings.length > 0) return fail(io, 'when specifying an output style, modes may not be set')
    let fd = 0
    if (device !== undefined) {
      try {
        fd = yield* sys.open(device, { read: true, nonBlock: true })
      } catch (error) {
        if (!isErrno(error)) throw error
        return fail(io, `${shown(device)}: ${error.message}`)
      }
    }
    const name = device === undefined ? "'standard input'" : shown(device)
    const current = (): Termios => {
      try {
        return sys.tcgetattr(fd)
      } catch (error) {
        if (!isErrno(error)) throw error
        return fail(io, `${name}: ${error.message}`)
      }
    }
    if (settings.length === 0) {
      const t = current()
      if (all) showAll(io, telling, fd, t)
      else if (save) io.out(`${saved(t)}\n`)
      else showChanged(io, telling, t)
      return 0
    }
    let next: Termios | undefined
    for (let i = 0; i < settings.length; i++) {
      const word = settings[i] ?? ''
      const argument = (): string => settings[++i] ?? wrongCall(io, `missing argument to ${locale(io, word)}`)
      const number = (): number => {
        const text = argument()
        return /^(0[xX][0-9a-fA-F]+|\d+)$/.test(text) ? Number(text) : fail(io, `invalid integer argument: ${locale(io, text)}`)
      }
      const invalid = (): never => wrongCall(io, `invalid argument ${locale(io, word)}`)
      const bare = word.replace(/^-/, '')
      const off = word.startsWith('-')
      const mode = MODES.find((m) => m.name === (ALIASES[bare] ?? bare))
      const combination = Object.hasOwn(COMBINATIONS, bare) ? COMBINATIONS[bare] : undefined
      const character = CHARACTERS.find(([c, key]) => (key === 'discard' ? telling.discard : c) === word)
      const now = (): Termios => next ?? current()
      if (mode) next = withFlag(now(), mode.name, !off)
      else if (combination) {
        const change = off ? combination[1] : combination[0]
        if (!change) return invalid()
        next = change(now())
      } else if (character) next = { ...now(), cc: { ...now().cc, [character[1]]: code(io, argument()) } }
      else if (word === 'min' || word === 'time') next = { ...now(), [word]: number() & 255 }
      else if (word === 'rows' || word === 'cols' || word === 'columns') {
        const value = number()
        current()
        const size = sys.getWindowSize(fd)
        sys.setWindowSize(fd, word === 'rows' ? { ...size, rows: value } : { ...size, cols: value })
      } else if (word === 'size') {
        current()
        const window = telling.size(io, fd)
        if (window) io.out(`${window.rows} ${window.cols}\n`)
      } else if (word === 'speed') io.out(`${now().speed}\n`)
      else if (word === 'ispeed' || word === 'ospeed') {
        const speed = Number(argument())
        if (!SPEEDS.has(speed)) return fail(io, `invalid ${word} ${locale(io, settings[i] ?? '')}`)
        next = { ...now(), speed }
      } else if (/^\d+$/.test(word) && SPEEDS.has(Number(word))) next = { ...now(), speed: Number(word) }
      else if (/^[0-9a-f]+(:[0-9a-f]+){35}$/.test(word)) next = restored(word)
      else if (FIXED_WORDS.has(word)) next = now()
      else if (UNKNOWN_WORDS.test(word)) {
        io.err(`${io.name}: not simulated in this lab\n`)
        return 125
      } else return invalid()
    }
    if (next) sys.tcsetattr(fd, next)
    return 0
  },
})

/** Settings may begin with `-`; options are the few that stty has. */
function settingsApart(args: readonly string[]): string[] {
  const options: string[] = []
  const settings: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '-F' || arg === '--file') options.push(arg, ...args.slice(i + 1, ++i + 1))
    else if (/^-([ag]+|F.*)$/.test(arg) || (arg.startsWith('--') && arg !== '--')) options.push(arg)
    else if (arg !== '--') settings.push(arg)
  }
  return [...options, '--', ...settings]
}

/** A control character: itself, `^c`, `^-` or `undef`, or a number. */
function code(io: Io, text: string): number {
  if (text === '^-' || text === 'undef') return 0
  if (text.length === 1) return text.charCodeAt(0)
  if (/^\^.$/.test(text)) return text === '^?' ? 127 : text.charCodeAt(1) & 0x1f
  if (/^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.test(text)) return (/^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text)) & 255
  return fail(io, `invalid integer argument: ${locale(io, text)}`)
}

function showAll(io: Io, { discard, margin, size }: Telling, fd: number, t: Termios): void {
  const lines = new Lines(io, screenWidth(io) - margin)
  lines.put(`speed ${t.speed} baud;`)
  const window = size(io, fd)
  if (window) lines.put(`rows ${window.rows}; columns ${window.cols};`)
  lines.put('line = 0;')
  lines.end()
  for (const [name, key] of CHARACTERS) lines.put(`${key === 'discard' ? discard : name} = ${visible(t.cc[key])};`)
  lines.put(`min = ${t.min}; time = ${t.time};`)
  lines.end()
  let group = MODES[0]?.group
  for (const mode of MODES) {
    if (mode.group !== group) {
      if (group && FIXED[group]?.[0] === undefined) for (const word of FIXED[group]?.[1].split(' ') ?? []) lines.put(word)
      lines.end()
      group = mode.group
    }
    if (FIXED[mode.group]?.[0] === mode.name) lines.put(FIXED[mode.group]?.[1] ?? '')
    lines.put(`${isSet(t, mode.name) ? '' : '-'}${mode.name}`)
  }
  lines.end()
}

/** What differs from `sane`. */
function showChanged(io: Io, { discard, characters, margin }: Telling, t: Termios): void {
  const lines = new Lines(io, screenWidth(io) - margin)
  lines.put(`speed ${t.speed} baud;`)
  lines.put('line = 0;')
  lines.end()
  for (const [name, key, sane] of CHARACTERS) if (characters === 'all' || t.cc[key] !== sane) lines.put(`${key === 'discard' ? discard : name} = ${visible(t.cc[key])};`)
  if (characters === 'all' || !t.icanon) lines.put(`min = ${t.min}; time = ${t.time};`)
  lines.end()
  let group = MODES[0]?.group
  for (const mode of MODES) {
    if (mode.group !== group) lines.end()
    group = mode.group
    const on = isSet(t, mode.name)
    if ((mode.sane === 'set' && !on) || (mode.sane === 'unset' && on)) lines.put(`${on ? '' : '-'}${mode.name}`)
  }
  lines.end()
}

const EIGHT_BITS = 0x30

/** The form that stty reads back: flags and characters in hexadecimal. */
function saved(t: Termios): string {
  const bits = (group: string): number => MODES.filter((m) => m.group === group && isSet(t, m.name)).reduce((sum, m) => sum + m.bit, 0)
  const characters = Array.from({ length: NCCS }, (_, i) => {
    const key = SAVED_ORDER[i]
    return key === undefined ? 0 : key === 'min' || key === 'time' ? t[key] : t.cc[key]
  })
  const numbers = [bits('input'), bits('output'), bits('control') + EIGHT_BITS + (SPEEDS.get(t.speed) ?? 0), bits('local'), ...characters]
  return numbers.map((n) => n.toString(16)).join(':')
}

function restored(text: string): Termios {
  const [input = 0, output = 0, control = 0, local = 0, ...characters] = text.split(':').map((n) => Number.parseInt(n, 16))
  const words = { input, output, control, local }
  let t: Termios = COOKED
  for (const mode of MODES) t = withFlag(t, mode.name, Math.floor(words[mode.group] / mode.bit) % 2 === 1)
  const cc: { -readonly [K in keyof Termios['cc']]: number } = { ...t.cc }
  let { min, time } = t
  SAVED_ORDER.forEach((key, i) => {
    const value = characters[i] ?? 0
    if (key === 'min') min = value
    else if (key === 'time') time = value
    else cc[key] = value
  })
  const speed = [...SPEEDS].find(([, code]) => code === (control & 0x100f))?.[0] ?? 38400
  return { ...t, cc, min, time, speed }
}

