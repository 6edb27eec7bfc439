/** /proc/PID/attr: labels of security modules; without one they are empty and reading them fails (EINVAL). */
import { Errno } from '../../../errno'
import { file, folder } from '../entry'

const label = file(
  () => {
    throw new Errno('EINVAL')
  },
  { mode: 0o666 },
)

export default folder({ current: label, prev: label, exec: label, fscreate: label, keycreate: label, sockcreate: label })
