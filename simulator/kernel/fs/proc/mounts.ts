/** Mounts as proc(5) shows them: only those below the root of the process, by paths from there (fs/proc_namespace.c). */
import type { Task } from '../../task'
import { majorOf, minorOf } from '../../vfs/filesystem'
import { pathBelow, samePlace, rootOf } from '../../vfs/location'
import { NamespaceInode } from '../nsfs'
import type { Mount, MountFlags } from '../../vfs/mount'
import { living } from './task'

/** Blanks and backslashes are written in octal. */
const escaped = (text: string): string => text.replace(/[ \t\n\\#]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)

export interface ShownMount {
  readonly mount: Mount
  readonly path: string
}

export function shownMounts(task: Task): ShownMount[] {
  const shown: ShownMount[] = []
  for (const mount of living(task, 'EINVAL').ns.mnt.mounts) {
    if (samePlace(rootOf(mount), task.root)) shown.push({ mount, path: '/' })
    else if (mount.point) {
      const path = pathBelow(mount.point, task.root)
      if (path !== undefined) shown.push({ mount, path: escaped(path) })
    }
  }
  return shown
}

export function flagWords(flags: MountFlags): string[] {
  const words: string[] = []
  if (flags.noSuid) words.push('nosuid')
  if (flags.noDev) words.push('nodev')
  if (flags.noExec) words.push('noexec')
  if (flags.atime === 'noatime') words.push('noatime')
  if (flags.noDirAtime) words.push('nodiratime')
  if (flags.atime === 'relatime') words.push('relatime')
  return words
}

/** A bound namespace is named by its kind and number. */
const rootPathOf = (mount: Mount): string => (mount.root instanceof NamespaceInode ? mount.root.namespace.label : mount.rootPath)

/** `64 42 254:0 / / rw,relatime - ext4 /dev/vda rw,discard`. */
export function mountinfoLine({ mount, path }: ShownMount): string {
  const { fs, flags } = mount
  const optional = mount.propagation.map((field) => `${field} `).join('')
  const parent = mount.point ? mount.point.mount.id : (mount.parentId ?? mount.id)
  return (
    `${mount.id} ${parent} ${majorOf(fs.dev)}:${minorOf(fs.dev)} ${escaped(rootPathOf(mount))} ${path} ` +
    `${[flags.readOnly ? 'ro' : 'rw', ...flagWords(flags)].join(',')} ${optional}- ${fs.type} ${escaped(mount.source)} ${fs.options}\n`
  )
}

/** `/dev/vda / ext4 rw,relatime,discard 0 0`, as fstab(5) has it. */
export function mountsLine({ mount, path }: ShownMount): string {
  const [, ...own] = mount.fs.options.split(',')
  const words = [mount.readOnly ? 'ro' : 'rw', ...flagWords(mount.flags), ...own]
  return `${escaped(mount.source)} ${path} ${mount.fs.type} ${words.join(',')} 0 0\n`
}
