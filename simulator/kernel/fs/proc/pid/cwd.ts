import { Errno } from '../../../errno'
import { pathOf } from '../../../vfs/location'
import { link } from '../entry'

export default link(
  (task, { viewer }) => {
    if (task.isZombie) throw new Errno('ENOENT')
    return pathOf(task.cwd, viewer.root)
  },
  (task) => task.cwd,
)
