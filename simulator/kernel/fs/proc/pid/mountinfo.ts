import { file } from '../entry'
import { mountinfoLine, shownMounts } from '../mounts'

export default file((task) => shownMounts(task).map(mountinfoLine).join(''))
