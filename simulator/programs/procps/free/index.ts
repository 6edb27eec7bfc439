/** free(1) of procps-ng 4.0.2. Recording: query/node-files. */
import { wordlessCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { procpsCommand, wrongCall } from '../command'
import { readMemory } from '../meminfo'
import { HELP } from './help'

/** Exponents of the units, and those of 1000. */
const UNITS: Readonly<Record<string, readonly [exponent: number, base: 1000 | 1024]>> = {
  bytes: [0, 1024], kibi: [1, 1024], mebi: [2, 1024], gibi: [3, 1024], tebi: [4, 1024], pebi: [5, 1024],
  kilo: [1, 1000], mega: [2, 1000], giga: [3, 1000], tera: [4, 1000], peta: [5, 1000],
}

/** The shortest form that has at most four characters (five with the `i` of binary units). */
function human(kb: number, base: 1000 | 1024): string {
  const bytes = kb * 1024
  if (`${bytes}B`.length <= 4) return `${bytes}B`
  const suffix = base === 1000 ? '' : 'i'
  const limit = 4 + suffix.length
  let text = ''
  for (const [i, letter] of [...'KMGTP'].entries()) {
    const scaled = bytes / base ** (i + 1)
    for (text of [`${scaled.toFixed(1)}${letter}${suffix}`, `${Math.floor(scaled)}${letter}${suffix}`]) if (text.length <= limit) return text
  }
  return text
}

function scale(options: Options): (kb: number) => string {
  const unit = UNITS[options.last(...Object.keys(UNITS)) ?? '']
  const base = options.has('si') || unit?.[1] === 1000 ? 1000 : 1024
  if (options.has('human')) return (kb) => human(kb, base)
  const [exponent] = unit ?? [1]
  return (kb) => String(Math.floor((kb * 1024) / base ** exponent))
}

function* table(io: Io, options: Options): Run<string> {
  const m = yield* readMemory(io.sys)
  const show = scale(options)
  const row = (name: string, ...values: number[]): string => `${name.padEnd(9)}${values.map((v) => show(v).padStart(11)).join(' ')}\n`
  const wide = options.has('wide')
  const total = m.kb('MemTotal')
  const buffers = m.kb('Buffers')
  const swap = [m.kb('SwapTotal'), m.swapUsed, m.kb('SwapFree')] as const
  let text = `               total        used        free      shared  ${wide ? '   buffers       cache' : 'buff/cache'}   available\n`
  text += row('Mem:', total, m.used, m.kb('MemFree'), m.kb('Shmem'), ...(wide ? [buffers, m.cached] : [buffers + m.cached]), m.kb('MemAvailable'))
  if (options.has('lohi')) text += row('Low:', total, total - m.kb('MemFree'), m.kb('MemFree')) + row('High:', 0, 0, 0)
  text += row('Swap:', ...swap)
  if (options.has('total')) text += row('Total:', total + swap[0], m.used + swap[1], m.kb('MemFree') + swap[2])
  if (options.has('committed')) text += row('Comm:', m.kb('CommitLimit'), m.kb('Committed_AS'), m.kb('CommitLimit') - m.kb('Committed_AS'))
  return text
}

export default procpsCommand({
  unwritten: wordlessCloseout,
  help: HELP,
  check: (option, before) => (option.name in UNITS && before.some((b) => b.name in UNITS) ? "Multiple unit options don't make sense." : undefined),
  summary: 'display amount of free and used memory in the system',
  *run(io, options) {
    if (options.operands.length > 0) wrongCall(io, HELP)
    const seconds = options.value('seconds')
    const count = options.value('count')
    if (seconds !== undefined && !/^\d*\.?\d+$/.test(seconds)) {
      io.err(`free: seconds argument failed: '${seconds}': Invalid argument\n`)
      return 1
    }
    if (seconds !== undefined && Number(seconds) === 0) {
      io.err(`free: seconds argument \`${seconds}' is not positive number\n`)
      return 1
    }
    if (count !== undefined && !(Number(count) >= 1)) {
      io.err(`free: failed to parse count argument: '${count}'${/^-?\d+$/.test(count) ? ': Numerical result out of range' : ''}\n`)
      return 1
    }
    const repeats = count !== undefined ? Number(count) : seconds !== undefined ? Number.POSITIVE_INFINITY : 1
    for (let i = 1; ; i++) {
      io.out(yield* table(io, options))
      yield* io.flush()
      if (i >= repeats) return 0
      io.out('\n')
      yield* io.sys.sleep(Number(seconds ?? 1) * 1e9)
    }
  },
})
