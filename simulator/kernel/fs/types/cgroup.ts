import { cgroupFs } from '../cgroupfs'
import type { Task } from '../../task'

/** Version 1: the options name the controllers, or the hierarchy (`name=systemd`). */
export default {
  name: 'cgroup',
  make: (task: Task, options: readonly string[]) => cgroupFs(task.kernel, options.find((o) => o.startsWith('name=')) ?? options.at(-1) ?? ''),
}
