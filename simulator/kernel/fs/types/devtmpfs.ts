import type { Task } from '../../task'
import { devtmpfs } from '../devtmpfs'

export default { name: 'devtmpfs', make: (task: Task) => devtmpfs(task.kernel) }
