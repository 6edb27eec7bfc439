import { file } from '../entry'
import { numaLine, regionsOf } from '../regions'

export default file((task) => regionsOf(task).map(numaLine).join(''))
