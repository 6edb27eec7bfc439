/** getopt(1) of util-linux 2.38.1: options of a script brought into order, quoted for the shell. */
import { closestream } from '../../closeout'
import type { Declared, Option } from '../../options/declare'
import { declare } from '../../options/declare'
import { type Options, parseOptions, UsageError } from '../../options/parse'
import { type Io, program } from '../../program'
import { HELP } from './help'

const OWN = declare(['  -a, --alternative\n  -l, --longoptions <longopts>\n  -n, --name <progname>\n  -o, --options <optstring>\n  -q, --quiet\n  -Q, --quiet-output\n  -s, --shell <shell>\n  -T, --test\n  -u, --unquoted\n  -h, --help\n  -V, --version'])

/** `ab:c::` and `foo,bar:,baz::`; `+` stops at the first operand, `-` keeps operands where they are. */
function declared(short: string, longs: readonly string[]): Declared {
  const letters = new Map<string, Option>()
  for (const [, letter = '', colons = ''] of short.replace(/^[+-]/, '').matchAll(/([^:])(:{0,2})/g)) letters.set(letter, { name: letter, argument: colons === '' ? 'none' : colons === ':' ? 'required' : 'optional' })
  const words = new Map<string, Option>()
  for (const list of longs)
    for (const word of list.split(/[, \t\n]+/).filter((w) => w !== '')) {
      const [, name = '', colons = ''] = /^([^:]*)(:{0,2})$/.exec(word) ?? []
      words.set(name, { name: `--${name}`, argument: colons === '' ? 'none' : colons === ':' ? 'required' : 'optional' })
    }
  return { short: letters, long: words }
}

function quote(text: string, how: 'sh' | 'csh' | 'plain'): string {
  if (how === 'plain') return text
  const inner = text.replaceAll("'", "'\\''")
  return `'${how === 'csh' ? inner.replace(/[!\n \t\r]/g, (c) => (c === '\n' ? "'\\n'" : `'\\${c}'`)) : inner}'`
}

export default program({
  unwritten: closestream(3),
  summary: 'parse command options (enhanced)',
  *run(io: Io) {
    const usage = (message: string): number => {
      io.err(`getopt: ${message}\nTry 'getopt --help' for more information.\n`)
      return 2
    }
    let args = [...io.args]
    let options: Options | undefined
    let short = ''
    if (args.length === 0) {
      if (io.env('GETOPT_COMPATIBLE') !== undefined) io.out(' --\n')
      return io.env('GETOPT_COMPATIBLE') !== undefined ? 0 : usage('missing optstring argument')
    }
    let how: 'sh' | 'csh' | 'plain' = 'sh'
    if (!(args[0] ?? '').startsWith('-')) {
      // The old form: the first word is the option string, nothing is quoted.
      how = 'plain'
      short = args.shift() ?? ''
    } else {
      try {
        options = parseOptions(args, OWN, { stopAtOperand: true })
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        return usage(error.message)
      }
      if (options.has('help')) {
        io.out(HELP)
        return 0
      }
      if (options.has('version')) {
        io.out('getopt from util-linux 2.38.1\n')
        return 0
      }
      if (options.has('test')) return 4
      const shell = options.value('shell') ?? 'bash'
      if (!/^(ba)?sh$|^t?csh$/.test(shell)) return usage('unknown shell after -s or --shell argument')
      how = options.has('unquoted') ? 'plain' : /csh$/.test(shell) ? 'csh' : 'sh'
      args = [...options.operands]
      const given = options.value('options')
      if (given === undefined && args.length === 0) return usage('missing optstring argument')
      short = given ?? (args.shift() ?? '')
    }
    const name = options?.value('name') ?? io.name
    const rules = declared(short, options?.values('longoptions') ?? [])
    if (options?.has('alternative')) args = args.map((arg) => (/^-[^-]/.test(arg) && [...rules.long.keys()].some((l) => l.startsWith(arg.slice(1).split('=')[0] ?? '')) && !rules.short.has(arg[1] ?? '') ? `-${arg}` : arg))
    let parsed: Options | undefined
    let words = args
    let wrong = 0
    const shown: string[] = []
    // What is wrong is told, and the rest goes on.
    for (;;) {
      try {
        parsed = parseOptions(words, rules, { stopAtOperand: short.startsWith('+') || io.env('POSIXLY_CORRECT') !== undefined })
        break
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        wrong = 1
        if (!options?.has('quiet')) io.err(`${name}: ${error.message}\n`)
        const bad = /'(--[^'=]*)|-- '(.)'/.exec(error.message)
        const at = words.findIndex((w) => (bad?.[1] !== undefined ? w.startsWith(bad[1]) : /^-[^-]/.test(w) && w.includes(bad?.[2] ?? '\0')))
        if (at < 0) break
        const word = words[at] ?? ''
        const rest = bad?.[1] !== undefined ? '' : word.replace(bad?.[2] ?? '', '')
        words = words.toSpliced(at, 1, ...(rest.length > 1 ? [rest] : []))
      }
    }
    for (const { name: option, value } of parsed?.given ?? []) {
      shown.push(option.startsWith('--') ? option : `-${option}`)
      const rule = option.startsWith('--') ? rules.long.get(option.slice(2)) : rules.short.get(option)
      if (rule && rule.argument !== 'none') shown.push(quote(value ?? '', how))
    }
    if (!options?.has('quiet-output')) io.out(` ${[...shown, '--', ...(parsed?.operands ?? []).map((o) => quote(o, how))].join(' ')}\n`)
    return wrong
  },
})
