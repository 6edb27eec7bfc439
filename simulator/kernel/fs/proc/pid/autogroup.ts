/** One group a session, numbered as sessions come (sched(7), the autogroup feature). */
import type { Kernel } from '../../../kernel'
import type { Session, Task } from '../../../task'
import { file } from '../entry'
import { machineOf } from '../machine'

const NUMBERS = new WeakMap<Kernel, WeakMap<Session, number>>()
const LAST = new WeakMap<Kernel, number>()

function numberOf(task: Task): number {
  const { kernel } = task
  let numbers = NUMBERS.get(kernel)
  if (!numbers) {
    numbers = new WeakMap()
    NUMBERS.set(kernel, numbers)
  }
  // Sessions that began since somebody last asked get their numbers in the order they began.
  for (const other of [...kernel.tasks()].sort((a, b) => a.session.leader.startTime - b.session.leader.startTime)) {
    if (numbers.has(other.session)) continue
    const next = (LAST.get(kernel) ?? machineOf(kernel).autogroups - 1) + 1
    LAST.set(kernel, next)
    numbers.set(other.session, next)
  }
  return numbers.get(task.session) ?? 0
}

export default file((task) => `/autogroup-${numberOf(task)} nice 0\n`, { mode: 0o644 })
