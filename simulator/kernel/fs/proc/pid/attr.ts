/** /proc/PID/attr: labels of security modules; without one they are empty and reading them fails (EINVAL). */
import { Errno } from '../../../errno'
import { file, folder } from '../entry'

const label = (mode: number) =>
  file(
    () => {
      throw new Errno('EINVAL')
    },
    { mode },
  )
const own = label(0o666)

export default folder({ current: own, prev: label(0o444), exec: own, fscreate: own, keycreate: own, sockcreate: own })
