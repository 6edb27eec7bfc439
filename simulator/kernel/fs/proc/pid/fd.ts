/** /proc/PID/fd: a link for each open descriptor; its permissions say how it was opened (fs/proc/fd.c). */
import type { Task } from '../../../task'
import type { OpenFile } from '../../../vfs/openfile'
import { nameOf, openFileAt, placeOf } from '../descriptors'
import type { FolderEntry, LinkEntry } from '../entry'

const LINK_SIZE = 64
const LINKS = new WeakMap<OpenFile, LinkEntry<Task>>()

function linkTo(open: OpenFile): LinkEntry<Task> {
  let found = LINKS.get(open)
  if (!found) {
    found = {
      kind: 'link',
      mode: () => (open.flags.write && !open.flags.read ? 0o300 : open.flags.write ? 0o700 : 0o500),
      size: LINK_SIZE,
      target: (_task, look) => nameOf(open, look.viewer),
      follow: () => placeOf(open),
    }
    LINKS.set(open, found)
  }
  return found
}

const entry: FolderEntry<Task> = {
  kind: 'folder',
  mode: 0o500,
  size: (task) => task.fds.size,
  names: (task) => [...task.fds.keys()].sort((a, b) => a - b).map(String),
  lookup: (name, task) => {
    const open = openFileAt(task, name)
    return open && linkTo(open)
  },
}

export default entry
