/** Descriptors as /proc shows them. */
import { Errno } from '../../errno'
import type { Task } from '../../task'
import { type Location, pathOf } from '../../vfs/location'
import { Mount } from '../../vfs/mount'
import type { OpenFile } from '../../vfs/openfile'

export function openFileAt(task: Task, name: string): OpenFile | undefined {
  return /^(0|[1-9]\d*)$/.test(name) ? task.fds.get(Number(name))?.file : undefined
}

/** The path from the reader's root; a file that lies outside of it is named as its own mounts have it. */
export function nameOf(file: OpenFile, viewer: Task): string {
  if (!file.location) return file.label
  const gone = file.location.inode.nlink === 0 ? ' (deleted)' : ''
  return `${pathOf(file.location, viewer.root)}${gone}`
}

const ANONYMOUS = new WeakMap<OpenFile, Location>()

/** Where a descriptor leads: for a pipe or a socket a place that only this link reaches. */
export function placeOf(file: OpenFile): Location {
  if (file.location) return file.location
  let found = ANONYMOUS.get(file)
  if (!found) {
    const { inode } = file
    if (inode.kind === 'sock') throw new Errno('ENXIO')
    found = { mount: new Mount({ id: 0, fs: inode.fs, root: inode, source: 'none', point: null }), inode, parent: null, name: '' }
    ANONYMOUS.set(file, found)
  }
  return found
}
