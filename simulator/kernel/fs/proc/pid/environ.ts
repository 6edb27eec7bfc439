import { file } from '../entry'
import { living } from '../task'

/** The environment that exec(2) gave; what the program changes later is not seen (proc(5)). */
export default file((task) => [...living(task, 'ESRCH').env].map(([name, value]) => `${name}=${value}\0`).join(''), { mode: 0o400 })
