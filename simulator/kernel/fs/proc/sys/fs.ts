/** /proc/sys/fs (admin-guide/sysctl/fs.rst). */
import { folder, systemFile } from '../entry'
import { setting } from '../sysctl'

export default folder({
  'file-max': setting('9223372036854775807'),
  'file-nr': systemFile(({ kernel }) => `${kernel.tasks().reduce((sum, t) => sum + t.fds.size, 0)}\t0\t9223372036854775807\n`),
  'nr_open': setting(1_048_576),
  'pipe-max-size': setting(1_048_576),
  inotify: folder({ max_queued_events: setting(16384), max_user_instances: setting(128), max_user_watches: setting(190_000) }),
  mqueue: folder({ msg_default: setting(10), msg_max: setting(10), msgsize_default: setting(8192), msgsize_max: setting(8192), queues_max: setting(256) }),
})
