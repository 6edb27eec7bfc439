/** busybox free (procps/free.c). */
import { decode } from '../../../kernel/bytes'
import { applet } from '../applet'

const UNITS: readonly (readonly [string, number])[] = [['b', -10], ['k', 0], ['m', 10], ['g', 20], ['t', 30]]

export default applet('bkmgtwh', function* (io, given) {
  const text = decode(yield* io.sys.readFile('/proc/meminfo'))
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const shift = UNITS.find(([name]) => given.has(name))?.[1] ?? 0
  const cell = (kb: number): string => String(Math.trunc(kb / 2 ** shift)).padStart(12)
  const total = kilobytes('MemTotal')
  const free = kilobytes('MemFree')
  const cached = kilobytes('Buffers') + kilobytes('Cached') + kilobytes('SReclaimable')
  io.out(`              total        used        free      shared  buff/cache   available\n`)
  io.out(`Mem:  ${[total, total - free - cached, free, kilobytes('Shmem'), cached, kilobytes('MemAvailable')].map(cell).join('')}\n`)
  io.out(`Swap: ${[kilobytes('SwapTotal'), kilobytes('SwapTotal') - kilobytes('SwapFree'), kilobytes('SwapFree')].map(cell).join('')}\n`)
  return 0
})
