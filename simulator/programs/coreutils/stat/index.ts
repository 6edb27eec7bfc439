/** stat(1) of coreutils 9.1: a format is a list of directives, each a row of a table. */
import type { Run } from '../../../kernel/run'
import type { FileKind, Stat, StatFs } from '../../../kernel/sys'
import type { Timespec } from '../../../kernel/time'
import type { Io } from '../../program'
import { type Accounts, accounts } from '../accounts'
import { argmatch, command, fail, wrongCall } from '../command'
import { strftime } from '../date/strftime'
import { majorOf, makedev, minorOf } from '../devices'
import { locale, quoted, reason } from '../files'
import { magicOf, nameOf } from '../filesystems'
import { modeString, TYPE_BITS } from '../modes'
import { escapeAt } from '../printf/format'
import { shellEscape } from '../quoting'
import { zoneOf } from '../../libc/timezone'
import { mountPointOf } from '../mounts'
import { HELP, VERSION } from './help'

const FILE = '  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n'
const LATER = 'Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n'
const DEFAULT = `${FILE}Device: %Hd,%Ld\tInode: %-10i  Links: %h\n${LATER}`
const DEFAULT_DEVICE = `${FILE}Device: %Hd,%Ld\tInode: %-10i  Links: %-5h Device type: %Hr,%Lr\n${LATER}`
const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n'
const DEFAULT_FS = '  File: "%n"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s Fundamental block size: %S\nBlocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d\n'
const TERSE_FS = '%n %i %l %t %s %S %b %f %a %c %d\n'

/** What a directive gives: text, a number with how to write it, or a time. */
type Value = string | { readonly number: number | bigint; readonly as: 'signed' | 'unsigned' | 'octal' | 'hex' } | { readonly seconds: Timespec }

const unsigned = (number: number | bigint): Value => ({ number, as: 'unsigned' })
const hex = (number: number): Value => ({ number, as: 'hex' })

const KIND: { readonly [K in FileKind]: string } = {
  file: 'regular file', dir: 'directory', link: 'symbolic link', chr: 'character special file', blk: 'block special file', fifo: 'fifo', sock: 'socket',
}

interface Subject {
  readonly io: Io
  readonly name: string
  readonly stat: Stat
  readonly names: Accounts
  readonly zone: ReturnType<typeof zoneOf>
  /** How %N shows a name: as needed in the default format, always in one's own. */
  readonly quote: (name: string) => string
}

const human = (s: Subject, t: Timespec): string => strftime('%Y-%m-%d %H:%M:%S.%N %z', t, s.zone)
const BIRTHLESS: Timespec = { sec: 0, nsec: 0 }

const FILE_DIRECTIVES: { readonly [letter: string]: (s: Subject) => Value } = {
  a: ({ stat }) => ({ number: stat.mode, as: 'octal' }),
  A: ({ stat }) => modeString(stat.kind, stat.mode),
  b: ({ stat }) => unsigned(stat.blocks),
  B: () => unsigned(512),
  C: ({ io, name }) => {
    io.err(`${io.name}: failed to get security context of ${quoted(name)}: No data available\n`)
    return '?'
  },
  d: ({ stat }) => unsigned(makedev(stat.dev)),
  D: ({ stat }) => hex(makedev(stat.dev)),
  Hd: ({ stat }) => unsigned(majorOf(stat.dev)),
  Ld: ({ stat }) => unsigned(minorOf(stat.dev)),
  f: ({ stat }) => hex(stat.mode | TYPE_BITS[stat.kind]),
  F: ({ stat }) => (stat.kind === 'file' && stat.size === 0 ? 'regular empty file' : KIND[stat.kind]),
  g: ({ stat }) => unsigned(stat.gid),
  G: ({ stat, names }) => names.group(stat.gid) ?? 'UNKNOWN',
  h: ({ stat }) => unsigned(stat.nlink),
  i: ({ stat }) => unsigned(stat.ino),
  n: ({ name }) => name,
  N: ({ io, name, stat, quote }) => (stat.kind === 'link' ? `${quote(name)} -> ${quote(io.sys.readlink(name))}` : quote(name)),
  o: ({ stat }) => unsigned(stat.blksize),
  r: ({ stat }) => unsigned(makedev(stat.rdev)),
  R: ({ stat }) => hex(makedev(stat.rdev)),
  Hr: ({ stat }) => unsigned(majorOf(stat.rdev)),
  Lr: ({ stat }) => unsigned(minorOf(stat.rdev)),
  s: ({ stat }) => ({ number: stat.size, as: 'signed' }),
  t: ({ stat }) => hex(majorOf(stat.rdev)),
  T: ({ stat }) => hex(minorOf(stat.rdev)),
  u: ({ stat }) => unsigned(stat.uid),
  U: ({ stat, names }) => names.user(stat.uid) ?? 'UNKNOWN',
  w: (s) => (s.stat.btime ? human(s, s.stat.btime) : '-'),
  W: ({ stat }) => ({ seconds: stat.btime ?? BIRTHLESS }),
  x: (s) => human(s, s.stat.atime),
  X: ({ stat }) => ({ seconds: stat.atime }),
  y: (s) => human(s, s.stat.mtime),
  Y: ({ stat }) => ({ seconds: stat.mtime }),
  z: (s) => human(s, s.stat.ctime),
  Z: ({ stat }) => ({ seconds: stat.ctime }),
}

const FS_DIRECTIVES: { readonly [letter: string]: (fs: StatFs, name: string, id: number) => Value } = {
  a: (fs) => ({ number: fs.available, as: 'signed' }),
  b: (fs) => ({ number: fs.blocks, as: 'signed' }),
  c: (fs) => ({ number: fs.files, as: 'unsigned' }),
  d: (fs) => ({ number: fs.filesFree, as: 'signed' }),
  f: (fs) => ({ number: fs.free, as: 'signed' }),
  i: (_fs, _name, id) => hex(id),
  l: () => unsigned(255),
  n: (_fs, name) => name,
  s: (fs) => unsigned(fs.blockSize),
  S: (fs) => unsigned(fs.blockSize),
  t: (fs) => hex(magicOf(fs.type)),
  T: (fs) => nameOf(fs.type),
}

/** A directive's flags, width and precision applied to its value, as printf(3) would. */
function written(value: Value, flags: string, width: string, precision: string | undefined): string {
  let text: string
  let zero = flags.includes('0') && !flags.includes('-')
  if (typeof value === 'string') {
    text = precision === undefined ? value : value.slice(0, Number(precision.slice(1)))
    zero = false
  } else if ('seconds' in value) {
    text = String(value.seconds.sec)
    if (precision !== undefined) {
      const places = precision === '.' ? 9 : Number(precision.slice(1))
      if (places > 0) text += `.${String(value.seconds.nsec).padStart(9, '0').slice(0, places).padEnd(places, '0')}`
    }
  } else {
    const { number, as } = value
    text = number.toString(as === 'octal' ? 8 : as === 'hex' ? 16 : 10)
    if (flags.includes('#') && text !== '0') text = as === 'octal' ? `0${text}` : as === 'hex' ? `0x${text}` : text
    if (precision !== undefined) text = text.padStart(Number(precision.slice(1)), '0')
    if (as === 'signed' && number >= 0) text = flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text
  }
  const columns = Number(width)
  return flags.includes('-') ? text.padEnd(columns) : text.padStart(columns, zero ? '0' : ' ')
}

/** Fills a format in; `escapes` are those of --printf. */
function filled(io: Io, format: string, escapes: 'interpret' | 'keep', directive: (letter: string) => Value | undefined): string {
  let out = ''
  for (let i = 0; i < format.length; i++) {
    const c = format[i] ?? ''
    if (c === '\\' && escapes === 'interpret') {
      const next = format[i + 1]
      if (next === undefined) {
        io.err(`${io.name}: warning: backslash at end of format\n`)
        out += '\\'
        continue
      }
      const found = escapeAt(format, i + 1, 'octal')
      if (found.text?.startsWith('\\') && next !== '\\') {
        io.err(`${io.name}: warning: unrecognized escape '\\${next}'\n`)
        out += next
      } else out += found.text ?? 'c'
      i += found.length
      continue
    }
    if (c !== '%') {
      out += c
      continue
    }
    const spec = /^%([-'+ #0I]*)(\d*)(\.\d*)?([HL](?=[dr]))?(.?)/s.exec(format.slice(i))
    const [whole = '%', flags = '', width = '', precision, half = '', letter = ''] = spec ?? []
    i += whole.length - 1
    if (letter === '' || letter === '%') {
      if (whole.length > (letter === '' ? 1 : 2)) return fail(io, `${locale(io, whole).replace(/^[‘']|[’']$/g, "'")}: invalid directive`)
      out += '%'
      continue
    }
    const value = directive(half + letter)
    out += written(value ?? '?', value === undefined ? flags.replace('0', '') : flags, width, precision)
  }
  return out
}

export default command({
  summary: 'display file or file system status',
  help: HELP, version: VERSION, hidden: '  -c, --format=FORMAT\n',
  *run(io, options) {
    const { operands } = options
    if (operands.length === 0) return wrongCall(io, 'missing operand')
    const cached = options.value('cached')
    if (cached !== undefined) argmatch(io, cached, '--cached', [[['default'], 0], [['never'], 0], [['always'], 0]])
    const own = options.given.findLast((g) => g.name === 'format' || g.name === 'printf')
    const names = yield* accounts(io.sys)
    const zone = zoneOf(io.env('TZ'))
    let status = 0
    for (const name of operands) {
      const done = options.has('f') ? fileSystem(io, name, own, options.has('t')) : yield* file(io, name, own, options.has('t'), options.has('L'), names, zone)
      if (!done) status = 1
      yield* io.drain()
    }
    return status
  },
})

type Own = { readonly name: string; readonly value: string | undefined } | undefined
const newline = (own: Own): string => (own?.name === 'format' ? '\n' : '')

function* file(io: Io, name: string, own: Own, terse: boolean, follow: boolean, names: Accounts, zone: Subject['zone']): Run<boolean> {
  let stat: Stat
  try {
    stat = name === '-' ? io.sys.fstat(0) : follow ? io.sys.stat(name) : io.sys.lstat(name)
  } catch (error) {
    io.err(`${io.name}: cannot stat${name === '-' ? ' standard input' : `x ${quoted(name)}`}: ${reason(error)}\n`)
    return false
  }
  const point = yield* mountPointOf(io.sys, name)
  const format = own?.value ?? (terse ? TERSE : stat.kind === 'chr' || stat.kind === 'blk' ? DEFAULT_DEVICE : DEFAULT)
  const subject: Subject = { io, name, stat, names, zone, quote: own ? quoted : shellEscape }
  io.out(filled(io, format, own?.name === 'printf' ? 'interpret' : 'keep', (letter) => (letter === 'm' ? point : FILE_DIRECTIVES[letter]?.(subject))) + newline(own))
  return true
}

function fileSystem(io: Io, name: string, own: Own, terse: boolean): boolean {
  if (name === '-') {
    io.err(`${io.name}: using ${quoted('-')} to denote standard input does not work in file system mode\n`)
    return false
  }
  try {
    const fs = io.sys.statfs(name)
    const id = makedev(io.sys.stat(name).dev)
    io.out(filled(io, own?.value ?? (terse ? TERSE_FS : DEFAULT_FS), own?.name === 'printf' ? 'interpret' : 'keep', (letter) => FS_DIRECTIVES[letter]?.(fs, name, id)) + newline(own))
    return true
  } catch (error) {
    io.err(`${io.name}: cannot read file system information for ${quoted(name)}: ${reason(error)}\n`)
    return false
  }
}
