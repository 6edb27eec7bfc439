import { file } from '../entry'

/** The environment that exec(2) gave; what the program changes later is not seen (proc(5)). */
export default file((task) => (task.isZombie ? '' : [...task.env].map(([name, value]) => `${name}=${value}\0`).join('')), { mode: 0o400 })
