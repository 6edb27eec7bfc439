import { file } from '../entry'
import { idMap } from '../idmap'

export default file((task) => idMap(task.ns.user.uidMap), { mode: 0o644 })
