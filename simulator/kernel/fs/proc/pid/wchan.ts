import { file } from '../entry'

export default file((task) => (task.state === 'R' ? '0' : task.wchan))
