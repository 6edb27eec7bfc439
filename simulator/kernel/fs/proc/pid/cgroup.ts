import { cgroupLines } from '../../../cgroups/view'
import { file } from '../entry'

/** cgroups(7): one line for each hierarchy, highest number first, as the reader's cgroup namespace shows the paths. */
export default file((task, look) => cgroupLines(task, look.viewer))
