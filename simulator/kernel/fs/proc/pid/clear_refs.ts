import { Errno } from '../../../errno'
import { file } from '../entry'

/** Write only (proc(5)). */
export default file(
  () => {
    throw new Errno('EINVAL')
  },
  { mode: 0o200, write: () => {} },
)
