/** /proc/meminfo: what was there when the run began, moved by what processes have taken since. */
import type { Kernel } from '../../../kernel'
import { systemFile } from '../entry'
import { machineOf } from '../machine'

const FIRST = new WeakMap<Kernel, number>()

/** Anonymous memory of all processes, kB. */
const anonymous = (kernel: Kernel): number => kernel.tasks().reduce((sum, t) => sum + (t.isZombie ? 0 : t.memory.rssAnon), 0)

/** Kilobytes by name, as they stand now. */
export function memoryNow(kernel: Kernel): Map<string, number> {
  const now = anonymous(kernel)
  if (!FIRST.has(kernel)) FIRST.set(kernel, now)
  const taken = now - (FIRST.get(kernel) ?? now)
  const moved: Record<string, number> = { MemFree: -taken, MemAvailable: -taken, AnonPages: taken, 'Inactive(anon)': taken, Inactive: taken }
  return new Map([...machineOf(kernel).memory].map(([name, { value }]) => [name, value + (moved[name] ?? 0)]))
}

export default systemFile(({ kernel }) => {
  let text = ''
  const units = machineOf(kernel).memory
  for (const [name, value] of memoryNow(kernel)) {
    const unit = units.get(name)?.unit
    text += `${`${name}:`.padEnd(16)}${String(value).padStart(8)}${unit ? ` ${unit}` : ''}\n`
  }
  return text
})
