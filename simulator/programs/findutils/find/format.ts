/** -printf and -ls (find(1), "-printf format"). */
import { strftime } from '../../coreutils/date/strftime'
import { majorOf, makedev, minorOf } from '../../coreutils/devices'
import type { Accounts } from '../../coreutils/accounts'
import { KIND_LETTER, modeString } from '../../coreutils/modes'
import type { FileKind, Stat, Sys } from '../../../kernel/sys'
import { isErrno } from '../../../kernel/errno'
import type { Timespec } from '../../../kernel/time'
import type { Zone } from '../../libc/timezone'
import type { Entry } from './entry'

export interface View {
  readonly sys: Sys
  readonly names: Accounts
  readonly zone: Zone
  readonly now: Timespec
}

/** find's letter of a kind: `f` where ls has `-`. */
export const letterOf = (kind: FileKind): string => (kind === 'file' ? 'f' : KIND_LETTER[kind])

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly flags: string; readonly width: number; readonly letter: string; readonly time?: string }
  | { readonly kind: 'stop' }

const ESCAPES: { readonly [letter: string]: string } = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' }
const FRACTION = (t: Timespec): string => `${String(t.nsec).padStart(9, '0')}0`

const FIELDS: { readonly [letter: string]: (entry: Entry, view: View) => string } = {
  p: (e) => e.path,
  f: (e) => e.name,
  h: (e) => e.directory,
  P: (e) => e.below,
  H: (e) => e.root,
  d: (e) => String(e.depth),
  s: (e) => String(e.stat.size),
  m: (e) => e.stat.mode.toString(8),
  M: (e) => modeString(e.stat.kind, e.stat.mode),
  y: (e) => letterOf(e.stat.kind),
  Y: (e, { sys }) => {
    if (e.stat.kind !== 'link') return letterOf(e.stat.kind)
    try {
      return letterOf(sys.stat(e.path).kind)
    } catch (error) {
      return isErrno(error, 'ENOENT', 'ENOTDIR') ? 'N' : isErrno(error, 'ELOOP') ? 'L' : '?'
    }
  },
  l: (e) => e.target,
  u: (e, { names }) => names.user(e.stat.uid) ?? String(e.stat.uid),
  U: (e) => String(e.stat.uid),
  g: (e, { names }) => names.group(e.stat.gid) ?? String(e.stat.gid),
  G: (e) => String(e.stat.gid),
  n: (e) => String(e.stat.nlink),
  i: (e) => String(e.stat.ino),
  k: (e) => String(Math.ceil(e.stat.blocks / 2)),
  b: (e) => String(e.stat.blocks),
  D: (e) => String(makedev(e.stat.dev)),
  F: (e, { sys }) => sys.statfs(e.path).type,
  S: (e) => (e.stat.size === 0 ? '1' : String(Number(((e.stat.blocks * 512) / e.stat.size).toPrecision(6)))),
  a: (e, v) => ctime(e.stat.atime, v.zone),
  c: (e, v) => ctime(e.stat.ctime, v.zone),
  t: (e, v) => ctime(e.stat.mtime, v.zone),
}

const ctime = (t: Timespec, zone: Zone): string => `${strftime('%a %b %e %H:%M:%S', t, zone)}.${FRACTION(t)} ${strftime('%Y', t, zone)}`

function timeField(t: Timespec, letter: string, zone: Zone): string {
  switch (letter) {
    case '@': return `${t.sec}.${FRACTION(t)}`
    case '+': return `${strftime('%Y-%m-%d+%H:%M:%S', t, zone)}.${FRACTION(t)}`
    case 'S': return `${strftime('%S', t, zone)}.${FRACTION(t)}`
    case 'T': return `${strftime('%H:%M:%S', t, zone)}.${FRACTION(t)}`
    case 'X': return `${strftime('%H:%M:%S', t, zone)}.${FRACTION(t)}`
    case 'r': return `${strftime('%I:%M:%S', t, zone)}.${FRACTION(t)} ${strftime('%p', t, zone)}`
    case 'c': return ctime(t, zone)
    default: return strftime(`%${letter}`, t, zone)
  }
}

const TIMES: { readonly [letter: string]: (stat: Stat) => Timespec } = { A: (s) => s.atime, C: (s) => s.ctime, T: (s) => s.mtime, B: (s) => s.btime ?? { sec: 0, nsec: 0 } }

/** What -printf prints, ready for every file; `say` is told what is odd about the format. */
export function compileFormat(format: string, say: (message: string, weight: 'warning' | 'error') => void): readonly Piece[] {
  const pieces: Piece[] = []
  const put = (text: string): void => {
    pieces.push({ kind: 'text', text })
  }
  for (let i = 0; i < format.length; i++) {
    const c = format[i] ?? ''
    if (c === '\\') {
      const n = format[i + 1]
      const octal = /^[0-7]{1,3}/.exec(format.slice(i + 1))?.[0]
      if (octal) {
        put(String.fromCharCode(Number.parseInt(octal, 8) & 255))
        i += octal.length
      } else if (n === 'c') {
        pieces.push({ kind: 'stop' })
        return pieces
      } else if (n === undefined) {
        say('escape `\\\' followed by nothing at all', 'warning')
        put('\\')
      } else {
        const known = ESCAPES[n]
        if (known === undefined) say(`unrecognized escape \`\\${n}'`, 'warning')
        put(known ?? `\\${n}`)
        i++
      }
      continue
    }
    if (c !== '%') {
      const end = /[\\%]/.exec(format.slice(i))
      const text = end ? format.slice(i, i + end.index) : format.slice(i)
      put(text)
      i += text.length - 1
      continue
    }
    const spec = /^%([-+ 0#]*)(\d*)(?:\.\d*)?([\s\S]?)/.exec(format.slice(i))
    const letter = spec?.[3] ?? ''
    if (!spec || letter === '') {
      say('% at end of format string', 'error')
      return pieces
    }
    i += spec[0].length - 1
    const field = { kind: 'field' as const, flags: spec[1] ?? '', width: Number(spec[2] || 0), letter }
    if (letter === '%') put('%')
    else if (Object.hasOwn(TIMES, letter)) pieces.push({ ...field, time: format[++i] ?? '' })
    else if (Object.hasOwn(FIELDS, letter) || letter === 'Z') pieces.push(field)
    else {
      say(`unrecognized format directive \`%${letter}'`, 'warning')
      put(spec[0])
    }
  }
  return pieces
}

/** The text for one file; `stop` when `\c` was met. */
export function formatEntry(pieces: readonly Piece[], entry: Entry, view: View): { text: string; stop: boolean } {
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'stop') return { text, stop: true }
    if (piece.kind === 'text') text += piece.text
    else {
      const time = TIMES[piece.letter]
      const body = time && piece.time !== undefined ? timeField(time(entry.stat), piece.time, view.zone) : (FIELDS[piece.letter]?.(entry, view) ?? '')
      const numeric = /[dsUGnikbD]/.test(piece.letter)
      text += piece.flags.includes('-') ? body.padEnd(piece.width) : body.padStart(piece.width, numeric && piece.flags.includes('0') ? '0' : ' ')
    }
  }
  return { text, stop: false }
}

const SIX_MONTHS = 180 * 86_400

/** The line of -ls, as `ls -dils` would have it. */
export function longLine(entry: Entry, { names, zone, now }: View): string {
  const { stat } = entry
  const recent = stat.mtime.sec <= now.sec + 3600 && stat.mtime.sec >= now.sec - SIX_MONTHS
  const date = strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', stat.mtime, zone)
  const user = (names.user(stat.uid) ?? String(stat.uid)).padEnd(8)
  const group = (names.group(stat.gid) ?? String(stat.gid)).padEnd(8)
  const size = stat.kind === 'chr' || stat.kind === 'blk' ? `${String(majorOf(stat.rdev)).padStart(3)}, ${String(minorOf(stat.rdev)).padStart(3)}` : String(stat.size).padStart(8)
  const link = stat.kind === 'link' ? ` -> ${escaped(entry.target)}` : ''
  return `${String(stat.ino).padStart(9)} ${String(Math.ceil(stat.blocks / 2)).padStart(6)} ${modeString(stat.kind, stat.mode)} ${String(stat.nlink).padStart(3)} ${user} ${group} ${size} ${date} ${escaped(entry.path)}${link}\n`
}

/** Blanks and controls of a name in -ls, as C would write them. */
const escaped = (name: string): string =>
  name.replace(/[\\ "\x00-\x1f\x7f]/g, (c) => {
    const simple = Object.entries(ESCAPES).find(([, value]) => value === c)?.[0]
    if (c === ' ' || c === '"') return `\\${c}`
    return simple ? `\\${simple}` : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`
  })
