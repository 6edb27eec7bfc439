/** sort(1) of coreutils 9.1 in the C.UTF-8 locale: bytes decide. */
import { encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { sortedInSlices } from '../../libc/sort'
import { argmatch, command, fail, type Options, usageError } from '../command'
import { LineReader, locale, openSource, quoted, reason, shown } from '../files'
import { sizeOf } from '../numbers'
import { HELP, VERSION } from './help'
import { compareText, compareVersions, type Key, keyOf, letterOf, oldKey, type Ordering, parseKey, prepared } from './keys'

const TROUBLE = 2
const LETTER: { readonly [option: string]: string } = {
  'numeric-sort': 'n', 'general-numeric-sort': 'g', 'human-numeric-sort': 'h', 'month-sort': 'M', 'version-sort': 'V', 'random-sort': 'R', reverse: 'r', 'ignore-case': 'f', 'dictionary-order': 'd', 'ignore-nonprinting': 'i',
}
const WORDS: readonly (readonly [readonly string[], string])[] = [[['general-numeric'], 'g'], [['human-numeric'], 'h'], [['month'], 'M'], [['numeric'], 'n'], [['random'], 'R'], [['version'], 'V']]
const CHECKS: readonly (readonly [readonly string[], 'C' | 'c'])[] = [[['quiet', 'silent'], 'C'], [['diagnose-first'], 'c']]
/** In the order in which they are named when they do not go together. */
const NAMED: readonly (readonly [keyof Ordering, string])[] = [['dictionary', 'd'], ['general', 'g'], ['human', 'h'], ['printable', 'i'], ['month', 'M'], ['numeric', 'n'], ['random', 'R'], ['version', 'V']]

interface Row {
  readonly line: string
  readonly keys: readonly (string | number)[]
}

/** Of numbers, months and texts a key can be only one. */
function compatible(io: Io, ordering: Ordering): void {
  const kinds = [ordering.numeric, ordering.general, ordering.human, ordering.month, ordering.version || ordering.random || ordering.dictionary || ordering.printable]
  if (kinds.filter((on) => on).length > 1) fail(io, `options '-${NAMED.filter(([name]) => ordering[name]).map(([, letter]) => letter).join('')}' are incompatible`, TROUBLE)
}

function globalOrdering(io: Io, options: Options): Ordering {
  const global: Ordering = {}
  for (const { name, value } of options.given) {
    const letter = name === 'sort' ? argmatch(io, value ?? '', '--sort', WORDS, TROUBLE) : LETTER[name]
    const key = letter === undefined ? undefined : letterOf(letter)
    if (key) global[key] = true
    if (name === 'ignore-leading-blanks') global.blanksStart = global.blanksEnd = true
  }
  return global
}

function keysOf(io: Io, options: Options, global: Ordering): Key[] {
  const keys = options.values('k').map((text) => {
    const key = parseKey(text, (t) => locale(io, t))
    if (typeof key === 'string') return fail(io, key, TROUBLE)
    // A key without orderings of its own takes the global ones.
    return Object.keys(key.ordering).length > 0 ? key : { ...key, ordering: global }
  })
  for (const key of keys) compatible(io, key.ordering)
  if (keys.length === 0) compatible(io, global)
  return keys.length > 0 ? keys : [{ startField: 1, startChar: 1, endField: 0, endChar: 0, ordering: global }]
}

function separatorOf(io: Io, options: Options): string | undefined {
  const text = options.value('t')
  if (text === '') return fail(io, 'empty tab', TROUBLE)
  if (text !== undefined && text !== '\\0' && encode(text).length > 1) return fail(io, `multi-character tab ${locale(io, text)}`, TROUBLE)
  return text === '\\0' ? '\0' : text
}

/** Options that only say how to go about it: their values are checked, and mean nothing here. */
function checkResources(io: Io, options: Options): void {
  const size = options.value('S')
  if (size !== undefined && sizeOf(size.replace(/%$/, '')) === undefined) fail(io, `invalid -S argument '${size}'`, TROUBLE)
  const parallel = options.value('parallel')
  if (parallel !== undefined && !/^\d+$/.test(parallel)) fail(io, `invalid --parallel argument '${parallel}'`, TROUBLE)
  if (parallel !== undefined && Number(parallel) === 0) fail(io, 'number in parallel must be nonzero', TROUBLE)
  const batch = options.value('batch-size')
  if (batch !== undefined && !/^\d+$/.test(batch)) fail(io, `invalid --batch-size argument '${batch}'`, TROUBLE)
  if (batch !== undefined && Number(batch) < 2) {
    io.err(`${io.name}: invalid --batch-size argument ${locale(io, batch)}\n`)
    fail(io, `minimum --batch-size argument is ${locale(io, '2')}`, TROUBLE)
  }
}

function* filesOf(io: Io, options: Options): Run<readonly string[]> {
  const list = options.value('files0-from')
  if (list === undefined) return options.operands.length > 0 ? options.operands : ['-']
  const [extra] = options.operands
  if (extra !== undefined) {
    io.err(`${io.name}: extra operand ${quoted(extra)}\n`)
    io.err('file operands cannot be combined with --files0-from\n')
    return usageError(io, TROUBLE)
  }
  const paths: string[] = []
  try {
    const reader = new LineReader(yield* openSource(io.sys, list), 0)
    for (let path = yield* reader.next(); path !== null; path = yield* reader.next()) paths.push(path)
  } catch (error) {
    return fail(io, `open failed: ${shown(list)}: ${reason(error)}`, TROUBLE)
  }
  if (paths.length === 0) return fail(io, `no input from ${quoted(list)}`, TROUBLE)
  return paths
}

export default command({
  unwritten: ({ name, why, isClosed, isLast }) => ({ said: `${name}: ${isLast ? 'fflush' : 'write'} failed: 'standard output': ${why}\n${name}: write error${isClosed ? `: ${why}` : ''}\n`, status: 2 }),
  summary: 'sort lines of text files',
  help: HELP, version: VERSION, failure: TROUBLE, hidden: '  -c\n  -C\n  -y\n',
  rewrite: (args) => {
    const out: string[] = []
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? ''
      if (arg === '--') return [...out, ...args.slice(i)]
      const key = oldKey(arg, args[i + 1])
      if (key === undefined) out.push(arg)
      else {
        out.push('-k', key)
        if (/^-\d/.test(args[i + 1] ?? '')) i++
      }
    }
    return out
  },
  *run(io, options) {
    const global = globalOrdering(io, options)
    const separator = separatorOf(io, options)
    checkResources(io, options)
    const keys = keysOf(io, options, global)
    const word = options.given.findLast((g) => g.name === 'check')?.value
    const asked = new Set<'c' | 'C'>()
    if (options.has('c')) asked.add('c')
    if (options.has('C')) asked.add('C')
    if (options.given.some((g) => g.name === 'check')) asked.add(word === undefined ? 'c' : argmatch(io, word, '--check', CHECKS, TROUBLE))
    if (asked.size > 1) return fail(io, "options '-cC' are incompatible", TROUBLE)
    const [checks] = asked
    if (options.has('debug') || options.has('random-source') || options.has('compress-program')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const delimiter = options.has('z') ? 0 : 10
    const files = yield* filesOf(io, options)
    const output = options.value('o')
    if (checks && files.length > 1) return fail(io, `extra operand ${quoted(files[1] ?? '')} not allowed with -${checks}`, TROUBLE)
    if (checks && output !== undefined) return fail(io, `options '-${checks}o' are incompatible`, TROUBLE)
    if (options.values('o').length > 1 && new Set(options.values('o')).size > 1) return fail(io, 'multiple output files specified', TROUBLE)
    for (const path of files) {
      try {
        ;(yield* openSource(io.sys, path)).close()
      } catch (error) {
        return fail(io, `cannot read: ${shown(path)}: ${reason(error)}`, TROUBLE)
      }
    }
    const inputs: string[][] = []
    for (const path of files) {
      try {
        const reader = new LineReader(yield* openSource(io.sys, path), delimiter)
        const lines: string[] = []
        for (let batch = yield* reader.batch(); batch !== null; batch = yield* reader.batch()) for (const line of batch) lines.push(line)
        inputs.push(lines)
      } catch (error) {
        return fail(io, `read failed: ${shown(path)}: ${reason(error)}`, TROUBLE)
      }
    }
    const unique = options.has('u')
    const order = new Order(io, keys, global, separator, options.has('s') || unique ? 'keys' : 'keys-then-line')
    if (checks) return check(io, inputs[0] ?? [], order, unique, checks, files[0] ?? '-')
    let sorted: string[]
    if (options.has('m')) sorted = order.merge(inputs, unique)
    else {
      const lines = inputs.length === 1 ? (inputs[0] ?? []) : inputs.flat()
      sorted = yield* order.sorted(lines, unique, options.values('k').length === 0)
    }
    const end = String.fromCharCode(delimiter)
    const text = sorted.length > 0 ? sorted.join(end) + end : ''
    if (output === undefined) {
      io.out(text)
      return 0
    }
    try {
      yield* io.sys.writeFile(output, encode(text))
      return 0
    } catch (error) {
      return fail(io, `open failed: ${shown(output)}: ${reason(error)}`, TROUBLE)
    }
  },
})

function check(io: Io, lines: readonly string[], order: Order, unique: boolean, how: 'c' | 'C', path: string): number {
  for (let i = 1; i < lines.length; i++) {
    const [a = '', b = ''] = [lines[i - 1], lines[i]]
    const d = order.compare(order.row(a), order.row(b))
    if (d < 0 || (d === 0 && !unique)) continue
    if (how === 'c') io.err(`${io.name}: ${path}:${i + 1}: disorder: ${b}\n`)
    return 1
  }
  return 0
}

/** How lines compare: by their keys, each in its ordering; then, as the last resort, whole. */
class Order {
  private readonly keys: readonly Key[]
  private readonly global: Ordering
  private readonly separator: string | undefined
  private readonly extent: 'keys' | 'keys-then-line'
  private readonly io: Io
  /** -R: keys that are the same get the same number. */
  private readonly drawn = new Map<string, number>()
  constructor(io: Io, keys: readonly Key[], global: Ordering, separator: string | undefined, extent: 'keys' | 'keys-then-line') {
    this.io = io
    this.keys = keys
    this.global = global
    this.separator = separator
    this.extent = extent
  }
  row(line: string): Row {
    return {
      line,
      keys: this.keys.map((key) => {
        const text = keyOf(line, key, this.separator)
        return key.ordering.random ? this.draw(text) : prepared(text, key.ordering)
      }),
    }
  }
  private draw(text: string): number {
    let number = this.drawn.get(text)
    if (number === undefined) {
      number = this.io.sys.random()
      this.drawn.set(text, number)
    }
    return number
  }
  byKeys(a: Row, b: Row): number {
    for (let i = 0; i < this.keys.length; i++) {
      const o = this.keys[i]?.ordering ?? this.global
      const x = a.keys[i] ?? ''
      const y = b.keys[i] ?? ''
      let d: number
      if (typeof x === 'number' && typeof y === 'number') d = x < y ? -1 : x > y ? 1 : 0
      else if (typeof x !== typeof y) d = typeof x === 'number' ? 1 : -1
      else d = o.version ? compareVersions(String(x), String(y)) : compareText(String(x), String(y))
      if (d !== 0) return o.reverse ? -d : d
    }
    return 0
  }
  compare(a: Row, b: Row): number {
    const d = this.byKeys(a, b)
    if (d !== 0 || this.extent === 'keys') return d
    return this.global.reverse ? -compareText(a.line, b.line) : compareText(a.line, b.line)
  }
  *sorted(lines: string[], unique: boolean, withoutKeys: boolean): Run<string[]> {
    if (withoutKeys && Object.keys(this.global).every((k) => k === 'reverse')) {
      const sorted = yield* sortedInSlices(this.io.sys, lines, undefined)
      if (this.global.reverse) sorted.reverse()
      return unique ? sorted.filter((line, i) => i === 0 || line !== sorted[i - 1]) : sorted
    }
    const made: Row[] = []
    for (const line of lines) {
      if (this.io.sys.spend(0, 1)) yield 'preempted'
      made.push(this.row(line))
    }
    const rows = yield* sortedInSlices(this.io.sys, made, (a, b) => this.compare(a, b))
    return (unique ? rows.filter((row, i) => i === 0 || this.byKeys(rows[i - 1] ?? row, row) !== 0) : rows).map((r) => r.line)
  }
  /** Inputs that are sorted already, each taken from its front. */
  merge(inputs: readonly string[][], unique: boolean): string[] {
    const heads = inputs.map((lines) => ({ lines, at: 0, row: lines.length > 0 ? this.row(lines[0] ?? '') : undefined }))
    const out: string[] = []
    let last: Row | undefined
    for (;;) {
      let best: (typeof heads)[number] | undefined
      for (const head of heads) if (head.row && (!best?.row || this.compare(head.row, best.row) < 0)) best = head
      if (!best?.row) return out
      if (!unique || !last || this.byKeys(last, best.row) !== 0) out.push(best.row.line)
      last = best.row
      best.at++
      best.row = best.at < best.lines.length ? this.row(best.lines[best.at] ?? '') : undefined
    }
  }
}

