import { Errno } from '../../../errno'
import { link } from '../entry'

/** A process's root is named `/` where it is the root of its mount namespace, as in a container. */
export default link(
  (task) => {
    if (task.isZombie) throw new Errno('ENOENT')
    return '/'
  },
  (task) => task.root,
)
