import { cgroupFs } from '../cgroupfs'
import type { Task } from '../../task'

export default { name: 'cgroup2', make: (task: Task) => cgroupFs(task.kernel, '') }
