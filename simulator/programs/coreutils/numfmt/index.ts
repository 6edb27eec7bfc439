/** numfmt(1) of coreutils 9.1: numbers to and from forms for people. */
import type { Io } from '../../program'
import { argmatch, command, fail, type Options, wrongCall } from '../command'
import { parseList, selects } from '../cut/list'
import { LineReader, locale, openSource } from '../files'
import { HELP, VERSION } from './help'

const WRONG = 1
const CONVERSION_FAILED = 2
const LETTERS = 'KMGTPEZY'

type Scale = 'none' | 'auto' | 'si' | 'iec' | 'iec-i'
const FROM: readonly (readonly [readonly string[], Scale])[] = [[['none'], 'none'], [['auto'], 'auto'], [['si'], 'si'], [['iec'], 'iec'], [['iec-i'], 'iec-i']]
const TO: readonly (readonly [readonly string[], Scale])[] = [[['none'], 'none'], [['si'], 'si'], [['iec'], 'iec'], [['iec-i'], 'iec-i']]
type Rounding = 'up' | 'down' | 'from-zero' | 'towards-zero' | 'nearest'
const ROUNDINGS: readonly (readonly [readonly string[], Rounding])[] = (['up', 'down', 'from-zero', 'towards-zero', 'nearest'] as const).map((r) => [[r], r] as const)
type Invalid = 'abort' | 'fail' | 'warn' | 'ignore'
const INVALID: readonly (readonly [readonly string[], Invalid])[] = (['abort', 'fail', 'warn', 'ignore'] as const).map((r) => [[r], r] as const)

const EPSILON = 1e-9

function round(value: number, how: Rounding): number {
  const near = Math.round(value)
  if (Math.abs(value - near) < EPSILON * Math.max(1, Math.abs(value))) return near
  switch (how) {
    case 'up': return Math.ceil(value)
    case 'down': return Math.floor(value)
    case 'from-zero': return value < 0 ? Math.floor(value) : Math.ceil(value)
    case 'towards-zero': return Math.trunc(value)
    case 'nearest': return value < 0 ? -Math.round(-value) : Math.round(value)
  }
}

interface Format {
  readonly prefix: string
  readonly suffix: string
  readonly width: number
  readonly left: boolean
  readonly zero: boolean
  readonly grouping: boolean
  readonly precision: number | undefined
}

interface Rules {
  readonly from: Scale
  readonly to: Scale
  readonly fromUnit: number
  readonly toUnit: number
  readonly rounding: Rounding
  readonly suffix: string
  readonly padding: number
  readonly format: Format | undefined
  readonly grouping: boolean
  readonly invalid: Invalid
  readonly delimiter: string | undefined
}

class Conversion extends Error {}

/** A unit of --from-unit and --to-unit: a number with a multiplier of 1000 (or 1024 with `i`). */
function unit(io: Io, text: string | undefined): number {
  if (text === undefined) return 1
  const found = /^(\d*)(?:([KMGTPEZY])(i)?)?$/.exec(text)
  const value = found && text !== '' ? Number(found[1] || 1) * (found[2] ? (found[3] ? 1024 : 1000) ** (LETTERS.indexOf(found[2]) + 1) : 1) : 0
  return value > 0 ? value : fail(io, `invalid unit size: ${locale(io, text)}`)
}

function formatOf(io: Io, text: string): Format {
  const said = `format ${locale(io, text)}`
  const found = /^((?:[^%]|%%)*)%([-'0 ]*)(\d*)(\.(-?\d*))?(.?)((?:[^%]|%%)*)/s.exec(text)
  if (!found || !text.replaceAll('%%', '').includes('%')) return fail(io, `${said} has no % directive`)
  const [whole, prefix = '', flags = '', width = '', point, precision = '', letter = '', suffix = ''] = found
  if (letter === '') return fail(io, `${said} ends in %`)
  if (letter !== 'f') return fail(io, `invalid ${said}, directive must be %[0]['][-][N][.][N]f`)
  if (point !== undefined && precision.startsWith('-')) return fail(io, `invalid precision in ${said}`)
  if (whole.length < text.length) return fail(io, `${said} has too many % directives`)
  return {
    prefix: prefix.replaceAll('%%', '%'), suffix: suffix.replaceAll('%%', '%'), width: Number(width), left: flags.includes('-'), zero: flags.includes('0'), grouping: flags.includes("'"),
    precision: point === undefined ? undefined : Number(precision || 0),
  }
}

/** The number in a field, in plain units, with the digits after its point. */
function parse(io: Io, text: string, rules: Rules): { readonly value: number; readonly places: number } {
  const found = /^\s*(-?)(\d+)?(?:\.(\d*))?/.exec(text)
  const [head = '', sign = '', whole = '', fraction] = found ?? []
  if (whole === '' || (fraction === '' && head.endsWith('.'))) throw new Conversion(`invalid number: ${locale(io, text)}`)
  const digits = Number(`${sign}${whole}${fraction ? `.${fraction}` : ''}`)
  const rest = text.slice(head.length).replace(/^\s+(?=[KMGTPEZYk])/, '')
  if (rest === '') {
    return { value: digits, places: fraction?.length ?? 0 }
  }
  const letter = rest[0] === 'k' ? 'K' : (rest[0] ?? '')
  const power = LETTERS.indexOf(letter) + 1
  if (power === 0) throw new Conversion(`invalid suffix in input: ${locale(io, text)}`)
  if (rules.from === 'none') throw new Conversion(`rejecting suffix in input: ${locale(io, text)} (consider using --from)`)
  const tail = rest.slice(1)
  let base = rules.from === 'si' ? 1000 : 1024
  if (rules.from === 'auto') {
    base = tail.startsWith('i') ? 1024 : 1000
    if (tail !== '' && tail !== 'i') throw new Conversion(`invalid suffix in input ${locale(io, text)}: ${locale(io, tail)}`)
  } else if (rules.from === 'iec-i') {
    if (!tail.startsWith('i')) throw new Conversion(`missing 'i' suffix in input: ${locale(io, text)} (e.g Ki/Mi/Gi)`)
    if (tail !== 'i') throw new Conversion(`invalid suffix in input ${locale(io, text)}: ${locale(io, tail.slice(1))}`)
  } else if (tail !== '') throw new Conversion(`invalid suffix in input ${locale(io, text)}: ${locale(io, tail)}`)
  return { value: digits * base ** power, places: fraction?.length ?? 0 }
}

function shown(value: number, places: number, rules: Rules): string {
  const precision = rules.format?.precision
  let text: string
  if (rules.to === 'none') {
    const digits = precision ?? places
    const power = 10 ** digits
    text = (round(value * power, rules.rounding) / power).toFixed(digits)
  } else {
    const base = rules.to === 'si' ? 1000 : 1024
    let power = 0
    let v = value
    while (Math.abs(v) >= base && power < LETTERS.length) {
      v /= base
      power++
    }
    // One digit after the point below ten; what rounding makes a whole power moves up.
    const digits = precision ?? (Math.abs(v) < 10 && power > 0 && v !== 0 ? 1 : 0)
    const scale = 10 ** digits
    v = round(v * scale, rules.rounding) / scale
    if (Math.abs(v) >= base) {
      v /= base
      power++
    }
    const show = precision ?? (v !== 0 && Math.abs(v) < 10 && power > 0 ? 1 : 0)
    text = v.toFixed(show) + (power > 0 ? (LETTERS[power - 1] ?? '') : '') + (power > 0 && rules.to === 'iec-i' ? 'i' : '')
  }
  text += rules.suffix
  const width = rules.padding !== 0 ? Math.abs(rules.padding) : (rules.format?.width ?? 0)
  const left = rules.padding < 0 || (rules.format?.left ?? false)
  if (rules.format?.zero && !left && rules.padding === 0) {
    const sign = text.startsWith('-') ? '-' : ''
    text = sign + text.slice(sign.length).padStart(width - sign.length, '0')
  }
  text = left ? text.padEnd(width) : text.padStart(width)
  return `${rules.format?.prefix ?? ''}${text}${rules.format?.suffix ?? ''}`
}

export default command({
  summary: 'convert numbers from/to human-readable strings',
  help: HELP, version: VERSION,
  *run(io, options) {
    const rules = rulesOf(io, options)
    if (options.has('debug') && rules.from === 'none' && rules.to === 'none' && !rules.grouping && rules.padding === 0 && !rules.format) io.err(`${io.name}: no conversion option specified\n`)
    const fieldText = options.values('field')
    if (fieldText.length > 1) return fail(io, 'multiple field specifications')
    const list = fieldText[0] === undefined ? ([[1, 1]] as [number, number][]) : fieldText[0] === '-' ? ([[1, Infinity]] as [number, number][]) : parseList(fieldText[0], 'field', (t) => locale(io, t))
    if (typeof list === 'string') return wrongCall(io, list)
    const header = options.given.find((g) => g.name === 'header')
    let skip = 0
    if (header) {
      skip = header.value === undefined ? 1 : Number(header.value)
      if (header.value !== undefined && (!/^\d+$/.test(header.value) || skip === 0)) return fail(io, `invalid header value ${locale(io, header.value)}`)
    }
    const end = options.has('z') ? 0 : 10
    const newline = String.fromCharCode(end)
    let status = 0
    const line = (text: string, after: string): boolean => {
      const converted = convertLine(io, text, list, rules)
      if (!(converted.wrong && rules.invalid === 'abort')) io.out(converted.text + after)
      if (converted.wrong && (rules.invalid === 'abort' || rules.invalid === 'fail')) status = CONVERSION_FAILED
      return !(converted.wrong && rules.invalid === 'abort')
    }
    if (options.operands.length > 0) {
      for (const operand of options.operands) if (!line(operand, newline)) return CONVERSION_FAILED
      return status
    }
    const reader = new LineReader(yield* openSource(io.sys, '-'), end)
    for (let text = yield* reader.next(); text !== null; text = yield* reader.next()) {
      if (skip > 0) {
        skip--
        io.out(text + newline)
      } else if (!line(text, newline)) return CONVERSION_FAILED
      yield* io.drain()
    }
    return status
  },
})

function rulesOf(io: Io, options: Options): Rules {
  const formatText = options.value('format')
  const padding = options.value('padding')
  if (padding !== undefined && (!/^-?\d+$/.test(padding) || Number(padding) === 0)) return fail(io, `invalid padding value ${locale(io, padding)}`)
  const delimiter = options.value('d')
  if (delimiter !== undefined && [...delimiter].length > 1) return fail(io, 'the delimiter must be a single character')
  const grouping = options.has('grouping')
  const format = formatText === undefined ? undefined : formatOf(io, formatText)
  if (formatText !== undefined && grouping) return fail(io, '--grouping cannot be combined with --format')
  const to = options.value('to') === undefined ? 'none' : argmatch(io, options.value('to') ?? '', '--to', TO, WRONG)
  const from = options.value('from') === undefined ? 'none' : argmatch(io, options.value('from') ?? '', '--from', FROM, WRONG)
  if (grouping && to !== 'none') return fail(io, 'grouping cannot be combined with --to')
  return {
    from, to, fromUnit: unit(io, options.value('from-unit')), toUnit: unit(io, options.value('to-unit')), format, grouping, delimiter,
    rounding: options.value('round') === undefined ? 'from-zero' : argmatch(io, options.value('round') ?? '', '--round', ROUNDINGS, WRONG),
    invalid: options.value('invalid') === undefined ? 'abort' : argmatch(io, options.value('invalid') ?? '', '--invalid', INVALID, WRONG),
    suffix: options.value('suffix') ?? '', padding: Number(padding ?? 0),
  }
}

function convertLine(io: Io, text: string, list: readonly [number, number][], rules: Rules): { readonly text: string; readonly wrong: boolean } {
  let wrong = false
  const one = (field: string, autoPadding: boolean): string => {
    const lead = autoPadding ? (/^[ \t]*/.exec(field)?.[0].length ?? 0) : 0
    let body = field.trimStart()
    if (rules.suffix !== '' && body.length > rules.suffix.length && body.endsWith(rules.suffix)) body = body.slice(0, -rules.suffix.length)
    try {
      const { value, places } = parse(io, body, rules)
      const plain = rules.from === 'none' && rules.fromUnit === 1 && rules.toUnit === 1 ? places : /[KMGTPEZYk]/.test(body) ? 0 : places
      const out = shown((value * rules.fromUnit) / rules.toUnit, plain, rules)
      return lead > 0 && rules.padding === 0 && !rules.format ? out.padStart(field.length) : out
    } catch (error) {
      if (!(error instanceof Conversion)) throw error
      wrong = true
      if (rules.invalid !== 'ignore') io.err(`${io.name}: ${error.message}\n`)
      return field
    }
  }
  if (rules.delimiter !== undefined) return { text: text.split(rules.delimiter).map((f, i) => (selects(list, i + 1) && !(wrong && rules.invalid === 'abort') ? one(f, false) : f)).join(rules.delimiter), wrong }
  let out = ''
  let n = 0
  if (text === '') {
    const converted = one('', false)
    return { text: converted, wrong }
  }
  for (const [whole, blanks = '', field = ''] of text.matchAll(/([ \t]*)([^ \t]+|$)/g)) {
    if (whole === '') continue
    n++
    if (field === '') out += blanks
    else if (!selects(list, n)) out += whole
    else if (n === 1) out += one(whole, true)
    else {
      // The first blank parts the fields; more of them are the field's own padding.
      out += (blanks[0] ?? '') + one(blanks.slice(1) + field, blanks.length > 1)
    }
  }
  return { text: out, wrong }
}

