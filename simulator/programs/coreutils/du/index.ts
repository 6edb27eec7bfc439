/** du(1) of coreutils 9.1: a walk over the trees, each file with several links counted once. */
import { bareCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import type { Timespec } from '../../../kernel/time'
import type { Io } from '../../program'
import { argmatch, command, fail, type Options, wrongCall } from '../command'
import { inside } from '../copying'
import { strftime } from '../date/strftime'
import { LineReader, locale, openSource, quoted, reason, shown } from '../files'
import { type BlockSize, HUMAN, inBlocks, parseBlockSize, SI, sizeOf } from '../numbers'
import { type Zone, zoneOf } from '../../libc/timezone'
import { fnmatch } from '../fnmatch'
import { HELP, VERSION } from './help'

/** What a file costs the host, in microseconds. */
const COST = 20

const KIB: BlockSize = { size: 1024, suffix: '', human: undefined }
const BYTES: BlockSize = { size: 1, suffix: '', human: undefined }

interface Total {
  size: number
  inodes: number
  time: Timespec
}

type Clock = 'mtime' | 'atime' | 'ctime'
const CLOCKS: readonly (readonly [readonly string[], Clock])[] = [[['atime', 'access', 'use'], 'atime'], [['ctime', 'status'], 'ctime']]
const STYLES: readonly (readonly [readonly string[], string])[] = [[['full-iso'], '%Y-%m-%d %H:%M:%S.%N %z'], [['long-iso'], '%Y-%m-%d %H:%M'], [['iso'], '%Y-%m-%d']]

interface Rules {
  readonly unit: BlockSize
  readonly depth: number
  readonly all: boolean
  readonly apparent: boolean
  readonly inodes: boolean
  readonly links: 'follow' | 'operands' | 'keep'
  readonly separate: boolean
  readonly oneFileSystem: boolean
  readonly countLinks: boolean
  readonly excluded: readonly string[]
  readonly threshold: number | undefined
  readonly clock: Clock | undefined
  readonly format: string
  readonly zone: Zone
  readonly end: '\n' | '\0'
}

const later = (a: Timespec, b: Timespec): Timespec => (a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec) ? a : b)

class Walk {
  private readonly io: Io
  private readonly rules: Rules
  private readonly seen = new Set<string>()
  status = 0
  constructor(io: Io, rules: Rules) {
    this.io = io
    this.rules = rules
  }
  show(total: Total, path: string): void {
    const { rules } = this
    const value = rules.inodes ? total.inodes : total.size
    if (rules.threshold !== undefined && (rules.threshold < 0 ? value > -rules.threshold : value < rules.threshold)) return
    const size = rules.inodes ? (rules.unit.human ? inBlocks(value, rules.unit) : String(value)) : inBlocks(value, rules.unit)
    const time = rules.clock ? `${strftime(rules.format, total.time, rules.zone)}\t` : ''
    this.io.out(`${size}\t${time}${path}${rules.end}`)
  }
  *tree(path: string, depth: number, device: number | undefined): Run<Total | null> {
    const { io, rules } = this
    const { sys } = io
    if (sys.spend(0, COST)) yield 'preempted'
    let stat: Stat
    try {
      stat = rules.links === 'follow' || (rules.links === 'operands' && depth === 0) ? sys.stat(path) : sys.lstat(path)
    } catch (error) {
      io.err(`${io.name}: cannot access ${quoted(path)}: ${reason(error)}\n`)
      this.status = 1
      return null
    }
    if (rules.oneFileSystem && device !== undefined && stat.dev !== device) return null
    if (!rules.countLinks && (stat.nlink > 1 || stat.kind === 'dir' || depth === 0 || rules.links === 'follow')) {
      const key = `${stat.dev}:${stat.ino}`
      if (this.seen.has(key)) return null
      this.seen.add(key)
    }
    const own: Total = { size: rules.apparent ? stat.size : stat.blocks * 512, inodes: 1, time: rules.clock ? stat[rules.clock] : stat.mtime }
    if (stat.kind !== 'dir') {
      if (depth === 0 || (rules.all && depth <= rules.depth)) this.show(own, path)
      return own
    }
    // What directories hold: with -S a line leaves out the subdirectories, but what is above still counts them.
    const shownTotal: Total = { ...own }
    const whole: Total = { ...own }
    try {
      for (const entry of sys.readdir(path)) {
        const child = inside(path, entry.name)
        if (rules.excluded.some((pattern) => fnmatch(pattern, entry.name) || fnmatch(pattern, child))) continue
        const below = yield* this.tree(child, depth + 1, device ?? stat.dev)
        if (!below) continue
        whole.size += below.size
        whole.inodes += below.inodes
        whole.time = later(whole.time, below.time)
        if (!rules.separate || entry.kind !== 'dir') {
          shownTotal.size += below.size
          shownTotal.inodes += below.inodes
          shownTotal.time = later(shownTotal.time, below.time)
        }
      }
    } catch (error) {
      io.err(`${io.name}: cannot read directory ${quoted(path)}: ${reason(error)}\n`)
      this.status = 1
    }
    if (depth <= rules.depth) this.show(rules.separate ? shownTotal : whole, path)
    if (sys.spend(2)) yield 'preempted'
    yield* io.drain()
    return whole
  }
}

export default command({
  unwritten: bareCloseout,
  summary: 'estimate file space usage',
  help: HELP, version: VERSION, hidden: '  --time[=WORD]\n',
  *run(io, options) {
    const { sys } = io
    let unit: BlockSize | undefined
    const variable = io.env('DU_BLOCK_SIZE') ?? io.env('BLOCK_SIZE')
    if (variable !== undefined) unit = parseBlockSize(variable)
    for (const { name, value } of options.given) {
      if (name === 'human-readable') unit = HUMAN
      if (name === 'si') unit = SI
      if (name === 'k') unit = KIB
      if (name === 'm') unit = { size: 1048576, suffix: '', human: undefined }
      if (name === 'bytes') unit = BYTES
      if (name === 'block-size') {
        unit = parseBlockSize(value ?? '')
        if (!unit) return fail(io, `invalid -B argument '${value ?? ''}'`)
      }
    }
    const depthText = options.value('d')
    if (depthText !== undefined && !/^\s*\+?\d+$/.test(depthText)) return wrongCall(io, `invalid maximum depth ${locale(io, depthText)}`)
    let depth = depthText === undefined ? Infinity : Number(depthText)
    if (options.has('s')) {
      if (options.has('a')) return wrongCall(io, 'cannot both summarize and show all entries')
      if (depthText !== undefined && depth === 0) io.err(`${io.name}: warning: summarizing is the same as using --max-depth=0\n`)
      if (depthText !== undefined && depth !== 0) return wrongCall(io, `warning: summarizing conflicts with --max-depth=${depth}`)
      depth = 0
    }
    const thresholdText = options.value('t')
    let threshold: number | undefined
    if (thresholdText !== undefined) {
      const size = sizeOf(thresholdText.replace(/^[-+]/, ''))
      if (size === undefined) return fail(io, `invalid -t argument '${thresholdText}'`)
      if (thresholdText.startsWith('-') && size === 0) return fail(io, `invalid --threshold argument '-0'`)
      threshold = thresholdText.startsWith('-') ? -size : size
    }
    const timeOption = options.given.findLast((g) => g.name === 'time')
    const clock = timeOption ? (timeOption.value === undefined ? 'mtime' : argmatch(io, timeOption.value, '--time', CLOCKS)) : undefined
    const style = options.value('time-style') ?? io.env('TIME_STYLE') ?? 'long-iso'
    const format = style.startsWith('+') ? style.slice(1) : timeOption && style !== 'locale' ? argmatch(io, style, 'time style', STYLES) : '%Y-%m-%d %H:%M'
    const excluded = [...options.values('exclude')]
    for (const path of options.values('X')) {
      try {
        const reader = new LineReader(yield* openSource(sys, path))
        for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) excluded.push(line)
      } catch (error) {
        return fail(io, `${shown(path)}: ${reason(error)}`)
      }
    }
    const link = options.last('D', 'L', 'P', 'H')
    const inodes = options.has('inodes')
    const apparent = options.has('apparent-size', 'b')
    if (inodes && apparent) io.err(`${io.name}: warning: options --apparent-size and -b are ineffective with --inodes\n`)
    const walk = new Walk(io, {
      unit: unit ?? KIB, depth, all: options.has('a'), apparent, inodes, links: link === 'L' ? 'follow' : link === 'D' || link === 'H' ? 'operands' : 'keep',
      separate: options.has('S'), oneFileSystem: options.has('x'), countLinks: options.has('l'), excluded, threshold, clock, format, zone: zoneOf(io.env('TZ')), end: options.has('0') ? '\0' : '\n',
    })
    const operands = yield* operandsOf(io, options)
    const sum: Total = { size: 0, inodes: 0, time: { sec: 0, nsec: 0 } }
    for (const path of operands) {
      if (path === '') {
        io.err(`${io.name}: invalid zero-length file name\n`)
        walk.status = 1
        continue
      }
      const total = yield* walk.tree(path.replace(/(?<=[^/])\/+$/, '/'), 0, undefined)
      if (!total) continue
      sum.size += total.size
      sum.inodes += total.inodes
      sum.time = later(sum.time, total.time)
    }
    if (options.has('c')) walk.show(sum, 'total')
    return walk.status
  },
})

function* operandsOf(io: Io, options: Options): Run<readonly string[]> {
  const list = options.value('files0-from')
  if (list === undefined) return options.operands.length > 0 ? options.operands : ['.']
  const [extra] = options.operands
  if (extra !== undefined) {
    io.err(`${io.name}: extra operand ${quoted(extra)}\n`)
    return wrongCall(io, 'file operands cannot be combined with --files0-from')
  }
  const paths: string[] = []
  try {
    const reader = new LineReader(yield* openSource(io.sys, list), 0)
    for (let path = yield* reader.next(); path !== null; path = yield* reader.next()) paths.push(path)
  } catch (error) {
    return fail(io, `cannot open ${quoted(list)} for reading: ${reason(error)}`)
  }
  return paths
}
