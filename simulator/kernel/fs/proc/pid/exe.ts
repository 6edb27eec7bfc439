import { Errno } from '../../../errno'
import type { Task } from '../../../task'
import { pathOf } from '../../../vfs/location'
import { link } from '../entry'

function exeOf(task: Task) {
  if (!task.exe || task.isZombie) throw new Errno('ENOENT')
  return task.exe
}

export default link(
  (task, look) => task.recorded.get('exe') ?? pathFrom(task, look.viewer),
  (task) => exeOf(task),
)

/** As the reader's root shows it; a file that lies outside is named as its own mount names it. */
function pathFrom(task: Task, viewer: Task): string {
  const at = exeOf(task)
  const path = pathOf(at, viewer.root)
  return path.startsWith('(unreachable)') ? pathOf(at, task.root) : path
}
