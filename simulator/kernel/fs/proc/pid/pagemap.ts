import { Errno } from '../../../errno'
import { file } from '../entry'

/** Raw memory is not simulated: it is listed, and reading it fails. */
export default file(
  () => {
    throw new Errno('EPERM')
  },
  { mode: 0o400 },
)
