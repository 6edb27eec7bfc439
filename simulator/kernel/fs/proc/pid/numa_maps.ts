import { file } from '../entry'
import { regionsOf } from '../regions'

export default file((task) => regionsOf(task).map((r) => `${r.start.toString(16).padStart(8, '0')} default${r.name.startsWith('[') ? ` ${r.name.slice(1, -1)}` : r.name ? ` file=${r.name}` : ''}\n`).join(''))
