/**
 * Files of containers: `ls` of each container's root was recorded. What a layer holds is put in the lower directory of its
 * overlay that is deepest: busybox and its links, the program that the container runs, and its directories.
 */
import { encode } from '../../kernel/bytes'
import { elfContents } from '../../kernel/elf'
import { MemoryFile, MemoryFs, MemoryLink } from '../../kernel/fs/memory'
import type { Timespec } from '../../kernel/time'
import type { Directory } from '../../kernel/vfs/inode'
import type { Programs } from '../../programs/installed'
import { directoryAt, NOT_SIMULATED } from './disk'
import { cutPath } from './listing'

/** `DIR:` then names, blank line, as `ls -R` prints: relative directory -> names. */
export function listingOf(text: string): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, readonly string[]>()
  for (const block of text.split('\n\n')) {
    const [head = '', ...names] = block.split('\n').filter(Boolean)
    const path = /^\/proc\/\d+\/root(\/.*):$/.exec(head)?.[1]
    if (path) folders.set(path.replace(/\/$/, ''), names)
  }
  return folders
}

const BUSYBOX = '/bin/busybox'
/** Not in the listings: the accounts of the images, as `cat` showed them (query/namespaces). */
const ACCOUNTS: Readonly<Record<string, string>> = {
  passwd: 'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n',
  group: 'root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n',
}

/** The program that a file of an image runs: that of its own name where the lab has one. */
export function programOf(programs: Programs, path: string): string {
  const { name } = cutPath(path)
  if (path === BUSYBOX) return programs.has('busybox/busybox') ? 'busybox/busybox' : NOT_SIMULATED
  for (const program of programs.values()) if ((program.paths.includes(path) || program.paths.includes(`/usr${path}`)) && program.package !== 'coreutils') return program.id
  for (const program of programs.values()) if (program.name === name && ['pause', 'lab', 'kubernetes', 'webserver'].includes(program.package)) return program.id
  return NOT_SIMULATED
}

/** Lays a recorded listing and the container's own program into a layer. */
export function fillLayer(layer: Directory, listing: ReadonlyMap<string, readonly string[]>, exe: string, now: Timespec, programs: Programs): void {
  const { fs } = layer
  if (!(fs instanceof MemoryFs)) return
  const made = { mode: 0o755, uid: 0, gid: 0, now }
  const folders = new Set(listing.keys())
  for (const [path, names] of listing) {
    const directory = directoryAt(layer, path, now)
    for (const name of names) {
      if (directory.lookup(name, null) || folders.has(`${path}/${name}`)) continue
      const full = `${path}/${name}`
      if (path === '') {
        if (full === exe || full === '/pause') directory.insert(name, program(programs, fs, full, made))
        else directoryAt(layer, full, now)
      } else if (path === '/bin' && full !== BUSYBOX) directory.insert(name, new MemoryLink(fs, made, BUSYBOX))
      else directory.insert(name, path === '/bin' ? program(programs, fs, full, made) : new MemoryFile(fs, { ...made, mode: 0o644 }))
    }
  }
  if (listing.get('')?.includes('etc') && listing.get('/bin')?.includes('busybox')) {
    const etc = directoryAt(layer, '/etc', now)
    for (const [file, text] of Object.entries(ACCOUNTS)) if (!etc.lookup(file, null)) etc.insert(file, new MemoryFile(fs, { ...made, mode: 0o644 }, encode(text)))
  }
  const { directory, name } = cutPath(exe)
  const own = directoryAt(layer, directory, now)
  if (!own.lookup(name, null)) own.insert(name, program(programs, fs, exe, made))
}

/** Programs in a container's /bin that the layer below has not: each is a program of its own, no applet. */
export function fillUpperLayer(layer: Directory, base: Directory, listing: ReadonlyMap<string, readonly string[]>, now: Timespec, programs: Programs): void {
  const { fs } = layer
  if (!(fs instanceof MemoryFs)) return
  const below = directoryAt(base, '/bin', now)
  for (const name of listing.get('/bin') ?? []) {
    if (below.lookup(name, null)) continue
    const directory = directoryAt(layer, '/bin', now)
    if (!directory.lookup(name, null)) directory.insert(name, program(programs, fs, `/bin/${name}`, { mode: 0o755, uid: 0, gid: 0, now }))
  }
}

function program(programs: Programs, fs: MemoryFs, path: string, made: { mode: number; uid: number; gid: number; now: Timespec }): MemoryFile {
  const id = programOf(programs, path)
  const size = programs.get(id)?.size ?? 14_472
  return new MemoryFile(fs, made, elfContents(id, size))
}
