/** join(1) of coreutils 9.1: lines of two sorted files with a field in common. */
import type { Run } from '../../../kernel/run'
import { encode } from '../../../kernel/bytes'
import { command, fail, missingOperand, wrongCall } from '../command'
import { LineReader, locale, openSource, quoted, reason, shown } from '../files'
import { compareText } from '../sort/keys'
import { HELP, VERSION } from './help'

/** A line with its fields. */
interface Line {
  readonly text: string
  readonly fields: readonly string[]
  readonly key: string
}

/** A column of -o: the join field, or a field of a file. */
type Column = 'join' | { readonly file: 1 | 2; readonly field: number }

export default command({
  summary: 'join lines of two files on a common field',
  help: HELP, version: VERSION, hidden: '  -j FIELD\n',
  *run(io, options) {
    const { operands } = options
    const fieldOf = (text: string): number => {
      if (!/^\d+$/.test(text) || Number(text) === 0) return fail(io, `invalid field number: ${locale(io, text)}`)
      return Math.min(Number(text), Number.MAX_SAFE_INTEGER) - 1
    }
    const given: [number | undefined, number | undefined] = [undefined, undefined]
    const join = (file: 0 | 1, field: number): void => {
      const before = given[file]
      if (before !== undefined && before !== field) fail(io, `incompatible join fields ${before + 1}, ${field + 1}`)
      given[file] = field
    }
    for (const { name, value = '' } of options.given) {
      if (name === 'j' || name === '1') join(0, fieldOf(value))
      if (name === 'j' || name === '2') join(1, fieldOf(value))
    }
    const joins: [number, number] = [given[0] ?? 0, given[1] ?? 0]
    const fileNumber = (text: string): 1 | 2 => (text === '1' ? 1 : text === '2' ? 2 : fail(io, `invalid field number: ${locale(io, text)}`))
    const unpairable = new Set([...options.values('a'), ...options.values('v')].map(fileNumber))
    const pairs = !options.has('v')
    const tab = options.value('t')
    if (tab !== undefined && tab !== '\\0' && encode(tab).length > 1) return fail(io, `multi-character tab ${locale(io, tab)}`)
    const separator = tab === undefined ? undefined : tab === '\\0' ? '\0' : tab
    const auto = options.values('o').includes('auto')
    const columns: Column[] = []
    if (!auto) {
      for (const word of options.values('o').flatMap((o) => o.split(/[, \t]+/)).filter((w) => w !== '')) {
        if (word === '0') {
          columns.push('join')
          continue
        }
        const found = /^([12])\.(.*)$/.exec(word)
        if (!found) {
          if (/^[012]/.test(word)) return fail(io, `invalid field specifier: ${locale(io, word)}`)
          return fail(io, `invalid file number in field spec: ${locale(io, word)}`)
        }
        columns.push({ file: found[1] === '1' ? 1 : 2, field: fieldOf(found[2] ?? '') })
      }
    }
    const filling = options.value('e')
    if (operands.length < 2) return missingOperand(io, operands)
    const [, , extra] = operands
    if (extra !== undefined) return wrongCall(io, `extra operand ${quoted(extra)}`)
    if (operands[0] === '-' && operands[1] === '-') return fail(io, 'both files cannot be standard input: No such file or directory')
    const end = options.has('z') ? 0 : 10
    const newline = String.fromCharCode(end)
    const fold = options.has('i') ? (t: string): string => t.replace(/[a-z]/g, (c) => c.toUpperCase()) : (t: string): string => t
    const split = (text: string): string[] => {
      if (separator !== undefined) return separator === '' ? [text] : text.split(separator)
      return text.replace(/^[ \t\n]+/, '').split(/[ \t\n]+/).filter((f, i) => f !== '' || i > 0)
    }
    const check = options.last('check-order', 'nocheck-order')
    let status = 0
    const warned = [false, false]
    let unpaired = false
    function* opened(path: string): Run<LineReader> {
      try {
        return new LineReader(yield* openSource(io.sys, path), end)
      } catch (error) {
        return fail(io, `${shown(path)}: ${reason(error)}`)
      }
    }
    const readers = [yield* opened(operands[0] ?? ''), yield* opened(operands[1] ?? '')] as const
    const before: [Line | null, Line | null] = [null, null]
    const numbers = [0, 0]
    function* next(which: 0 | 1): Run<Line | null> {
      let text: string | null
      try {
        text = yield* readers[which].next()
      } catch (error) {
        return fail(io, `read error: ${reason(error)}`)
      }
      if (text === null) return null
      numbers[which] = (numbers[which] ?? 0) + 1
      const fields = split(text)
      const line: Line = { text, fields, key: fold(fields[joins[which]] ?? '') }
      const last = before[which]
      if (last && check !== 'nocheck-order' && (check === 'check-order' || unpaired) && !warned[which] && compareText(last.key, line.key) > 0) {
        warned[which] = true
        io.err(`${io.name}: ${operands[which] ?? ''}:${numbers[which]}: is not sorted: ${line.text}\n`)
        if (check === 'check-order') {
          yield* io.flush()
          return io.exit(1)
        }
        status = 1
      }
      before[which] = line
      return line
    }
    const glue = separator ?? ' '
    const others = (line: Line, join: number): string[] => line.fields.filter((_, i) => i !== join)
    let widths: readonly [number, number] | undefined
    const text = (value: string | undefined): string => (value === undefined || value === '' ? (filling ?? '') : value)
    const show = (a: Line | null, b: Line | null): void => {
      let parts: string[]
      if (columns.length > 0) {
        parts = columns.map((c) => {
          if (c === 'join') return text(a ? a.fields[joins[0]] : b?.fields[joins[1]])
          return text((c.file === 1 ? a : b)?.fields[c.field])
        })
      } else {
        const key = text(a ? a.fields[joins[0]] : b?.fields[joins[1]])
        const side = (line: Line | null, join: number, count: number | undefined): string[] => {
          if (count === undefined) return line ? others(line, join).map(text) : []
          const own = line ? others(line, join) : []
          return Array.from({ length: count }, (_, i) => text(own[i]))
        }
        parts = [key, ...side(a, joins[0], widths?.[0]), ...side(b, joins[1], widths?.[1])]
      }
      io.out(parts.join(glue) + newline)
    }
    let a = yield* next(0)
    let b = yield* next(1)
    if (auto) widths = [Math.max(0, (a?.fields.length ?? 0) - 1), Math.max(0, (b?.fields.length ?? 0) - 1)]
    if (options.has('header')) {
      if (a || b) show(a, b)
      before[0] = before[1] = null
      if (a) a = yield* next(0)
      if (b) b = yield* next(1)
    }
    while (a && b) {
      const order = compareText(a.key, b.key)
      if (order !== 0) {
        unpaired = true
        if (order < 0) {
          if (unpairable.has(1)) show(a, null)
          a = yield* next(0)
        } else {
          if (unpairable.has(2)) show(null, b)
          b = yield* next(1)
        }
        continue
      }
      // All lines of both files with this key, each with each.
      const { key } = a
      const left: Line[] = []
      const right: Line[] = []
      while (a && a.key === key) {
        left.push(a)
        a = yield* next(0)
      }
      while (b && b.key === key) {
        right.push(b)
        b = yield* next(1)
      }
      if (pairs) for (const l of left) for (const r of right) show(l, r)
      yield* io.drain()
    }
    if (a || b) unpaired = true
    const checks = check !== 'nocheck-order'
    while (a && (unpairable.has(1) || (checks && !warned[0]))) {
      if (unpairable.has(1)) show(a, null)
      a = yield* next(0)
    }
    while (b && (unpairable.has(2) || (checks && !warned[1]))) {
      if (unpairable.has(2)) show(null, b)
      b = yield* next(1)
    }
    if (status !== 0) io.err(`${io.name}: input is not in sorted order\n`)
    return status
  },
})
