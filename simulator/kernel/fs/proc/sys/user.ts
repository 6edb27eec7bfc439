/** /proc/sys/user: how many namespaces of each kind a user may have (namespaces(7)); half of threads-max. */
import { folder } from '../entry'
import { setting } from '../sysctl'

const LIMIT = 96364
const KINDS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts']

export default folder({
  ...Object.fromEntries(KINDS.map((kind) => [`max_${kind}_namespaces`, setting(LIMIT)])),
  max_inotify_instances: setting(128),
  max_inotify_watches: setting(190_000),
})
