import { folder } from '../entry'
import type { Task } from '../../../task'

/** Memory-mapped files are not simulated. */
export default folder<Task>({}, 0o500)
