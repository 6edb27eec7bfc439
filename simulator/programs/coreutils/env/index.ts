/** env(1) of coreutils 9.1. */
import { closeout } from '../../closeout'
import { SIG, signalNumber } from '../../../kernel/signals'
import { isErrno } from '../../../kernel/errno'
import type { Io } from '../../program'
import { command, fail, type Options, wrongCall } from '../command'
import { locale, quoted, reason } from '../files'
import { runCommand } from '../run-command'
import { declare } from '../../options/declare'
import { parseOptions, UsageError } from '../../options/parse'
import { HELP, VERSION } from './help'
import { SplitProblem, splitString } from './split'

const FAILED = 125
const HIDDEN = '  -S, --split-string=S\n  --default-signal[=SIG]\n  --ignore-signal[=SIG]\n  --block-signal[=SIG]\n'

/** -S and what follows it become arguments of their own. */
function withSplit(io: Io, options: Options): { readonly options: Options; readonly told: string } {
  const split = options.given.find((g) => g.name === 'split-string')
  if (!split) return { options, told: '' }
  const before = options.given.slice(0, options.given.indexOf(split)).flatMap((g) => (g.value === undefined ? [g.name.length === 1 ? `-${g.name}` : `--${g.name}`] : [g.name.length === 1 ? `-${g.name}${g.value}` : `--${g.name}=${g.value}`]))
  try {
    const words = splitString(split.value ?? '', (name) => io.env(name))
    const told = options.has('v') ? `split -S:  ${locale(io, split.value ?? '')}\n${words.map((w, i) => `${i === 0 ? ' into:    ' : '     &    '}${locale(io, w)}\n`).join('')}` : ''
    return { options: parseOptions([...before, ...words, ...options.operands], declare([HIDDEN, HELP]), { stopAtOperand: true }), told }
  } catch (error) {
    if (error instanceof SplitProblem) return fail(io, error.message, FAILED)
    if (error instanceof UsageError) return wrongCall(io, error.message, FAILED)
    throw error
  }
}

export default command({
  unwritten: closeout(125),
  summary: 'run a program in a modified environment', help: HELP, version: VERSION, failure: FAILED, stopAtOperand: true, hidden: HIDDEN,
  *run(io, parsed) {
    const { sys } = io
    const { options, told } = withSplit(io, parsed)
    io.err(told)
    const say = (text: string): void => {
      if (options.has('v')) io.err(`${text}\n`)
    }
    const [first, ...after] = options.operands
    const operands = first === '-' ? after : options.operands
    const clean = options.has('i') || first === '-'
    if (clean) say('cleaning environ')
    const environment = new Map(clean ? [] : sys.env)
    for (const name of options.values('u')) {
      if (name === '' || name.includes('=')) return fail(io, `cannot unset ${locale(io, name)}: Invalid argument`, FAILED)
      if (!clean) say(`unset:    ${name}`)
      environment.delete(name)
    }
    let at = 0
    for (; at < operands.length && (operands[at] ?? '').includes('='); at++) {
      const text = operands[at] ?? ''
      const cut = text.indexOf('=')
      say(`setenv:   ${text}`)
      environment.set(text.slice(0, cut), text.slice(cut + 1))
    }
    const argv = operands.slice(at)
    const end = options.has('0') ? '\0' : '\n'
    if (argv.length > 0 && options.has('0')) return wrongCall(io, 'cannot specify --null (-0) with command', FAILED)
    const directory = options.value('C')
    if (directory !== undefined && argv.length === 0) return wrongCall(io, 'must specify command with --chdir (-C)', FAILED)
    signals(io, options)
    if (argv.length === 0) {
      for (const [name, value] of environment) io.out(`${name}=${value}${end}`)
      return 0
    }
    if (directory !== undefined) {
      say(`chdir:    ${quoted(directory)}`)
      try {
        sys.chdir(directory)
      } catch (error) {
        return fail(io, `cannot change directory to ${quoted(directory)}: ${reason(error)}`, FAILED)
      }
    }
    say(`executing: ${argv[0]}`)
    argv.forEach((arg, i) => {
      say(`   arg[${i}]= ${locale(io, arg)}`)
    })
    const code = yield* runCommand(io, sys, argv, 'bare', environment)
    if (code === 127 && /\s/.test(argv[0] ?? '')) io.err(`${io.name}: use -[v]S to pass options in shebang lines\n`)
    return code
  },
})

/** --ignore-signal and --default-signal, of the signals named or of all. */
function signals(io: Io, options: Options): void {
  for (const { name, value } of options.given) {
    if (name !== 'ignore-signal' && name !== 'default-signal' && name !== 'block-signal') continue
    const numbers = value === undefined ? Object.values(SIG) : value.split(',').filter((w) => w !== '').map((word) => signalNumber(word) ?? wrongCall(io, `${locale(io, word)}: invalid signal`, FAILED))
    if (name === 'block-signal') {
      io.sys.blockSignals(new Set(numbers))
      continue
    }
    for (const number of numbers) {
      try {
        io.sys.signal(number, name === 'ignore-signal' ? 'ignore' : 'default')
      } catch (error) {
        if (!isErrno(error)) throw error
      }
    }
  }
}
