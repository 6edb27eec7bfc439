/**
 * The node's disk: the names, modes, owners, sizes and dates of rootfs.txt, the texts that were recorded, and the programs of
 * the lab where the real ones lay. A file whose contents nobody recorded is there, and reading it fails (EIO).
 */
import { EMPTY, encode } from '../../kernel/bytes'
import { DEVICE_NUMBERS } from '../../kernel/devices'
import { elfContents } from '../../kernel/elf'
import { Errno } from '../../kernel/errno'
import { type Contents, type DiskFigures, MemoryFile, type MemoryFs, MemoryLink, MemorySpecial } from '../../kernel/fs/memory'
import type { Timespec } from '../../kernel/time'
import { Directory, Symlink } from '../../kernel/vfs/inode'
import { programAt, type Programs } from '../../programs/installed'
import { cutPath, type ListedFile } from './listing'

/** A program of a real node that the lab has not. */
export const NOT_SIMULATED = 'lab/not-simulated'

/** The node's disk, of whose figures the capture tells nothing (recording: query/namespaces, `df -h /`). */
export const DISK: DiskFigures = { blocks: 66_053_021, free: 58_817_847, available: 19_582_157, files: 16_777_216, filesFree: 16_270_280 }

/** Ids by name of passwd or group. */
function idsOf(table: string | undefined): ReadonlyMap<string, number> {
  return new Map((table ?? '').split('\n').filter(Boolean).map((line) => {
    const [name = '', , id] = line.split(':')
    return [name, Number(id)]
  }))
}

/** The directory at a path of one file system, made with all above it when missing; links in it are followed. */
export function directoryAt(root: Directory, path: string, now: Timespec): Directory {
  const stack: Directory[] = [root]
  for (const name of path.split('/')) {
    const here = stack.at(-1) ?? root
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (stack.length > 1) stack.pop()
      continue
    }
    let next = here.lookup(name, null)
    if (next instanceof Symlink) {
      const target = next.target(null)
      const base = target.startsWith('/') ? '' : stack.length > 1 ? path.slice(0, path.indexOf(name)) : ''
      next = directoryAt(root, `${base}/${target}`, now)
    }
    if (!next) {
      next = here.make({ kind: 'dir', mode: 0o755, uid: 0, gid: 0, now })
      here.insert(name, next)
      next = here.lookup(name, null) ?? next
    }
    if (!(next instanceof Directory)) throw new Errno('ENOTDIR')
    stack.push(next)
  }
  return stack.at(-1) ?? root
}

/** Where update-alternatives(1) of Debian 12 leads names, by preference; /etc/alternatives itself was not recorded. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  awk: ['/usr/bin/gawk', '/usr/bin/mawk'], nawk: ['/usr/bin/gawk', '/usr/bin/mawk'], editor: ['/usr/bin/vim.tiny'], ex: ['/usr/bin/vim.tiny'], vi: ['/usr/bin/vim.tiny'],
  view: ['/usr/bin/vim.tiny'], rview: ['/usr/bin/vim.tiny'], pager: ['/usr/bin/less', '/usr/bin/more'], which: ['/usr/bin/which.debianutils'], rmt: ['/usr/sbin/rmt-tar'],
}

/** The link in /etc/alternatives that a name of the disk leads through: `iptables` to `iptables-nft` where no table says otherwise. */
function alternativeOf(disk: MemoryFs, name: string): string | undefined {
  const nft = /^(?:ip6?|arp|eb)tables/.exec(name)?.[0]
  const candidates = ALTERNATIVES[name] ?? (nft ? [`/usr/sbin/${nft}-nft${name.slice(nft.length)}`] : [])
  return candidates.find((path) => {
    const { directory, name: last } = cutPath(path)
    return directoryAt(disk.root, directory, { sec: 0, nsec: 0 }).lookup(last, null) !== undefined
  })
}

const unrecorded = (size: number): Contents => ({
  size,
  make() {
    throw new Errno('EIO')
  },
})

/** What an executable of this path and size holds. */
export const executable = (programs: Programs, path: string, size: number): Contents => elfContents(programAt(programs, path) ?? NOT_SIMULATED, size)

/** A file system in memory that covers part of the disk (/run, /dev). */
export interface Cover {
  readonly point: string
  readonly fs: MemoryFs
}

export interface DiskSources {
  readonly files: Iterable<ListedFile>
  /** Texts by path. */
  readonly texts: Readonly<Record<string, string>>
  readonly programs: Programs
}

/** The file system that a path lies in, and the path from its root. */
export function fileSystemOf(disk: MemoryFs, covers: readonly Cover[], path: string): { readonly fs: MemoryFs; readonly inner: string } {
  let best: Cover | undefined
  for (const cover of covers) if (path.startsWith(`${cover.point}/`) && cover.point.length > (best?.point.length ?? 0)) best = cover
  return best ? { fs: best.fs, inner: path.slice(best.point.length) } : { fs: disk, inner: path }
}

/** Fills a disk. Directories get their own times back at the end, making things in them having changed these. */
export function fillDisk(disk: MemoryFs, sources: DiskSources, now: Timespec): void {
  const users = idsOf(sources.texts['/etc/passwd'])
  const groups = idsOf(sources.texts['/etc/group'])
  const done: (() => void)[] = []
  const folders = new Map<string, Directory>()
  const alternatives: { readonly name: string; readonly what: { readonly uid: number; readonly gid: number; readonly now: Timespec } }[] = []
  const folderAt = (path: string): Directory => {
    let found = folders.get(path)
    if (!found) {
      found = directoryAt(disk.root, path, now)
      folders.set(path, found)
    }
    return found
  }
  for (const file of sources.files) {
    const { path, name, time, size } = file
    const what = { mode: file.mode, uid: users.get(file.owner) ?? Number(file.owner), gid: groups.get(file.group) ?? Number(file.group), now: time }
    const parent = folderAt(file.directory)
    switch (file.kind) {
      case 'd': {
        const made = folderAt(path)
        made.setAttributes({ mode: what.mode, uid: what.uid, gid: what.gid })
        done.push(() => made.setAttributes({ mtime: time, ctime: time, atime: time }))
        break
      }
      case 'l':
        parent.insert(name, new MemoryLink(disk, what, file.target))
        if (file.target.startsWith('/etc/alternatives/')) alternatives.push({ name: cutPath(file.target).name, what })
        break
      case 'c':
        parent.insert(name, new MemorySpecial(disk, 'chr', what, DEVICE_NUMBERS[name] ?? 0))
        break
      default: {
        const recorded = sources.texts[path]
        const contents = recorded !== undefined ? encode(recorded) : size === 0 ? EMPTY : (what.mode & 0o111) !== 0 ? executable(sources.programs, path, size) : unrecorded(size)
        parent.insert(name, new MemoryFile(disk, what, contents))
      }
    }
  }
  for (const [path, text] of Object.entries(sources.texts)) {
    if (path.startsWith('/proc/')) continue
    const { directory, name } = cutPath(path)
    const parent = directoryAt(disk.root, directory, now)
    const there = parent.lookup(name, null)
    if (!there) parent.insert(name, new MemoryFile(disk, { mode: 0o644, uid: 0, gid: 0, now }, encode(text)))
    else if (there instanceof Symlink) {
      // A link to what was not listed (/usr/lib): the text lies where it leads.
      const target = there.target(null)
      const end = cutPath(target.startsWith('/') ? target : `${directory}/${target}`)
      const at = directoryAt(disk.root, end.directory, now)
      if (!at.lookup(end.name, null)) at.insert(end.name, new MemoryFile(disk, { mode: 0o644, uid: 0, gid: 0, now }, encode(text)))
    }
  }
  for (const { name, what } of alternatives) {
    const real = alternativeOf(disk, name)
    const parent = directoryAt(disk.root, '/etc/alternatives', now)
    if (real !== undefined && !parent.lookup(name, null)) parent.insert(name, new MemoryLink(disk, what, real))
  }
  for (const finish of done) finish()
}
