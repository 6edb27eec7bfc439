/** seq(1) of coreutils 9.1. */
import { command, extraOperand, fail, missingOperand, wrongCall } from '../command'
import { locale } from '../files'
import { floating, formatC } from '../printf/format'
import type { Io } from '../../program'
import { HELP, VERSION } from './help'

interface Operand {
  readonly value: number
  /** Digits after the point; undefined where the form does not tell (hexadecimal). */
  readonly places: number | undefined
  readonly text: string
}

/** A number as strtold(3) reads it. */
function operand(io: Io, given: string): Operand {
  const text = given.trimStart().replace(/^\+/, '')
  const invalid = (): never => wrongCall(io, `invalid floating point argument: ${locale(io, given)}`)
  if (/^-?nan$/i.test(text)) return wrongCall(io, `invalid ${locale(io, 'not-a-number')} argument: ${locale(io, given)}`)
  const infinite = /^(-?)inf(inity)?$/i.exec(text)
  if (infinite) return { value: infinite[1] ? -Infinity : Infinity, places: 0, text }
  const hex = /^(-?)0x([0-9a-f]+)(?:\.([0-9a-f]*))?(?:p([-+]?\d+))?$/i.exec(text)
  if (hex) {
    const whole = Number.parseInt(hex[2] ?? '0', 16) + (hex[3] ? Number.parseInt(hex[3], 16) / 16 ** hex[3].length : 0)
    return { value: (hex[1] ? -1 : 1) * whole * 2 ** Number(hex[4] ?? 0), places: hex[3] === undefined && hex[4] === undefined ? 0 : undefined, text }
  }
  const decimal = /^-?(?:\d+(?:\.(\d*))?|\.(\d+))(?:e([-+]?\d+))?$/i.exec(text)
  if (!decimal) return invalid()
  const fraction = (decimal[1] ?? decimal[2] ?? '').length
  return { value: Number(text), places: Math.max(0, fraction - Number(decimal[3] ?? 0)), text }
}

/** -f: one directive for a floating number, and nothing else. */
function checkFormat(io: Io, format: string): void {
  const said = `format ${locale(io, format)}`
  const found = /^(?:[^%]|%%)*%([-'+ #0]*)(\d*)(?:\.(\d*))?(L?)(.?)/s.exec(format)
  if (!found) return fail(io, `${said} has no % directive`)
  const letter = found[5] ?? ''
  if (letter === '') return fail(io, `${said} ends in %`)
  if (!/[efgaEFGA]/.test(letter)) return fail(io, `${said} has unknown %${letter} directive`)
  if (/%/.test(format.slice(found[0].length).replaceAll('%%', ''))) fail(io, `${said} has too many % directives`)
}

export default command({
  summary: 'print a sequence of numbers',
  help: HELP, version: VERSION,
  rewrite: (args) => {
    // A negative number is an operand, not a bundle of options.
    const out: string[] = []
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? ''
      if (arg === '--' || /^-\.?\d/.test(arg) || !arg.startsWith('-')) return [...out, ...(arg === '--' ? [] : ['--']), ...args.slice(i)]
      out.push(arg)
      if (/^(-[fs]|--format|--separator)$/.test(arg) && i + 1 < args.length) out.push(args[++i] ?? '')
    }
    return out
  },
  *run(io, options) {
    const { operands } = options
    const format = options.value('f')
    if (operands.length === 0) return missingOperand(io, [])
    if (operands[3] !== undefined) return extraOperand(io, operands[3])
    if (format !== undefined) checkFormat(io, format)
    const equal = options.has('w')
    if (format !== undefined && equal) return wrongCall(io, 'format string may not be specified when printing equal width strings')
    const numbers = operands.map((text) => operand(io, text))
    const one: Operand = { value: 1, places: 0, text: '1' }
    const first = numbers.length > 1 ? (numbers[0] ?? one) : one
    const step = numbers.length > 2 ? (numbers[1] ?? one) : one
    const last = numbers.at(-1) ?? one
    if (step.value === 0) return wrongCall(io, `invalid Zero increment value: ${locale(io, operands[1] ?? '')}`)
    const separator = options.value('s') ?? '\n'
    const known = first.places !== undefined && step.places !== undefined && last.places !== undefined
    const places = Math.max(first.places ?? 0, step.places ?? 0)
    const whole = format === undefined && known && places === 0 && /^-?\d+$/.test(first.text) && /^-?\d+$/.test(step.text) && /^-?\d+$/.test(last.text)
    let out = ''
    let some = false
    const put = (text: string): void => {
      out += some ? separator + text : text
      some = true
    }
    const drain = function* () {
      if (out.length <= 32768) return
      io.out(out)
      out = ''
      if (io.sys.spend(200)) yield 'preempted' as const
      yield* io.drain()
    }
    if (whole && !(Number.isSafeInteger(first.value) && Number.isSafeInteger(last.value))) {
      const [by, to] = [BigInt(step.text), BigInt(last.text)]
      for (let n = BigInt(first.text); by > 0n ? n <= to : n >= to; n += by) {
        put(String(n))
        yield* drain()
      }
    } else {
      const end = Number.isFinite(last.value) ? first.value + Math.floor((last.value - first.value) / step.value + 1e-9) * step.value : first.value
      const width = equal && known ? Math.max(first.value.toFixed(places).length, end.toFixed(places).length, /^-/.test(first.text) && places === 0 ? first.value.toFixed(0).length : 0) : 0
      const show = (n: number): string => {
        if (format !== undefined) return formatC(format, [Object.is(n, -0) ? '-0' : String(n)]).text
        if (!known) return floating(n, 'g', 6)
        const text = Object.is(n, -0) ? `-${(0).toFixed(places)}` : n.toFixed(places)
        return width === 0 ? text : text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')
      }
      const slack = Math.abs(step.value) * 1e-10
      const plain = whole && width === 0
      for (let i = 0; ; i++) {
        const n = i === 0 && first.text === '-0' ? -0 : first.value + i * step.value
        if (step.value > 0 ? n > last.value + slack : n < last.value - slack) break
        put(plain && !Object.is(n, -0) ? String(n) : show(n))
        yield* drain()
      }
    }
    io.out(some ? `${out}\n` : out)
    return 0
  },
})
