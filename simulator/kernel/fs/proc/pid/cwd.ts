import { Errno } from '../../../errno'
import { pathOf } from '../../../vfs/location'
import { link } from '../entry'

export default link(
  (task) => {
    if (task.isZombie) throw new Errno('ENOENT')
    return pathOf(task.cwd, task.root).replace('(unreachable)', '')
  },
  (task) => task.cwd,
)
