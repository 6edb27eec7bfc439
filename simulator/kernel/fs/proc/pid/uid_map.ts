import { file } from '../entry'
import { idMap, writeIdMap } from '../idmap'

export default file((task) => idMap(task.ns.user.uidMap), { mode: 0o644, write: (task, text, look) => writeIdMap(task, 'uidMap', text, look) })
