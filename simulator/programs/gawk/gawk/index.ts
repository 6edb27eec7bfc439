/** gawk(1) 5.2.1, which is `awk` on the node. Sources: gawk.info, POSIX awk; recordings: shell/userland. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { RegexError } from '../../../regex'
import { declare } from '../../options/declare'
import { type Given, parseOptions, UsageError } from '../../options/parse'
import { Exit, type Io, program } from '../../program'
import { help, VERSION } from './help'
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

const NOT_SIMULATED = new Set(['dump-variables', 'debug', 'gen-pot', 'trace', 'load', 'bignum', 'pretty-print', 'profile', 'lint', 'lint-old', 'copyright'])

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
    const pieces = yield* sources(io, given)
    let rest = operands
    if (pieces.length === 0) {
      const [first, ...others] = operands
      if (first === undefined) {
        io.err(help(io.name))
        return 1
      }
      pieces.push({ name: 'cmd. line', text: first })
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

function options(io: Io): { given: readonly Given[]; operands: readonly string[] } {
  try {
    return parseOptions(io.args, OPTIONS, { stopAtOperand: true })
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
  for (const { name, value = '' } of given) {
    if (name === 'source') pieces.push({ name: 'cmd. line', text: value })
    if (name !== 'file' && name !== 'include' && name !== 'exec') continue
    try {
      if (value !== '-' && io.sys.stat(value).kind === 'dir') {
        io.err(`${io.name}: fatal: cannot read source file \`${value}': Is a directory\n`)
        throw new Exit(2)
      }
      pieces.push({ name: value, text: decode(yield* io.sys.readFile(value === '-' ? '/dev/stdin' : value)) })
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`${io.name}: fatal: cannot open source file \`${value}' for reading: ${error.message}\n`)
      throw new Exit(2)
    }
  }
  return pieces
}

