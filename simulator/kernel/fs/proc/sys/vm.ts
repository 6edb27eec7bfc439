/** /proc/sys/vm (admin-guide/sysctl/vm.rst). */
import { folder } from '../entry'
import { setting } from '../sysctl'

export default folder({
  overcommit_memory: setting(0),
  overcommit_ratio: setting(50),
  panic_on_oom: setting(0),
  swappiness: setting(60),
  max_map_count: setting(65530),
  drop_caches: setting(0),
})
