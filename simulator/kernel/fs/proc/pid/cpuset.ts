import { file, line } from '../entry'
import { groupPath } from '../../../cgroups/view'

/** The group in the cpuset hierarchy (cpuset(7)). */
export default file((task, look) => line(groupPath(task, 'cpuset', look.viewer) ?? '/'))
