import { file } from '../entry'
import { regionsOf, regionLine } from '../regions'

export default file((task) => regionsOf(task).map(regionLine).join(''))
