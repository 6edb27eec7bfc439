import { Errno } from '../../../errno'
import type { Task } from '../../../task'
import { pathOf } from '../../../vfs/location'
import { link } from '../entry'

function exeOf(task: Task) {
  if (!task.exe || task.isZombie) throw new Errno('ENOENT')
  return task.exe
}

/** As the reader's root shows it; a file that lies outside is named as its own mounts name it. */
export default link(
  (task, { viewer }) => task.recorded.get('exe') ?? pathOf(exeOf(task), viewer.root),
  (task) => exeOf(task),
)
