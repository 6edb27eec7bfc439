/** find's tests: a row each (find(1), "TESTS"). */
import { parseDate } from '../../coreutils/date/parse'
import { accounts } from '../../coreutils/accounts'
import { changedMode } from '../../coreutils/modes'
import { reason } from '../../coreutils/files'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat, Sys } from '../../../kernel/sys'
import type { Timespec } from '../../../kernel/time'
import { compile } from '../../../regex'
import { fnmatch } from '../../libc/fnmatch'
import type { Entry } from './entry'
import { type Arguments, ExpressionError, type Predicate } from './expression'
import { letterOf, type View } from './format'

export interface Settings {
  regextype: string
  /** -daystart: ages count from midnight. */
  dayStart: boolean
  follow: 'never' | 'operands' | 'always'
  quote: (text: string) => string
  warn: (message: string) => void
}

type Comparison = (value: number) => boolean

function numberOf(text: string, name: string): { sign: '+' | '-' | ''; value: number } {
  const found = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text)
  if (!found) throw new ExpressionError(`invalid argument \`${text}' to \`${name}'`)
  return { sign: found[1] === '+' ? '+' : found[1] === '-' ? '-' : '', value: Number(found[2]) }
}

function comparison(text: string, name: string): Comparison {
  const { sign, value } = numberOf(text, name)
  return sign === '+' ? (n) => n > value : sign === '-' ? (n) => n < value : (n) => n === value
}

const seconds = (t: Timespec): number => t.sec + t.nsec / 1e9
const later = (a: Timespec, b: Timespec): boolean => a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec)

const STAMPS: { readonly [letter: string]: (s: Stat) => Timespec | undefined } = { a: (s) => s.atime, c: (s) => s.ctime, m: (s) => s.mtime, B: (s) => s.btime }
const UNITS: { readonly [letter: string]: number } = { c: 1, w: 2, b: 512, k: 1024, M: 1_048_576, G: 1_073_741_824 }

function size(text: string): Predicate {
  const unit = /[cwbkMG]$/.exec(text)?.[0]
  const digits = unit ? text.slice(0, -1) : text
  if (!/^[-+]?\d+$/.test(digits)) {
    const last = text.at(-1) ?? ''
    throw new ExpressionError(/[A-Za-z]/.test(last) && !unit ? `invalid -size type \`${last}'` : `Invalid argument \`${text}' to -size`)
  }
  const compare = comparison(digits, '-size')
  const bytes = UNITS[unit ?? 'b'] ?? 512
  return (e) => compare(Math.ceil(e.stat.size / bytes))
}

/** -mtime and its kind count whole days, -mmin minutes. */
function age(text: string, name: string, stamp: (s: Stat) => Timespec | undefined, now: Timespec, settings: Settings): Predicate {
  const { sign, value } = numberOf(text, name)
  const of = (e: Entry): number => {
    const time = stamp(e.stat)
    return time ? seconds(now) - seconds(time) : Number.NaN
  }
  if (/min$/.test(name)) return sign === '+' ? (e) => of(e) > value * 60 : sign === '-' ? (e) => of(e) < value * 60 : (e) => of(e) < value * 60 && of(e) >= (value - 1) * 60
  const shift = settings.dayStart ? 86_400 - (now.sec % 86_400) - now.nsec / 1e9 : 0
  const days = (e: Entry): number => Math.floor((of(e) + shift) / 86_400)
  return sign === '+' ? (e) => days(e) > value : sign === '-' ? (e) => days(e) < value : (e) => days(e) === value
}

function permission(text: string, settings: Settings): Predicate {
  const kind = text.startsWith('-') ? 'all' : text.startsWith('/') ? 'any' : 'exact'
  const mode = kind === 'exact' ? text : text.slice(1)
  const wanted = changedMode(mode, 0, 'other', 0)
  if (wanted === null || mode === '') throw new ExpressionError(`invalid mode ${settings.quote(text)}`)
  if (kind === 'all') return (e) => (e.stat.mode & wanted) === wanted
  if (kind === 'any') return (e) => wanted === 0 || (e.stat.mode & wanted) !== 0
  return (e) => e.stat.mode === wanted
}

const TYPES = 'bcdpfls'

function typeTest(text: string, name: '-type' | '-xtype', settings: Settings): Predicate {
  const letters = text.split(',')
  for (const letter of letters) {
    if (letter === '') throw new ExpressionError(`Last file type in list argument to ${name} is missing, i.e., list is ending on: ','`)
    if (letter.length > 1) throw new ExpressionError(`Must separate multiple arguments to ${name} using: ','`)
    if (letter === 'D') throw new ExpressionError(`${name} D is not supported because Solaris doors are not supported on the platform find was compiled on.`)
    if (!TYPES.includes(letter)) throw new ExpressionError(`Unknown argument to ${name}: ${letter}`)
  }
  const wanted = new Set(letters)
  if (name === '-type') return (e) => wanted.has(letterOf(e.stat.kind))
  return (e) => wanted.has(letterOf((e.other(settings.follow === 'always' ? 'lstat' : 'stat') ?? e.stat).kind))
}

/** The default syntax is Emacs's: `+` and `?` are operators, groups and alternatives take a backslash. */
const emacsToExtended = (pattern: string): string =>
  pattern.replace(/\[\^?\]?[^\]]*\]|\\[\s\S]|[(){}|]/g, (part) => (part.startsWith('[') ? part : part.startsWith('\\') ? (/[()|]/.test(part) ? part.slice(1) : part) : `\\${part}`))

const EXTENDED = new Set(['posix-extended', 'posix-egrep', 'egrep', 'posix-awk', 'awk', 'gnu-awk'])

function regex(pattern: string, letters: 'exact' | 'folded', settings: Settings): Predicate {
  const emacs = settings.regextype === 'findutils-default' || settings.regextype === 'emacs'
  const extended = emacs || EXTENDED.has(settings.regextype)
  const found = compile(emacs ? emacsToExtended(pattern) : pattern, { syntax: extended ? 'ere' : 'bre', icase: letters === 'folded' })
  return (e) => {
    const match = found.exec(e.path)?.[0]
    return match !== undefined && match[0] === 0 && match[1] === e.path.length
  }
}

function newer(reference: Timespec, stamp: (s: Stat) => Timespec | undefined): Predicate {
  return (e) => {
    const time = stamp(e.stat)
    return time !== undefined && later(time, reference)
  }
}

function statOf(sys: Sys, path: string, settings: Settings): Stat {
  try {
    return settings.follow === 'never' ? sys.lstat(path) : sys.stat(path)
  } catch (error) {
    throw new ExpressionError(`${settings.quote(path)}: ${reason(error)}`)
  }
}

function* owner(text: string, kind: 'user' | 'group', view: View, settings: Settings): Run<Predicate> {
  const names = yield* accounts(view.sys)
  const id = (kind === 'user' ? names.users : names.groups).find((r) => r.name === text)?.id ?? (/^\d+$/.test(text) ? Number(text) : undefined)
  if (id === undefined) throw new ExpressionError(kind === 'user' ? `${settings.quote(text)} is not the name of a known user` : `${settings.quote(text)} is not the name of an existing group`)
  return kind === 'user' ? (e) => e.stat.uid === id : (e) => e.stat.gid === id
}

function isEmpty(sys: Sys, e: Entry): boolean {
  if (e.stat.kind === 'file') return e.stat.size === 0
  if (e.stat.kind !== 'dir') return false
  try {
    return sys.readdir(e.path).length === 0
  } catch (error) {
    if (!isErrno(error)) throw error
    return false
  }
}

function named(pattern: string, name: string, letters: 'exact' | 'folded', settings: Settings): Predicate {
  if (pattern.includes('/') && pattern !== '/') {
    settings.warn(`${settings.quote(name)} matches against basenames only, but the given pattern contains a directory separator (${settings.quote('/')}), thus the expression will evaluate to false all the time.  Did you mean ${settings.quote(name === '-name' ? '-wholename' : '-iwholename')}?`)
  }
  return (e) => fnmatch(pattern, e.name, { icase: letters === 'folded' })
}

/** The predicate of a test; undefined where `name` is none. */
export function* makeTest(name: string, args: Arguments, view: View, settings: Settings): Run<Predicate | undefined> {
  const { sys, now } = view
  const stampOf = (letter: string | undefined): ((s: Stat) => Timespec | undefined) => STAMPS[letter ?? ''] ?? ((s) => s.mtime)
  switch (name) {
    case '-name': return named(args.take(), name, 'exact', settings)
    case '-iname': return named(args.take(), name, 'folded', settings)
    case '-path': case '-wholename': case '-ipath': case '-iwholename': {
      const pattern = args.take()
      return (e) => fnmatch(pattern, e.path, { icase: name.startsWith('-i') })
    }
    case '-lname': case '-ilname': {
      const pattern = args.take()
      return (e) => {
        const target = e.target
        return target !== '' && fnmatch(pattern, target, { icase: name === '-ilname' })
      }
    }
    case '-regex': return regex(args.take(), 'exact', settings)
    case '-iregex': return regex(args.take(), 'folded', settings)
    case '-type': case '-xtype': return typeTest(args.take(), name, settings)
    case '-size': return size(args.take())
    case '-empty': return (e) => (e.stat.kind === 'file' || e.stat.kind === 'dir') && isEmpty(sys, e)
    case '-perm': return permission(args.take(), settings)
    case '-user': return yield* owner(args.take(), 'user', view, settings)
    case '-group': return yield* owner(args.take(), 'group', view, settings)
    case '-nouser': return (e) => view.names.user(e.stat.uid) === undefined
    case '-nogroup': return (e) => view.names.group(e.stat.gid) === undefined
    case '-uid': case '-gid': case '-inum': case '-links': {
      const compare = comparison(args.take(), name)
      if (name === '-uid') return (e) => compare(e.stat.uid)
      if (name === '-gid') return (e) => compare(e.stat.gid)
      return name === '-inum' ? (e) => compare(e.stat.ino) : (e) => compare(e.stat.nlink)
    }
    case '-amin': case '-cmin': case '-mmin': case '-atime': case '-ctime': case '-mtime': return age(args.take(), name, stampOf(name[1]), now, settings)
    case '-used': {
      const compare = comparison(args.take(), name)
      return (e) => compare(Math.ceil((seconds(e.stat.atime) - seconds(e.stat.ctime)) / 86_400))
    }
    case '-newer': return newer(statOf(sys, args.take(), settings).mtime, (s) => s.mtime)
    case '-anewer': return newer(statOf(sys, args.take(), settings).mtime, (s) => s.atime)
    case '-cnewer': return newer(statOf(sys, args.take(), settings).mtime, (s) => s.ctime)
    case '-samefile': {
      const path = args.take()
      const { dev, ino } = statOf(sys, path, settings)
      return (e) => e.stat.dev === dev && e.stat.ino === ino
    }
    case '-readable': return (e) => sys.access(e.path, { read: true })
    case '-writable': return (e) => sys.access(e.path, { write: true })
    case '-executable': return (e) => sys.access(e.path, { execute: true })
    case '-fstype': {
      const type = args.take()
      return (e) => sys.statfs(e.path).type === type
    }
    case '-true': return () => true
    case '-false': return () => false
  }
  const pair = /^-newer([aBcm])([aBcmt])$/.exec(name)
  if (!pair) return undefined
  const text = args.take()
  if (pair[2] === 't') {
    const time = parseDate(text, now, view.zone)
    if (!time) throw new ExpressionError(`I cannot figure out how to interpret ${settings.quote(text)} as a date or time`)
    return newer(time, stampOf(pair[1]))
  }
  const reference = stampOf(pair[2])(statOf(sys, text, settings))
  return reference ? newer(reference, stampOf(pair[1])) : () => false
}
