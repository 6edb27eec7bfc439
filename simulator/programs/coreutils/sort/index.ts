/** sort(1) of coreutils 9.1 in the C.UTF-8 locale: bytes decide. */
import { encode } from '../../../kernel/bytes'
import { command, usageError } from '../command'
import { allLines, locale, openOrSay, shown } from '../files'
import { HELP, VERSION } from './help'
import { compareText, compareVersions, type Key, keyOf, letterOf, type Ordering, parseKey, prepared } from './keys'

interface Row {
  readonly line: string
  readonly keys: readonly (string | number)[]
}

export default command({
  summary: 'sort lines of text files',
  help: HELP, version: VERSION, failure: 2, hidden: '  -c\n  -C\n',
  *run(io, options) {
    const global: Ordering = {}
    for (const { name } of options.given) {
      const letter = { 'numeric-sort': 'n', 'general-numeric-sort': 'g', 'human-numeric-sort': 'h', 'month-sort': 'M', 'version-sort': 'V', reverse: 'r', 'ignore-case': 'f', 'dictionary-order': 'd', 'ignore-nonprinting': 'i' }[name]
      const key = letter && letterOf(letter)
      if (key) global[key] = true
      if (name === 'ignore-leading-blanks') {
        global.blanksStart = true
        global.blanksEnd = true
      }
    }
    const word = options.value('sort')
    if (word !== undefined) {
      const letter = { 'general-numeric': 'g', 'human-numeric': 'h', month: 'M', numeric: 'n', version: 'V' }[word]
      const key = letter && letterOf(letter)
      if (key) global[key] = true
    }
    const separatorText = options.value('t')
    if (separatorText !== undefined && separatorText !== '\\0' && [...separatorText].length > 1) {
      io.err(`${io.name}: multi-character tab ${locale(io, separatorText)}\n`)
      return 2
    }
    const separator = separatorText === '\\0' ? '\0' : separatorText
    const keys: Key[] = []
    for (const text of options.values('k')) {
      const key = parseKey(text)
      if (!key) {
        io.err(`${io.name}: ${/^\d/.test(text) ? `stray character in field spec: invalid field specification ${locale(io, text)}` : `invalid number at field start: invalid count at start of ${locale(io, text)}`}\n`)
        return 2
      }
      if (key.startField === 0) {
        io.err(`${io.name}: field number is zero: invalid field specification ${locale(io, text)}\n`)
        return 2
      }
      // A key without orderings of its own takes the global ones.
      keys.push(Object.keys(key.ordering).length > 0 ? key : { ...key, ordering: global })
    }
    if (keys.length === 0) keys.push({ startField: 1, startChar: 1, endField: 0, endChar: 0, ordering: global })
    const delimiter = options.has('z') ? 0 : 10
    const plain = keys.length === 1 && options.values('k').length === 0 && Object.keys(global).every((k) => k === 'reverse')
    const files = options.operands.length > 0 ? options.operands : ['-']
    if (options.has('c', 'C') && files.length > 1) {
      io.err(`${io.name}: extra operand '${files[1]}' not allowed with -c\n`)
      return usageError(io, 2)
    }
    for (const path of files) {
      const source = yield* openOrSay(io, path, (r) => `cannot read: ${shown(path)}: ${r}`)
      if (!source) return 2
      source.close()
    }
    const { lines, status } = yield* allLines(io, files, delimiter)
    if (status !== 0) {
      return 2
    }
    if (io.sys.spend(lines.length >> 1)) yield 'preempted'
    const stable = options.has('s')
    const unique = options.has('u')
    const byKeys = (a: Row, b: Row): number => {
      for (let i = 0; i < keys.length; i++) {
        const o = keys[i]?.ordering ?? global
        const x = a.keys[i] ?? ''
        const y = b.keys[i] ?? ''
        const d = typeof x === 'number' && typeof y === 'number' ? (x < y ? -1 : x > y ? 1 : 0) : o.version ? compareVersions(String(x), String(y)) : compareText(String(x), String(y))
        if (d !== 0) return o.reverse ? -d : d
      }
      return 0
    }
    const whole = (a: string, b: string): number => (global.reverse ? -compareText(a, b) : compareText(a, b))
    const compare = (a: Row, b: Row): number => byKeys(a, b) || (stable || unique ? 0 : whole(a.line, b.line))
    let sorted: string[]
    if (plain && !options.has('c', 'C')) {
      sorted = lines.sort()
      if (global.reverse) sorted.reverse()
      if (unique) sorted = sorted.filter((line, i) => i === 0 || line !== sorted[i - 1])
    } else {
      const rows = lines.map((line) => ({ line, keys: keys.map((k) => prepared(keyOf(line, k, separator), k.ordering)) }))
      if (options.has('c', 'C')) {
        for (let i = 1; i < rows.length; i++) {
          const [a, b] = [rows[i - 1], rows[i]]
          if (!a || !b) continue
          const d = compare(a, b)
          if (d > 0 || (unique && d === 0)) {
            if (!options.has('C')) io.err(`${io.name}: ${files[0]}:${i + 1}: disorder: ${b.line}\n`)
            return 1
          }
        }
        return 0
      }
      rows.sort(compare)
      sorted = (unique ? rows.filter((row, i) => i === 0 || byKeys(rows[i - 1] ?? row, row) !== 0) : rows).map((r) => r.line)
    }
    if (options.has('R')) for (let i = sorted.length - 1; i > 0; i--) {
      const j = io.sys.random() % (i + 1)
      const swap = sorted[i] ?? ''
      sorted[i] = sorted[j] ?? ''
      sorted[j] = swap
    }
    const end = String.fromCharCode(delimiter)
    const text = sorted.length > 0 ? sorted.join(end) + end : ''
    const output = options.value('o')
    if (output !== undefined) yield* io.sys.writeFile(output, encode(text))
    else io.out(text)
    return 0
  },
})
