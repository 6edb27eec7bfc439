import { file } from '../entry'
import { regionsOf, rollup } from '../regions'

export default file((task) => rollup(regionsOf(task)))
