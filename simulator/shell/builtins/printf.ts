/** `printf` (bash(1), SHELL BUILTIN COMMANDS). */
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import { backslashQuote } from '../expand/quote'
import { numericKey } from '../expand/parameter'
import { unescape } from '../lexing/ansi'
import { usage } from './options'
import { formatLong, longDouble, type LongDouble, strtold } from '../longdouble'
import type { Shell } from '../shell'
import { strftime } from '../strftime'

const DIRECTIVE = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:hh|h|ll|l|L|q|j|z|t)?([diouxXfFeEgGaAcsbqQ%]|\([^)]*\)T)/y

export default {
  name: 'printf',
  writes: true,
  *run(shell, { args }) {
    let at = 1
    let variable: string | undefined
    if (args[1] === '-v') {
      variable = args[2]
      at = 3
    } else if (args[1]?.startsWith('-v')) {
      variable = args[1].slice(2)
      at = 2
    }
    const word = args[at] ?? ''
    if (word === '--') at++
    else if (word.startsWith('-') && word !== '-' && shell.dialect === 'bash') return yield* usage(shell, 'printf', `${word.slice(0, 2)}: invalid option`, 'printf [-v var] format [arguments]')
    const format = args[at]
    if (format === undefined) {
      yield* shell.write(2, `${shell.dialect === 'dash' ? '' : ''}printf: usage: printf [-v var] format [arguments]\n`)
      return 2
    }
    const done = yield* render(shell, format, args.slice(at + 1))
    if (variable !== undefined) {
      const element = /^([A-Za-z_]\w*)\[(.*)\]$/.exec(variable)
      if (element) {
        const target = shell.vars.find(element[1] as string)
        shell.assignElement(element[1] as string, target?.map ? (element[2] as string) : numericKey(shell, target, variable, element[2] as string), done.text)
      } else if (/^[A-Za-z_]\w*$/.test(variable)) shell.assign(variable, done.text)
      else {
        yield* shell.error(`printf: \`${variable}': not a valid identifier`)
        return 2
      }
    } else if (done.text !== '') yield* shell.sys.write(1, encode(done.text))
    return done.status
  },
} satisfies Builtin

function* render(shell: Shell, format: string, values: readonly string[]): Run<{ text: string; status: number }> {
  let out = ''
  let status = 0
  let next = 0
  const complain = function* (message: string): Run {
    yield* shell.error(`printf: ${message}`)
    status = 1
  }
  const number = function* (text: string, how = '*'): Run<bigint> {
    if (text === '') return 0n
    if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0)
    const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)
    if (!found || found[0].length < text.length) yield* complain(`${text}: invalid ${/^0[89]/.test(text) ? 'octal ' : ''}number`)
    if (!found) return 0n
    const digits = found[2] as string
    const value = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits)
    const whole = found[1] === '-' ? -value : value
    const [low, high] = /[di*]/.test(how) ? SIGNED : UNSIGNED
    if (whole >= low && whole <= high) return whole
    yield* shell.error(`printf: warning: ${text}: Numerical result out of range`)
    return whole < low ? low : high
  }
  for (let first = true; first || next < values.length; first = false) {
    const before = next
    for (let i = 0; i < format.length; ) {
      const c = format[i] as string
      if (c === '\\') {
        const piece = /^\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0[0-7]{0,2}|[0-7]{1,3}|[\s\S])/.exec(format.slice(i))?.[0] ?? '\\'
        if (piece === '\\c' && shell.dialect === 'bash') {
          out += piece
          i += 2
          continue
        }
        const made = unescape(piece, piece === '\\0' || !/^\\0/.test(piece) ? (/^\\c/.test(piece) ? 'printf' : 'ansi') : 'ansi')
        if (made.stop) return { text: out, status }
        out += made.text
        i += piece.length
        continue
      }
      if (c !== '%') {
        out += c
        i++
        continue
      }
      DIRECTIVE.lastIndex = i
      const found = DIRECTIVE.exec(format)
      if (!found) {
        const bad = /^%[-+ #0'\d.*]*[hlLqjzt]*(.?)/.exec(format.slice(i))
        if (bad?.[1]) yield* complain(`\`${bad[1]}': invalid format character`)
        else yield* complain(`\`${format.slice(i)}': missing format character`)
        return { text: out, status: 1 }
      }
      i += found[0].length
      const [whole, flagText = '', widthText, precisionText, kind = 's'] = found
      if (kind === '%' && whole !== '%%') {
        yield* complain("`%': invalid format character")
        return { text: out, status: 1 }
      }
      if (kind === '%') {
        out += '%'
        continue
      }
      let flags = flagText
      let width = widthText === '*' ? Number(yield* number(values[next++] ?? '')) : Number(widthText ?? 0)
      if (width < 0) {
        flags += '-'
        width = -width
      }
      let precision = precisionText === '*' ? Number(yield* number(values[next++] ?? '')) : precisionText !== undefined ? Number(precisionText) : /\.(?:[a-zA-Z])/.test(whole) ? 0 : undefined
      if (precision !== undefined && precision < 0) precision = undefined
      const value = values[next]
      next++
      let text: string
      switch (kind) {
        case 'd':
        case 'i':
          text = integer(yield* number(value ?? '', kind), 10, precision, flags)
          break
        case 'u':
          text = integer(BigInt.asUintN(64, yield* number(value ?? '', kind)), 10, precision, flags.replace(/[+ ]/g, ''))
          break
        case 'o':
        case 'x':
        case 'X': {
          const unsigned = BigInt.asUintN(64, yield* number(value ?? '', kind))
          text = integer(unsigned, kind === 'o' ? 8 : 16, precision, flags.replace(/[+ ]/g, ''))
          if (flags.includes('#') && unsigned !== 0n) text = (kind === 'o' ? '0' : '0x') + text
          if (kind === 'X') text = text.toUpperCase()
          break
        }
        case 'c':
          text = [...(value ?? '')][0] ?? '\0'
          break
        case 's':
          text = value ?? ''
          if (precision !== undefined) text = [...text].slice(0, precision).join('')
          break
        case 'b': {
          const made = unescape(value ?? '', 'printf')
          text = made.text
          if (made.stop) return { text: out + pad(text, width, flags, 'text'), status }
          break
        }
        case 'q':
        case 'Q':
          text = backslashQuote(value ?? '')
          break
        default:
          if (kind.startsWith('(')) text = strftime(kind.slice(1, -2), value === undefined || value === '-1' ? shell.sys.now().sec : value === '-2' ? shell.startedAt : Number(yield* number(value)))
          else {
            const constant = value === undefined || value === '' ? 0 : /^["']/.test(value) ? (value.codePointAt(1) ?? 0) : undefined
            let real = longDouble(constant ?? 0)
            if (constant === undefined && value !== undefined) {
              const found = strtold(value)
              if (found.length < value.length) yield* complain(`${value}: invalid number`)
              real = found.value
            }
            text = float(real, kind, precision, flags)
          }
      }
      out += pad(text, width, flags, /[diouxX]/.test(kind) ? (precision === undefined ? 'number' : 'text') : /[fegFEGaA]/.test(kind) ? 'number' : 'text')
    }
    if (next === before) break
  }
  return { text: out, status }
}

function pad(text: string, width: number, flags: string, kind: 'number' | 'text'): string {
  const length = [...text].length
  if (length >= width) return text
  const fill = width - length
  if (flags.includes('-')) return text + ' '.repeat(fill)
  if (flags.includes('0') && kind === 'number') {
    const sign = /^[-+ ]?(?:0[xX])?/.exec(text)?.[0] ?? ''
    return sign + '0'.repeat(fill) + text.slice(sign.length)
  }
  return ' '.repeat(fill) + text
}

function integer(value: bigint, base: number, precision: number | undefined, flags: string): string {
  const digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 1, '0')
  return (value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + (precision === 0 && value === 0n ? '' : digits)
}

/** A number of floating point with the sign that the flags ask for. */
function float(value: LongDouble, kind: string, precision: number | undefined, flags: string): string {
  const text = formatLong(value, kind, precision, flags)
  return value.negative ? text : `${flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${text}`
}

const SIGNED: readonly [bigint, bigint] = [-(1n << 63n), (1n << 63n) - 1n]
const UNSIGNED: readonly [bigint, bigint] = [-((1n << 64n) - 1n), (1n << 64n) - 1n]
