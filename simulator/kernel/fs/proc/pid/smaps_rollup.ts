import { file } from '../entry'
import { regionsOf, rollup } from '../regions'
import { living } from '../task'

export default file((task) => rollup(regionsOf(living(task, 'ESRCH'))))
