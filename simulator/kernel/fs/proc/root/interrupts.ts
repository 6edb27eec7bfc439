/** /proc/interrupts: what /proc/stat counts of each interrupt, with its controller and its device (arch/x86/kernel/irq.c). */
import { systemFile } from '../entry'
import { IRQS } from '../irqs'
import { machineOf } from '../machine'

/** Those of the processor itself; without words they have a single count. */
const OWN: readonly (readonly [name: string, what: string])[] = [
  ['NMI', 'Non-maskable interrupts'], ['LOC', 'Local timer interrupts'], ['SPU', 'Spurious interrupts'], ['PMI', 'Performance monitoring interrupts'], ['IWI', 'IRQ work interrupts'],
  ['RTR', 'APIC ICR read retries'], ['RES', 'Rescheduling interrupts'], ['CAL', 'Function call interrupts'], ['TLB', 'TLB shootdowns'], ['TRM', 'Thermal event interrupts'],
  ['HYP', 'Hypervisor callback interrupts'], ['ERR', ''], ['MIS', ''], ['PIN', 'Posted-interrupt notification event'], ['NPI', 'Nested posted-interrupt event'], ['PIW', 'Posted-interrupt wakeup event'],
]
/** How what is left of all interrupts is shared out among them. */
const SHARES: Readonly<Record<string, number>> = { LOC: 0.4, RES: 0.4, CAL: 0.15, TLB: 0.05 }

export default systemFile(({ kernel }) => {
  const { cpus, interrupts } = machineOf(kernel)
  const [total = 0, ...counts] = interrupts.split(' ').map(Number)
  const row = (name: string, each: readonly number[], what: string): string => `${name.padStart(3)}:${each.map((n) => String(n).padStart(11)).join('')}${what}\n`
  const onOne = (n: number, cpu: number): number[] => Array.from({ length: cpus }, (_, i) => (i === cpu ? n : 0))
  const shared = (n: number): number[] => Array.from({ length: cpus }, (_, i) => Math.floor(n / cpus) + (i < n % cpus ? 1 : 0))
  const rest = Math.max(0, total - counts.reduce((sum, n) => sum + n, 0))
  return (
    `           ${Array.from({ length: cpus }, (_, i) => `CPU${i}`.padEnd(11)).join('')}\n` +
    IRQS.map(({ irq, cpu, controller, name }) => row(String(irq), onOne(counts[irq] ?? 0, cpu % cpus), `${controller}${name}`)).join('') +
    OWN.map(([name, what]) => (what === '' ? row(name, [0], '') : row(name, shared(Math.floor(rest * (SHARES[name] ?? 0))), `   ${what}`))).join('')
  )
})
