/** Functions that only compute (gawk.info, "Built-in"): text, numbers, bits, time. Those that touch arrays, targets or streams are compiled in `compile.ts`. */
import { strftime } from '../../coreutils/date/strftime'
import type { Match, Regex } from '../../../regex'
import { matchesIn } from '../../../regex/matches'
import type { Machine } from './machine'
import { lengthOf, numberIn, toNumber, type Value } from './values'

export type Builtin = (machine: Machine, args: readonly Value[]) => Value

const number = (args: readonly Value[], i: number): number => toNumber(args[i])

function substr(m: Machine, args: readonly Value[]): string {
  const text = m.text(args[0])
  let length = Infinity
  if (args.length > 2) {
    length = number(args, 2)
    if (!(length >= 1)) return ''
    length = Math.trunc(length)
  }
  const start = number(args, 1)
  const from = start >= 1 ? Math.trunc(start) - 1 : 0
  if (lengthOf(text) === text.length) return text.slice(from, length === Infinity ? undefined : from + length)
  return [...text].slice(from, length === Infinity ? undefined : from + length).join('')
}

/** An offset in UTF-16 units as a count of characters. */
export const characters = (text: string, units: number): number => lengthOf(text.slice(0, units))

function index(m: Machine, args: readonly Value[]): number {
  const text = m.text(args[0])
  const wanted = m.text(args[1])
  const at = m.letters === 'folded' ? text.toLowerCase().indexOf(wanted.toLowerCase()) : text.indexOf(wanted)
  return at < 0 ? 0 : characters(text, at) + 1
}

function bits(m: Machine, name: string, args: readonly Value[], join: (a: bigint, b: bigint) => bigint): number {
  if (args.length < 2) m.fatal(`${name}: called with less than two arguments`)
  const words = args.map((value, i) => {
    const n = toNumber(value)
    if (n < 0) m.fatal(`${name}: argument ${i + 1} negative value ${m.text(n)} is not allowed`)
    return BigInt(Math.trunc(Number.isFinite(n) ? n : 0))
  })
  return Number(words.reduce(join))
}

function shift(m: Machine, name: 'lshift' | 'rshift', args: readonly Value[]): number {
  const value = number(args, 0)
  const by = number(args, 1)
  if (value < 0 || by < 0) m.fatal(`${name}(${value.toFixed(6)}, ${by.toFixed(6)}): negative values are not allowed`)
  const word = BigInt(Math.trunc(value))
  const places = BigInt(Math.trunc(by))
  return Number(name === 'lshift' ? BigInt.asUintN(64, word << places) : word >> places)
}

function strtonum(text: string): number {
  const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]+(?![89.eE\d]))/.exec(text)
  if (!found) return numberIn(text)
  const digits = found[2] ?? '0'
  const value = /^0[xX]/.test(digits) ? Number(digits) : Number.parseInt(digits, 8)
  return found[1] === '-' ? -value : value
}

function mktime(m: Machine, args: readonly Value[]): number {
  const parts = m.text(args[0]).trim().split(/[ \t]+/)
  if (parts.length < 6 || parts.slice(0, 6).some((p) => !/^[-+]?\d+$/.test(p))) return -1
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  return Date.UTC(2000, month - 1, day, hour, minute, second) / 1000 + (Date.UTC(year, 0, 1) - Date.UTC(2000, 0, 1)) / 1000 + leapShift(year, month, day)
}

/** The years before `year` may be leap where 2000 is not asked: the days from January on are those of `year`. */
function leapShift(year: number, month: number, day: number): number {
  const there = Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)
  const here = Date.UTC(2000, month - 1, day) - Date.UTC(2000, 0, 1)
  return (there - here) / 1000
}

function formatTime(m: Machine, args: readonly Value[]): string {
  const format = args.length > 0 ? m.text(args[0]) : '%a %b %e %H:%M:%S %Z %Y'
  const sec = args.length > 1 ? Math.trunc(number(args, 1)) : m.io.sys.now().sec
  return strftime(format, { sec, nsec: 0 })
}

/** towlower(3), towupper(3): letters whose other case is one letter too. */
function mapped(text: string, to: (character: string) => string): string {
  const whole = to(text)
  if (whole.length === text.length) return whole
  return Array.from(text, (c) => (to(c).length === c.length ? to(c) : c)).join('')
}

function logarithm(m: Machine, args: readonly Value[]): number {
  const n = number(args, 0)
  if (n < 0) m.warn(`log: received negative argument ${m.text(n)}`)
  return Math.log(n)
}

function exponential(m: Machine, args: readonly Value[]): number {
  const n = number(args, 0)
  const value = Math.exp(n)
  if (Number.isFinite(n) && (value === 0 || value === Infinity)) m.warn(`exp: argument ${m.text(n)} is out of range`)
  return value
}

function root(m: Machine, args: readonly Value[]): number {
  const n = number(args, 0)
  if (n < 0) m.warn(`sqrt: called with negative argument ${m.text(n)}`)
  return Math.sqrt(n)
}

function srand(m: Machine, args: readonly Value[]): number {
  const before = m.seed
  m.seed = args.length > 0 ? number(args, 0) : m.io.sys.now().sec
  m.random.seed(m.seed)
  return before
}

export const BUILTINS: { readonly [name: string]: Builtin } = {
  substr: substr,
  index: index,
  tolower: (m, args) => mapped(m.text(args[0]), (c) => c.toLowerCase()),
  toupper: (m, args) => mapped(m.text(args[0]), (c) => c.toUpperCase()),
  int: (_, args) => Math.trunc(number(args, 0)),
  sqrt: root,
  exp: exponential,
  log: logarithm,
  sin: (_, args) => Math.sin(number(args, 0)),
  cos: (_, args) => Math.cos(number(args, 0)),
  atan2: (_, args) => Math.atan2(number(args, 0), number(args, 1)),
  rand: (m) => m.random.rand(),
  srand: srand,
  systime: (m) => m.io.sys.now().sec,
  strftime: formatTime,
  mktime: mktime,
  and: (m, args) => bits(m, 'and', args, (a, b) => a & b),
  or: (m, args) => bits(m, 'or', args, (a, b) => a | b),
  xor: (m, args) => bits(m, 'xor', args, (a, b) => a ^ b),
  compl: (_, args) => Number(BigInt.asUintN(53, ~BigInt(Math.trunc(number(args, 0))))),
  lshift: (m, args) => shift(m, 'lshift', args),
  rshift: (m, args) => shift(m, 'rshift', args),
  strtonum: (m, args) => (typeof args[0] === 'number' ? args[0] : strtonum(m.text(args[0]))),
}

/** What `sub` and `gsub` put in: `&` is the match, `\\&` a literal one (gawk.info, "Gory Details", the POSIX rules). */
export function replacement(template: string, matched: string): string {
  if (!template.includes('&') && !template.includes('\\')) return template
  let out = ''
  for (let i = 0; i < template.length; i++) {
    const c = template[i] ?? ''
    if (c === '&') out += matched
    else if (c === '\\' && (template[i + 1] === '&' || template[i + 1] === '\\')) {
      // `\\&` is a backslash and the match, `\&` an ampersand; other backslashes stay.
      let run = i
      while (template[run] === '\\') run++
      const count = run - i
      if (template[run] === '&') {
        out += '\\'.repeat(Math.floor(count / 2))
        if (count % 2 === 1) {
          out += '&'
          i = run
        } else i = run - 1
      } else {
        out += '\\'.repeat(count)
        i = run - 1
      }
    } else out += c
  }
  return out
}

/** gensub's template also knows `\0` to `\9`. */
export function groupReplacement(template: string, text: string, match: Match): string {
  let out = ''
  for (let i = 0; i < template.length; i++) {
    const c = template[i] ?? ''
    if (c === '&') out += text.slice(match[0]?.[0], match[0]?.[1])
    else if (c === '\\' && i + 1 < template.length) {
      const n = template[++i] ?? ''
      const group = /\d/.test(n) ? match[Number(n)] : undefined
      if (/\d/.test(n)) out += group && group[0] >= 0 ? text.slice(group[0], group[1]) : ''
      else out += n === '&' || n === '\\' ? n : `\\${n}`
    } else out += c
  }
  return out
}

/** Replaces matches; `which` chooses: all, or only the nth. */
export function replaceMatches(text: string, regex: Regex, which: number | 'all', make: (match: Match) => string): { text: string; count: number } {
  let out = ''
  let at = 0
  let seen = 0
  let count = 0
  for (const match of matchesIn(text, regex)) {
    seen++
    if (which !== 'all' && seen !== which) continue
    const [start, end] = match[0] ?? [0, 0]
    out += text.slice(at, start) + make(match)
    at = end
    count++
    if (which !== 'all') break
  }
  return { text: count > 0 ? out + text.slice(at) : text, count }
}
