/** What the options of ls(1) choose among, word by word (the argument tables of ls.c), and the checks that come first. */
import { parseBlockSize, type BlockSize } from '../numbers'
import { argmatch, fail, type Options, usageError } from '../command'
import { locale } from '../files'
import { cEscape, localeQuote, needsShellQuotes, shellEscape, shellEscapeAlways, shellPlain } from '../quoting'
import type { Io } from '../../program'

export type Layout = 'long' | 'one' | 'down' | 'across' | 'commas'
export type SortKey = 'none' | 'name' | 'time' | 'size' | 'extension' | 'version' | 'width'
export type Clock = 'mtime' | 'atime' | 'ctime' | 'btime'
export type Indicator = 'none' | 'slash' | 'file-type' | 'classify'
type Rows<T> = readonly (readonly [readonly string[], T])[]

const WHEN: Rows<'always' | 'never' | 'auto'> = [[['always', 'yes', 'force'], 'always'], [['never', 'no', 'none'], 'never'], [['auto', 'tty', 'if-tty'], 'auto']]
const FORMATS: Rows<Layout> = [[['verbose', 'long'], 'long'], [['commas'], 'commas'], [['horizontal', 'across'], 'across'], [['vertical'], 'down'], [['single-column'], 'one']]
const SORTS: Rows<SortKey> = [[['none'], 'none'], [['time'], 'time'], [['size'], 'size'], [['extension'], 'extension'], [['version'], 'version'], [['width'], 'width']]
const CLOCKS: Rows<Clock> = [[['atime', 'access', 'use'], 'atime'], [['ctime', 'status'], 'ctime'], [['birth', 'creation'], 'btime']]
const INDICATORS: Rows<Indicator> = [[['none'], 'none'], [['slash'], 'slash'], [['file-type'], 'file-type'], [['classify'], 'classify']]
const STYLES = ['literal', 'shell', 'shell-always', 'shell-escape', 'shell-escape-always', 'c', 'c-maybe', 'escape', 'locale', 'clocale'] as const
export type QuotingStyle = (typeof STYLES)[number]
const QUOTINGS: Rows<QuotingStyle> = STYLES.map((s) => [[s], s] as const)

/** Styles whose unquoted names get a blank before them where others are quoted, so that names line up. */
export const ALIGNED: ReadonlySet<QuotingStyle> = new Set<QuotingStyle>(['shell', 'shell-escape', 'c-maybe'])

export function quoteName(name: string, style: QuotingStyle): string {
  switch (style) {
    case 'literal': return name
    case 'shell': return shellPlain(name, 'as-needed')
    case 'shell-always': return shellPlain(name, 'always')
    case 'shell-escape': return shellEscape(name)
    case 'shell-escape-always': return shellEscapeAlways(name)
    case 'c': case 'clocale': return style === 'c' ? `"${cEscape(name, '"')}"` : localeQuote(name, 'utf-8')
    case 'c-maybe': {
      const escaped = cEscape(name, '"')
      return escaped === name || (needsShellQuotes(name) && escaped === name) || name.replaceAll('\\', '') === escaped.replaceAll('\\', '') ? name : `"${escaped}"`
    }
    case 'escape': return cEscape(name, ' ')
    case 'locale': return localeQuote(name, 'utf-8')
  }
}

export interface Settings {
  readonly layout: Layout
  readonly color: 'always' | 'never'
  readonly sort: SortKey
  readonly clock: Clock
  readonly indicator: Indicator
  readonly quoting: QuotingStyle
  /** `?` for what has no print. */
  readonly hideControls: boolean
  readonly width: number
  readonly tab: number | undefined
  readonly timeStyle: string
  /** Undefined: bytes in the size column, KiB in blocks. */
  readonly unit: BlockSize | undefined
}

export function settingsOf(io: Io, options: Options): Settings {
  const tty = io.sys.isatty(1)
  let layout: Layout = io.name.endsWith('vdir') ? 'long' : io.name.endsWith('dir') ? 'down' : tty ? 'down' : 'one'
  let color: 'always' | 'never' = 'never'
  let sort: SortKey | undefined
  let clock: Clock = 'mtime'
  let clockGiven = false
  let indicator: Indicator = 'none'
  let unit: BlockSize | undefined
  const own = (): QuotingStyle | undefined => {
    const word = io.env('QUOTING_STYLE')
    if (word === undefined) return undefined
    const known = STYLES.find((s) => s === word)
    if (!known) io.err(`${io.name}: ignoring invalid value of environment variable QUOTING_STYLE: ${locale(io, word)}\n`)
    return known
  }
  let quoting: QuotingStyle | undefined
  let hideControls = tty
  for (const { name, value } of options.given) {
    switch (name) {
      case 'l': case 'g': case 'o': case 'numeric-uid-gid': layout = 'long'; break
      case 'full-time': layout = 'long'; break
      case '1': if (layout !== 'long') layout = 'one'; break
      case 'C': layout = 'down'; break
      case 'x': layout = 'across'; break
      case 'm': layout = 'commas'; break
      case 'format': layout = argmatch(io, value ?? '', '--format', FORMATS); break
      case 'color': {
        const when = value === undefined ? 'always' : argmatch(io, value, '--color', WHEN)
        color = when === 'always' || (when === 'auto' && tty) ? 'always' : 'never'
        break
      }
      case 'f': sort = 'none'; if (layout === 'long') layout = tty ? 'down' : 'one'; color = 'never'; break
      case 'U': sort = 'none'; break
      case 'S': sort = 'size'; break
      case 't': sort = 'time'; break
      case 'v': sort = 'version'; break
      case 'X': sort = 'extension'; break
      case 'sort': sort = argmatch(io, value ?? '', '--sort', SORTS); break
      case 'c': clock = 'ctime'; clockGiven = true; break
      case 'u': clock = 'atime'; clockGiven = true; break
      case 'time': clock = argmatch(io, value ?? '', '--time', CLOCKS); clockGiven = true; break
      case 'p': indicator = 'slash'; break
      case 'file-type': indicator = 'file-type'; break
      case 'classify': {
        const when = value === undefined ? 'always' : argmatch(io, value, '--classify', WHEN)
        if (when === 'always' || (when === 'auto' && tty)) indicator = 'classify'
        break
      }
      case 'indicator-style': indicator = argmatch(io, value ?? '', '--indicator-style', INDICATORS); break
      case 'quote-name': quoting = 'c'; break
      case 'literal': quoting = 'literal'; break
      case 'escape': quoting = 'escape'; break
      case 'quoting-style': quoting = argmatch(io, value ?? '', '--quoting-style', QUOTINGS); break
      case 'hide-control-chars': hideControls = true; break
      case 'show-control-chars': hideControls = false; break
      case 'human-readable': unit = { size: 1, suffix: '', human: 1024 }; break
      case 'si': unit = { size: 1, suffix: '', human: 1000 }; break
      case 'block-size':
        unit = parseBlockSize(value ?? '') ?? fail(io, `invalid --block-size argument '${value ?? ''}'`, 2)
        break
      case 'zero': hideControls = false; quoting ??= 'literal'; if (layout !== 'long') layout = 'one'; color = 'never'; break
    }
  }
  const number = (text: string, what: string): number => (/^\s*\+?\d+$/.test(text) ? Number(text) : fail(io, `invalid ${what}: ${locale(io, text)}`, 2))
  const widthText = options.value('w')
  const columns = Number(io.env('COLUMNS') ?? 0)
  const window = tty ? io.sys.getWindowSize(1).cols : 0
  const width = widthText !== undefined ? number(widthText, 'line width') || Infinity : window > 0 ? window : columns > 0 ? columns : 80
  const tabText = options.value('T')
  const timeStyle = options.has('full-time') && options.given.findLast((g) => g.name === 'full-time' || g.name === 'time-style')?.name === 'full-time' ? 'full-iso' : (options.value('time-style') ?? io.env('TIME_STYLE') ?? 'locale')
  if (layout === 'long') checkTimeStyle(io, timeStyle)
  return {
    layout, color, clock, indicator, hideControls, width, timeStyle, unit,
    sort: sort ?? (clockGiven && layout !== 'long' ? 'time' : 'name'),
    quoting: quoting ?? own() ?? (tty ? 'shell-escape' : /dir$/.test(io.name) ? 'escape' : 'literal'),
    tab: tabText === undefined ? undefined : number(tabText, 'tab size'),
  }
}

function checkTimeStyle(io: Io, style: string): void {
  if (style.startsWith('+')) {
    const [first, , more] = style.slice(1).split('\n')
    if (more !== undefined) fail(io, `invalid time style format ${locale(io, first ?? '')}`, 2)
    return
  }
  const bare = style.replace(/^(posix-)+/, '')
  if (bare !== '' && ['full-iso', 'long-iso', 'iso', 'locale'].some((s) => s.startsWith(bare))) return
  io.err(`${io.name}: invalid argument ${locale(io, style)} for ${locale(io, 'time style')}\nValid arguments are:\n${["[posix-]full-iso", '[posix-]long-iso', '[posix-]iso', '[posix-]locale', "+FORMAT (e.g., +%H:%M) for a 'date'-style format"].map((s) => `  - ${s}\n`).join('')}`)
  usageError(io, 2)
}
