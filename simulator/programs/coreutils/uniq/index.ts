/** uniq(1) of coreutils 9.1. */
import { argmatch, command, extraOperand, fail, type Options, wrongCall } from '../command'
import { LineReader, openSource, reason, shown } from '../files'
import type { Io } from '../../program'
import { HELP, VERSION } from './help'

type Separation = 'none' | 'prepend' | 'separate' | 'append' | 'both'
const REPEATED: readonly (readonly [readonly string[], Separation])[] = [[['none'], 'none'], [['prepend'], 'prepend'], [['separate'], 'separate']]
const GROUPS: readonly (readonly [readonly string[], Separation])[] = [[['prepend'], 'prepend'], [['append'], 'append'], [['separate'], 'separate'], [['both'], 'both']]

const COUNT_WIDTH = 7

/** What of a line is compared. */
function keyOf(line: string, fields: number, skipped: number, checked: number, ignoreCase: boolean): string {
  let at = 0
  for (let f = 0; f < fields && at < line.length; f++) at += /^[ \t\n]*[^ \t\n]*/.exec(line.slice(at))?.[0].length ?? 0
  const text = line.slice(at + skipped, checked === Infinity ? undefined : at + skipped + checked)
  return ignoreCase ? text.replace(/[a-z]/g, (c) => c.toUpperCase()) : text
}

function size(io: Io, options: Options, letter: string, what: string): number | undefined {
  const text = options.value(letter)
  if (text === undefined) return undefined
  return /^\s*\+?\d+$/.test(text) ? Number(text) : fail(io, `${text}: invalid number of ${what}`)
}

export default command({
  summary: 'report or omit repeated lines',
  help: HELP, version: VERSION, hidden: '  -D\n  --all-repeated[=METHOD]\n  --group[=METHOD]\n',
  rewrite: (args) => args.flatMap((a) => (/^-\d+$/.test(a) ? ['-f', a.slice(1)] : /^\+\d+$/.test(a) ? ['-s', a.slice(1)] : [a])),
  *run(io, options) {
    const fields = size(io, options, 'f', 'fields to skip') ?? 0
    const skipped = size(io, options, 's', 'bytes to skip') ?? 0
    const checked = size(io, options, 'w', 'bytes to compare') ?? Infinity
    let all: Separation | undefined
    let group: Separation | undefined
    for (const { name, value } of options.given) {
      if (name === 'D') all = 'none'
      if (name === 'all-repeated') all = value === undefined ? 'none' : argmatch(io, value, '--all-repeated', REPEATED)
      if (name === 'group') group = value === undefined ? 'separate' : argmatch(io, value, '--group', GROUPS)
    }
    const [input = '-', output, extra] = options.operands
    if (extra !== undefined) return extraOperand(io, extra)
    const counts = options.has('c')
    if (group && (counts || options.has('d', 'u') || all)) return wrongCall(io, '--group is mutually exclusive with -c/-d/-D/-u')
    if (all && counts) return wrongCall(io, 'printing all duplicated lines and repeat counts is meaningless')
    const end = options.has('z') ? 0 : 10
    const newline = String.fromCharCode(end)
    let reader: LineReader
    try {
      reader = new LineReader(yield* openSource(io.sys, input), end)
    } catch (error) {
      return fail(io, `${shown(input)}: ${reason(error)}`)
    }
    if (output !== undefined && output !== '-') {
      try {
        const fd = yield* io.sys.open(output, { write: true, create: true, truncate: true }, 0o666)
        io.sys.dup2(fd, 1)
        io.sys.close(fd)
      } catch (error) {
        return fail(io, `${shown(output)}: ${reason(error)}`)
      }
    }
    const separation = group ?? all
    const single = !options.has('d') && !all
    const double = !options.has('u')
    let groups = 0
    const show = (run: readonly string[]): void => {
      if (separation !== undefined) {
        if (!group && run.length < 2) return
        groups++
        const before = separation === 'prepend' || separation === 'both' ? (groups === 1 || separation === 'prepend') : separation === 'separate' && groups > 1
        if (before) io.out(newline)
        // With -u the first of a group is left out.
        for (const line of all && !double ? run.slice(1) : run) io.out(line + newline)
        if (separation === 'append' || separation === 'both') io.out(newline)
        return
      }
      if (run.length === 1 ? !single : !double) return
      io.out((counts ? `${String(run.length).padStart(COUNT_WIDTH)} ` : '') + (run[0] ?? '') + newline)
    }
    let run: string[] = []
    let key = ''
    try {
      for (let lines = yield* reader.batch(); lines !== null; lines = yield* reader.batch()) {
        for (const line of lines) {
          const own = keyOf(line, fields, skipped, checked, options.has('i'))
          if (run.length > 0 && own === key) run.push(line)
          else {
            if (run.length > 0) show(run)
            run = [line]
            key = own
          }
        }
        yield* io.drain()
      }
    } catch (error) {
      reason(error)
      return fail(io, `error reading ${input === '-' ? "'-'" : `'${input}'`}`)
    }
    if (run.length > 0) show(run)
    return 0
  },
})
