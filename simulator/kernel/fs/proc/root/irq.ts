/** /proc/irq: which processors may serve an interrupt, and which does (core-api/irq/irq-affinity.rst). */
import { folder, line, systemFile } from '../entry'
import { IRQS, type Irq } from '../irqs'
import { machineOf } from '../machine'

const files = ({ cpu, name }: Irq) =>
  folder({
    affinity_hint: systemFile(() => '0\n'),
    effective_affinity: systemFile(() => `${(2 ** cpu).toString(16)}\n`),
    effective_affinity_list: systemFile(() => line(cpu)),
    node: systemFile(() => '-1\n'),
    smp_affinity: systemFile(({ kernel }) => `${(2 ** machineOf(kernel).cpus - 1).toString(16)}\n`, { mode: 0o644 }),
    smp_affinity_list: systemFile(({ kernel }) => `0-${machineOf(kernel).cpus - 1}\n`, { mode: 0o644 }),
    spurious: systemFile(() => 'count 0\nunhandled 0\nlast_unhandled 0 ms\n'),
    [name]: folder<null>({}),
  })

export default folder({
  ...Object.fromEntries(IRQS.map((irq) => [String(irq.irq), files(irq)])),
  default_smp_affinity: systemFile(({ kernel }) => `${(2 ** machineOf(kernel).cpus - 1).toString(16)}\n`, { mode: 0o644 }),
})
