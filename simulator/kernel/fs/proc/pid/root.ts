import { Errno } from '../../../errno'
import { pathOf } from '../../../vfs/location'
import { link } from '../entry'

/** A process's root is named `/` where it is the root of its mount namespace, as in a container. */
export default link(
  (task, { viewer }) => {
    if (task.isZombie) throw new Errno('ENOENT')
    return pathOf(task.root, viewer.root)
  },
  (task) => task.root,
)
