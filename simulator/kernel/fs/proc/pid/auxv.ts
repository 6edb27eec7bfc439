import { Errno } from '../../../errno'
import { file } from '../entry'
import { living } from '../task'

/** Raw memory is not simulated: it is listed, and reading it fails. */
export default file(
  (task) => {
    living(task, 'ESRCH')
    throw new Errno('EIO')
  },
  { mode: 0o400 },
)
