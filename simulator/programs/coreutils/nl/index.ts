/** nl(1) of coreutils 9.1: numbers lines, by sections of logical pages. */
import { compile, RegexError } from '../../../regex'
import { command, fail, usageError } from '../command'
import { LineReader, locale, openOrSay, reason, shown } from '../files'
import { numberOrComplaint } from '../numbers'
import { HELP, VERSION } from './help'

type Section = 'header' | 'body' | 'footer'
type Numbered = (line: string) => boolean

export default command({
  summary: 'number lines of files',
  help: HELP, version: VERSION,
  *run(io, options) {
    let wrong = false
    const complain = (message: string): void => {
      io.err(`${io.name}: ${message}\n`)
      wrong = true
    }
    const style = (letter: string, section: Section, standard: string): Numbered => {
      const text = options.value(letter) ?? standard
      if (text === 'a') return () => true
      if (text === 't') return (line) => line !== ''
      if (text === 'n') return () => false
      if (text.startsWith('p')) {
        try {
          const pattern = compile(text.slice(1), { syntax: 'bre' })
          return (line) => pattern.exec(line) !== null
        } catch (error) {
          if (!(error instanceof RegexError)) throw error
          return fail(io, error.message)
        }
      }
      complain(`invalid ${section} numbering style: ${locale(io, text)}`)
      return () => false
    }
    const number = (letter: string, what: string, standard: number, min: number): number => {
      const text = options.value(letter)
      if (text === undefined) return standard
      const value = numberOrComplaint(text, { what, min, max: 2 ** 53 }, (t) => locale(io, t))
      return typeof value === 'number' ? value : fail(io, value.complaint)
    }
    const styles: { readonly [S in Section]: Numbered } = { header: style('h', 'header', 'n'), body: style('b', 'body', 't'), footer: style('f', 'footer', 'n') }
    const first = number('v', 'invalid starting line number', 1, -(2 ** 53))
    const increment = number('i', 'invalid line number increment', 1, -(2 ** 53))
    const blanks = number('l', 'invalid line number of blank lines', 1, 1)
    const width = number('w', 'invalid line number field width', 6, 1)
    const separator = options.value('s') ?? '\t'
    const format = options.value('n') ?? 'rn'
    if (!['ln', 'rn', 'rz'].includes(format)) complain(`invalid line numbering format: ${locale(io, format)}`)
    if (wrong) return usageError(io)
    const given = options.value('d')
    const mark = given === undefined ? '\\:' : given.length === 1 ? `${given}:` : given
    const sections: readonly [string, Section][] = mark === '' ? [] : [[mark.repeat(3), 'header'], [mark.repeat(2), 'body'], [mark, 'footer']]
    const padded = (n: number): string => {
      if (format === 'ln') return String(n).padEnd(width)
      if (format === 'rn') return String(n).padStart(width)
      return n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0')
    }
    let section: Section = 'body'
    let line = first
    let empty = 0
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      const reader = new LineReader(source)
      try {
        for (let lines = yield* reader.batch(); lines !== null; lines = yield* reader.batch()) {
          for (const text of lines) {
            const change = sections.find(([m]) => m === text)
            if (change) {
              section = change[1]
              if (!options.has('p')) line = first
              empty = 0
              io.out('\n')
              continue
            }
            let takes = styles[section](text)
            if (takes && text === '' && blanks > 1 && styles[section]('')) {
              empty++
              takes = empty === blanks
              if (takes) empty = 0
            } else if (text !== '') empty = 0
            if (takes) {
              io.out(`${padded(line)}${separator}${text}\n`)
              line += increment
            } else io.out(`${' '.repeat(width + separator.length)}${text}\n`)
          }
          yield* io.drain()
        }
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
