import { file } from '../entry'

export default file((task) => (task.isZombie ? '' : task.argv.map((arg) => `${arg}\0`).join('')))
