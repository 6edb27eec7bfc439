import { file, line } from '../entry'
import { oomScore } from '../task'

export default file((task, look) => line(oomScore(task, look)))
