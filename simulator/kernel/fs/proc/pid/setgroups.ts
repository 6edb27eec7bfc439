import { Errno } from '../../../errno'
import { file, line } from '../entry'

/** user_namespaces(7): may be denied once, before gid_map is written; never allowed again. */
export default file((task) => line(task.ns.user.setgroups), {
  mode: 0o644,
  write: (task, text) => {
    const word = text.trim()
    const { user } = task.ns
    if (word !== 'allow' && word !== 'deny') throw new Errno('EINVAL')
    if (word === user.setgroups) return
    if (word === 'allow' || user.gidMap.length > 0) throw new Errno('EPERM')
    user.setgroups = 'deny'
  },
})
