/** /proc/PID/fdinfo: position, flags, mount and inode of each open descriptor (fs/proc/fd.c, seq_show). */
import type { Task } from '../../../task'
import type { OpenFile } from '../../../vfs/openfile'
import { openFileAt } from '../descriptors'
import { type FileEntry, type FolderEntry, file } from '../entry'

const O_LARGEFILE = 0o100000
const O_CLOEXEC = 0o2000000

function flagsOf({ flags }: OpenFile, closeOnExec: boolean): string {
  const access = flags.write ? (flags.read ? 2 : 1) : 0
  const bits = access | (flags.append ? 0o2000 : 0) | (flags.nonBlock ? 0o4000 : 0) | (flags.directory ? 0o200000 : 0) | O_LARGEFILE
  return `0${(bits | (closeOnExec ? O_CLOEXEC : 0)).toString(8)}`
}

const FILES = new WeakMap<OpenFile, FileEntry<Task>>()

function infoOf(open: OpenFile, fd: number): FileEntry<Task> {
  let found = FILES.get(open)
  if (!found) {
    found = file((task) => {
      const mount = open.location?.mount.id ?? 15
      return `pos:\t${open.offset}\nflags:\t${flagsOf(open, task.fds.get(fd)?.closeOnExec ?? false)}\nmnt_id:\t${mount}\nino:\t${open.inode.ino}\n`
    })
    FILES.set(open, found)
  }
  return found
}

const entry: FolderEntry<Task> = {
  kind: 'folder',
  mode: 0o555,
  names: (task) => [...task.fds.keys()].sort((a, b) => a - b).map(String),
  lookup: (name, task) => {
    const open = openFileAt(task, name)
    return open && infoOf(open, Number(name))
  },
}

export default entry
