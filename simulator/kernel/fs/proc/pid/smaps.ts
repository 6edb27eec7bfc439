import { file } from '../entry'
import { regionDetail, regionLine, regionsOf } from '../regions'

export default file((task) => regionsOf(task).map((region) => regionLine(region) + regionDetail(region)).join(''))
