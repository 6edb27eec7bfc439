/** gawk(1) 5.2.1, which is `awk` on the node. Sources: gawk.info, POSIX awk; recordings: shell/userland. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { RegexError } from '../../../regex'
import { declare } from '../../options/declare'
import { type Given, parseOptions, UsageError } from '../../options/parse'
import { Exit, type Io, program } from '../../program'
import { help, VERSION } from './help'
import { included, sourceText } from './include'
import { Interpreter } from './interpreter'
import type { Piece } from './lexer'

/** The options in the words of the shared parser; the help text lists them in two columns of its own. */
const OPTIONS = declare([`
  -f, --file=PROGFILE
  -F, --field-separator=FS
  -v, --assign=ASSIGNMENT
  -b, --characters-as-bytes
  -c, --traditional
  -C, --copyright
  -d[FILE], --dump-variables[=FILE]
  -D[FILE], --debug[=FILE]
  -e, --source=PROGRAM
  -E, --exec=FILE
  -g, --gen-pot
  -h, --help
  -i, --include=FILE
  -I, --trace
  -l, --load=LIBRARY
  -L[LEVEL], --lint[=LEVEL]
  -M, --bignum
  -N, --use-lc-numeric
  -n, --non-decimal-data
  -o[FILE], --pretty-print[=FILE]
  -O, --optimize
  -p[FILE], --profile[=FILE]
  -P, --posix
  -r, --re-interval
  -s, --no-optimize
  -S, --sandbox
  -t, --lint-old
  -V, --version
`])

const NOT_SIMULATED = new Set(['dump-variables', 'debug', 'gen-pot', 'trace', 'bignum', 'pretty-print', 'profile', 'lint', 'lint-old', 'copyright'])

export default program({
  summary: 'pattern scanning and processing language',
  paths: ['/usr/bin/gawk', '/usr/bin/awk'],
  size: 713_152,
  *run(io) {
    const { given, operands } = options(io)
    const is = (name: string): boolean => given.some((g) => g.name === name)
    if (is('version')) {
      io.out(VERSION)
      return 0
    }
    if (is('help')) {
      io.out(help(io.name))
      return 0
    }
    const refused = given.find((g) => NOT_SIMULATED.has(g.name))
    if (refused) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const library = given.find((g) => g.name === 'load')?.value
    if (library !== undefined) {
      io.err(`${io.name}: fatal: cannot open shared library \`${library}' for reading: No such file or directory\n`)
      return 2
    }
    const pieces = yield* sources(io, given)
    let rest = operands
    if (pieces.length === 0) {
      const [first, ...others] = operands
      if (first === undefined) {
        io.err(help(io.name))
        return 1
      }
      pieces.push(...(yield* included(io, { name: 'cmd. line', text: first }, new Set())))
      rest = others
    }
    try {
      const interpreter = new Interpreter(io, pieces, rest, is('traditional') || is('posix') ? 'traditional' : 'gnu')
      for (const { name, value = '' } of given) {
        if (name === 'assign') interpreter.assign(value)
        if (name === 'field-separator') interpreter.separateBy(value)
      }
      return yield* interpreter.run()
    } catch (error) {
      if (error instanceof RegexError) io.err(`${io.name}: fatal: ${error.message}\n`)
      else throw error
      return 2
    }
  },
})

/** POSIX's form of long options: `-W version`, `-Wversion`. One that there is not is passed over. */
function withoutW(io: Io): string[] {
  const out: string[] = []
  for (let i = 0; i < io.args.length; i++) {
    const arg = io.args[i] ?? ''
    if (arg === '--' || !arg.startsWith('-')) return [...out, ...io.args.slice(i)]
    if (!arg.startsWith('-W')) {
      out.push(arg)
      if (/^-(?:[fFveEil]|-(?:file|field-separator|assign|source|exec|include|load))$/.test(arg)) out.push(io.args[++i] ?? '')
      continue
    }
    const word = arg === '-W' ? (io.args[++i] ?? '') : arg.slice(2)
    if ([...OPTIONS.long.keys()].some((name) => name.startsWith(word.split('=')[0] ?? ''))) out.push(`--${word}`)
    else io.err(`${io.name}: option \`-W ${word}' unrecognized, ignored\n`)
  }
  return out
}

function options(io: Io): { given: readonly Given[]; operands: readonly string[] } {
  try {
    return parseOptions(withoutW(io), OPTIONS, { stopAtOperand: true })
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const letter = /^option requires an argument -- '(.)'$/.exec(error.message)?.[1]
    if (letter) io.err(`${io.name}: option requires an argument -- ${letter}\n`)
    else if (/requires an argument|doesn't allow/.test(error.message)) io.err(`${io.name}: ${error.message}\n`)
    io.err(help(io.name))
    throw new Exit(1)
  }
}

/** Program text from -f, -e, -i, in their order. */
function* sources(io: Io, given: readonly Given[]): Run<Piece[]> {
  const pieces: Piece[] = []
  const seen = new Set<string>()
  for (const { name, value = '' } of given) {
    if (name === 'source') pieces.push(...(yield* included(io, { name: 'cmd. line', text: value }, seen)))
    if (name !== 'file' && name !== 'include' && name !== 'exec') continue
    try {
      const text = yield* sourceText(io, value)
      if (name !== 'include' || !seen.has(value)) pieces.push(...(yield* included(io, { name: value, text }, seen.add(value))))
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`${io.name}: fatal: cannot ${error.code === 'EISDIR' ? 'read' : 'open'} source file \`${value}'${error.code === 'EISDIR' ? '' : ' for reading'}: ${error.message}\n`)
      throw new Exit(2)
    }
  }
  return pieces
}
