import { file } from '../entry'

export default file((task) => String(task.sessionId))
