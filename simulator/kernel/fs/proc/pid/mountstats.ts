import { file } from '../entry'
import { shownMounts } from '../mounts'

export default file(
  (task) => shownMounts(task).map(({ mount, path }) => `device ${mount.source} mounted on ${path} with fstype ${mount.fs.type}\n`).join(''),
  { mode: 0o400 },
)
