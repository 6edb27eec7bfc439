/** /proc/timer_list: the clocks of each processor, with the tick that every one waits for (kernel/time/timer_list.c). */
import { systemFile } from '../entry'
import { machineOf } from '../machine'

const CLOCKS = 8
const REALTIME = new Set([1, 3])
/** A tick every 4 ms (CONFIG_HZ_250). */
const TICK_NS = 4_000_000

export default systemFile(({ kernel: { clock }, kernel }) => {
  const now = Math.floor(clock.monotonic)
  const tick = (Math.floor(now / TICK_NS) + 1) * TICK_NS
  const waiting = ` #0: <0000000000000000>, tick_nohz_handler, S:01\n # expires at ${tick}-${tick} nsecs [in ${tick - now} to ${tick - now} nsecs]\n`
  const base = (index: number): string =>
    ` clock ${index}:\n  .base:       0000000000000000\n  .index:      ${index}\n  .resolution: 1 nsecs\n  .offset:     ${REALTIME.has(index) ? clock.boot.sec * 1_000_000_000 : 0} nsecs\n` +
    `active timers:\n${index === 0 ? waiting : ''}`
  const cpu = (n: number): string => `cpu: ${n}\n${Array.from({ length: CLOCKS }, (_, i) => base(i)).join('')}\n`
  return `Timer List Version: v0.10\nHRTIMER_MAX_CLOCK_BASES: ${CLOCKS}\nnow at ${now} nsecs\n\n${Array.from({ length: machineOf(kernel).cpus }, (_, n) => cpu(n)).join('')}`
}, { mode: 0o400 })
