/** prlimit(1) of util-linux 2.38.1. Changing the limits of another process is not simulated. */
import { Errno } from '../../../kernel/errno'
import type { Rlimits } from '../../../kernel/rlimits'
import type { Run } from '../../../kernel/run'
import { command } from '../command'
import type { Io } from '../../program'
import { readText } from '../../procps/processes'
import { launch } from '../launch'
import { chosenColumns, printTable, symbolsFor, terminalWidth } from '../smartcols'
import { HELP } from './help'

/** In the order in which they are shown; the name in /proc/PID/limits. */
const RESOURCES: readonly (readonly [option: string, key: keyof Rlimits, help: string, unit: string, inProc: string])[] = [
  ['as', 'as', 'address space limit', 'bytes', 'Max address space'], ['core', 'core', 'max core file size', 'bytes', 'Max core file size'],
  ['cpu', 'cpu', 'CPU time', 'seconds', 'Max cpu time'], ['data', 'data', 'max data size', 'bytes', 'Max data size'],
  ['fsize', 'fsize', 'max file size', 'bytes', 'Max file size'], ['locks', 'locks', 'max number of file locks held', 'locks', 'Max file locks'],
  ['memlock', 'memlock', 'max locked-in-memory address space', 'bytes', 'Max locked memory'], ['msgqueue', 'msgqueue', 'max bytes in POSIX mqueues', 'bytes', 'Max msgqueue size'],
  ['nice', 'nice', 'max nice prio allowed to raise', '', 'Max nice priority'], ['nofile', 'nofile', 'max number of open files', 'files', 'Max open files'],
  ['nproc', 'nproc', 'max number of processes', 'processes', 'Max processes'], ['rss', 'rss', 'max resident set size', 'bytes', 'Max resident set'],
  ['rtprio', 'rtprio', 'max real-time priority', '', 'Max realtime priority'], ['rttime', 'rttime', 'timeout for real-time tasks', 'microsecs', 'Max realtime timeout'],
  ['sigpending', 'sigpending', 'max number of pending signals', 'signals', 'Max pending signals'], ['stack', 'stack', 'max stack size', 'bytes', 'Max stack size'],
]
const COLUMNS = ['DESCRIPTION', 'RESOURCE', 'SOFT', 'HARD', 'UNITS'] as const

interface Limit {
  readonly soft: number
  readonly hard: number
}

function* limitsOf(io: Io, pid: string): Run<Map<string, Limit> | undefined> {
  const text = yield* readText(io.sys, `/proc/${pid}/limits`)
  if (text === undefined) return undefined
  const value = (word: string | undefined): number => (word === 'unlimited' ? Infinity : Number(word))
  return new Map(RESOURCES.map(([option, , , , name]) => {
    const [soft, hard] = (text.split('\n').find((l) => l.startsWith(name)) ?? '').slice(name.length).trim().split(/\s+/)
    return [option, { soft: value(soft), hard: value(hard) }]
  }))
}

/** `10:20`, `10:`, `:20`, `10`, `unlimited`; undefined when it is none of these. */
function parse(text: string, now: Limit): Limit | undefined {
  const value = (word: string): number | undefined => (word === 'unlimited' || word === 'infinity' ? Infinity : /^-?\d+$/.test(word) ? (Number(word) < 0 ? Infinity : Number(word)) : undefined)
  const [soft = '', hard] = text.split(':')
  const s = soft === '' && hard !== undefined ? now.soft : value(soft)
  const h = hard === undefined ? value(soft) : hard === '' ? now.hard : value(hard)
  return s === undefined || h === undefined ? undefined : { soft: s, hard: h }
}

export default command({
  help: HELP,
  hidden: `  -p, --pid <pid>\n  -o, --output <list>\n${[...'cdefilmnqrstuvxy'].map((l, i) => `  -${l}, --${['core', 'data', 'nice', 'fsize', 'sigpending', 'memlock', 'rss', 'nofile', 'msgqueue', 'rtprio', 'stack', 'cpu', 'nproc', 'as', 'locks', 'rttime'][i]}[=<limits>]`).join('\n')}`,
  version: 'prlimit from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'get and set process resource limits',
  *run(io, options) {
    const fail = (message: string): never => {
      io.err(`prlimit: ${message}\n`)
      return io.exit(1)
    }
    const pid = options.value('pid')
    if (pid !== undefined && !/^\d+$/.test(pid)) fail(`invalid PID argument: '${pid}'`)
    if (pid !== undefined && options.operands.length > 0) fail('options --pid and COMMAND are mutually exclusive')
    const columns = chosenColumns(options.value('output'), COLUMNS, ['RESOURCE', 'DESCRIPTION', 'SOFT', 'HARD', 'UNITS'])
    if ('unknown' in columns) return fail(`unknown column: ${columns.unknown}`)
    const now = yield* limitsOf(io, pid ?? 'self')
    const named = RESOURCES.filter(([option]) => options.has(option))
    const chosen = named.length > 0 ? named : RESOURCES
    if (!now) return fail(`failed to get the ${chosen[0]?.[0].toUpperCase()} resource limit: No such process`)
    const shown = options.operands.length > 0 && named.length === 0 ? [] : chosen
    const lines: string[][] = []
    for (const [option, key, help, unit] of shown) {
      const old = now.get(option) ?? { soft: Infinity, hard: Infinity }
      const given = options.value(option)
      if (given !== undefined) {
        const next = parse(given, old)
        if (!next) return fail(`failed to parse ${option.toUpperCase()} limit`)
        if (next.soft > next.hard) fail(`the soft limit ${option.toUpperCase()} cannot exceed the hard limit`)
        if (pid !== undefined) {
          io.err('prlimit: not simulated in this lab\n')
          return 125
        }
        try {
          io.sys.setRlimit(key, next.soft, next.hard)
        } catch (error) {
          if (!(error instanceof Errno)) throw error
          fail(`failed to set the ${option.toUpperCase()} resource limit: ${error.message}`)
        }
        continue
      }
      const text = (n: number): string => (n === Infinity ? 'unlimited' : String(n))
      const row: Readonly<Record<(typeof COLUMNS)[number], string>> = { RESOURCE: option.toUpperCase(), DESCRIPTION: help, SOFT: text(old.soft), HARD: text(old.hard), UNITS: unit }
      lines.push(columns.map((c) => row[c]))
    }
    io.out(printTable({
      name: 'limits', columns: columns.map((name) => ({ name, hint: name === 'RESOURCE' ? 0.25 : 0, ...(name === 'SOFT' || name === 'HARD' ? { right: 'right' as const } : {}), ...(name === 'DESCRIPTION' ? { trunc: 'trunc' as const } : {}) })),
      lines: lines.map((cells) => ({ cells, children: [] })), form: options.has('raw') ? 'raw' : 'human', headings: options.has('noheadings') ? 'hidden' : 'shown', symbols: symbolsFor(io.sys.env), terminal: terminalWidth(io.sys),
    }))
    yield* io.flush()
    return options.operands.length > 0 ? yield* launch(io, options.operands) : 0
  },
})
