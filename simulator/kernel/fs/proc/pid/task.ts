/** /proc/PID/task: a folder for each thread, the leader's first. */
import type { Task, Thread } from '../../../task'
import type { FolderEntry } from '../entry'
import { TID_FOLDER } from '../procfs'

const BY_THREAD = new WeakMap<Thread, FolderEntry<Task>>()

function folderOf(thread: Thread): FolderEntry<Task> {
  let found = BY_THREAD.get(thread)
  if (!found) {
    found = { ...TID_FOLDER, thread }
    BY_THREAD.set(thread, found)
  }
  return found
}

const entry: FolderEntry<Task> = {
  kind: 'folder',
  mode: 0o555,
  names: (task, look) => [String(task.pidIn(look.pids)), ...task.threads.map((t) => String(t.tidIn(look.pids)))],
  lookup: (name, task, look) => {
    if (Number(name) === task.pidIn(look.pids)) return TID_FOLDER
    const thread = task.threads.find((t) => String(t.tidIn(look.pids)) === name)
    return thread && folderOf(thread)
  },
}

export default entry
