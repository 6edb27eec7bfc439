import { file } from '../entry'
import { mountsLine, shownMounts } from '../mounts'

export default file((task) => shownMounts(task).map(mountsLine).join(''))
