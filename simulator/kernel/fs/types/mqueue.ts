import type { Task } from '../../task'
import { MemoryFs } from '../memory'

/** mq_overview(7): a directory of message queues, empty until a program makes one. */
export default {
  name: 'mqueue',
  make: (task: Task) =>
    new MemoryFs({ type: 'mqueue', dev: task.kernel.anonymousDevice(), now: () => task.kernel.clock.realtime(), rootMode: 0o1777, directorySize: () => 40 }),
}
