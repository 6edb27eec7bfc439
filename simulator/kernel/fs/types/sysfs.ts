import type { Task } from '../../task'
import { SysFs } from '../sysfs'

export default { name: 'sysfs', make: (task: Task, options: readonly string[]) => new SysFs(task.kernel, task.ns.net, options.includes('ro') ? 'ro' : 'rw') }
