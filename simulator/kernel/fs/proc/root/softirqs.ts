/** /proc/softirqs: what /proc/stat counts of each kind, by processor (fs/proc/softirqs.c). */
import { systemFile } from '../entry'
import { machineOf } from '../machine'

const KINDS = ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'BLOCK', 'IRQ_POLL', 'TASKLET', 'SCHED', 'HRTIMER', 'RCU']

export default systemFile(({ kernel }) => {
  const { cpus, softirqs } = machineOf(kernel)
  const [, ...counts] = softirqs.split(' ').map(Number)
  const each = (n: number): string => Array.from({ length: cpus }, (_, i) => ` ${String(Math.floor(n / cpus) + (i < n % cpus ? 1 : 0)).padStart(10)}`).join('')
  return `                    ${Array.from({ length: cpus }, (_, i) => `CPU${i}`.padEnd(11)).join('')}\n${KINDS.map((kind, i) => `${kind.padStart(12)}:${each(counts[i] ?? 0)}\n`).join('')}`
})
