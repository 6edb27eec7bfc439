import { capableIn } from '../../credentials'
import { Errno } from '../../errno'
import type { Task } from '../../task'
import { SysFs } from '../sysfs/sysfs'

/** It shows the devices of a network namespace, to whom that belongs (fs/sysfs/mount.c). */
function make(task: Task, options: readonly string[]): SysFs {
  if (!capableIn(task.credentials, task.ns.net.owner, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  return new SysFs(task.kernel, task.ns.net, options.includes('ro') ? 'ro' : 'rw')
}

export default { name: 'sysfs', make }
