/** seq(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { locale } from '../files'
import { formatC } from '../printf/format'
import { HELP, VERSION } from './help'

const decimals = (text: string): number => /\.(\d*)/.exec(text)?.[1]?.length ?? 0

export default command({
  summary: 'print a sequence of numbers',
  help: HELP, version: VERSION,
  rewrite: (args) => {
    // A negative number is an operand, not a bundle of options.
    const at = args.findIndex((a) => /^-\.?\d/.test(a))
    const barrier = args.indexOf('--')
    return at < 0 || (barrier >= 0 && barrier < at) ? args : [...args.slice(0, at), '--', ...args.slice(at)]
  },
  *run(io, options) {
    const operands = options.operands
    if (operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    if (operands.length > 3) {
      io.err(`${io.name}: extra operand ${locale(io, operands[3] ?? '')}\n`)
      return usageError(io)
    }
    for (const text of operands) {
      if (text.trim() === '' || Number.isNaN(Number(text.replace(/^\+/, '').replace(/^(-?)inf(inity)?$/i, '$1Infinity')))) {
        io.err(`${io.name}: invalid floating point argument: ${locale(io, text)}\n`)
        return usageError(io)
      }
    }
    const number = (text: string): number => Number(text.replace(/^\+/, '').replace(/^(-?)inf(inity)?$/i, '$1Infinity'))
    const firstText = operands.length > 1 ? (operands[0] ?? '1') : '1'
    const stepText = operands.length > 2 ? (operands[1] ?? '1') : '1'
    const lastText = operands.at(-1) ?? '1'
    const [first, step, last] = [number(firstText), number(stepText), number(lastText)]
    if (step === 0) {
      io.err(`${io.name}: invalid Zero increment value: ${locale(io, stepText)}\n`)
      return usageError(io)
    }
    const separator = options.value('s') ?? '\n'
    const places = Math.max(decimals(firstText), decimals(stepText))
    const width = options.has('w') ? Math.max(first.toFixed(places).length, Number.isFinite(last) ? (first + Math.floor((last - first) / step) * step).toFixed(places).length : 0) : 0
    const format = options.value('f')
    const show = (n: number): string => {
      if (format !== undefined) return formatC(format, [String(n)]).text
      const text = n.toFixed(places)
      return width === 0 ? text : text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')
    }
    const slack = Math.abs(step) * 1e-10
    const plain = format === undefined && places === 0 && width === 0
    let out = ''
    let some = false
    for (let i = 0; ; i++) {
      const n = first + i * step
      if (step > 0 ? n > last + slack : n < last - slack) break
      out += `${some ? separator : ''}${plain ? n : show(n)}`
      some = true
      if (out.length > 32768) {
        io.out(out)
        out = ''
        if (io.sys.spend(200)) yield 'preempted'
        yield* io.drain()
      }
    }
    io.out(some ? `${out}\n` : out)
    return 0
  },
})
