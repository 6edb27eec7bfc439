/** What cp, mv and install share: where operands go, and the copy of a tree. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Stat, Sys } from '../../kernel/sys'
import type { Io } from '../program'
import { BLOCK, quoted, reason } from './files'
import { agrees, backupName, type Backups } from './overwriting'

export const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || '/'
export const inside = (directory: string, name: string): string => (directory.endsWith('/') ? directory + name : `${directory}/${name}`)

export function statOrNull(sys: Sys, path: string, how: 'stat' | 'lstat' = 'stat'): Stat | null {
  try {
    return sys[how](path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return null
  }
}

export interface CopyRules {
  readonly recursive: boolean
  /** Links that are followed: all, those given as operands, or none. */
  readonly follow: 'all' | 'operands' | 'none'
  readonly preserve: ReadonlySet<string>
  readonly force: boolean
  readonly removeFirst: boolean
  /** What happens to a file that is in the way. */
  readonly existing: 'overwrite' | 'ask' | 'keep'
  readonly update: boolean
  readonly verbose: boolean
  readonly link: 'hard' | 'symbolic' | 'copy'
  readonly data: 'copied' | 'left'
  readonly oneFileSystem: boolean
  readonly backups: Backups
}

const newerThan = (a: Stat, b: Stat): boolean => a.mtime.sec > b.mtime.sec || (a.mtime.sec === b.mtime.sec && a.mtime.nsec > b.mtime.nsec)

/** What one invocation remembers: devices for -x, and names of files with several links for --preserve=links. */
export interface CopyMemory {
  readonly device: number | undefined
  readonly links: Map<string, string>
  readonly depth: number
  /** Directories that this copy has made: they are not copied into themselves. */
  readonly made: Set<string>
}

export const freshMemory = (): CopyMemory => ({ device: undefined, links: new Map(), depth: 0, made: new Set() })

export function* copy(io: Io, from: string, to: string, rules: CopyRules, memory: CopyMemory = freshMemory()): Run<boolean> {
  const { sys } = io
  const fail = (message: string): false => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  const follows = rules.follow === 'all' || (rules.follow === 'operands' && memory.depth === 0)
  let stat: Stat
  try {
    stat = follows ? sys.stat(from) : sys.lstat(from)
  } catch (error) {
    return fail(`cannot stat ${quoted(from)}: ${reason(error)}`)
  }
  if (stat.kind === 'dir' && !rules.recursive) return fail(`-r not specified; omitting directory ${quoted(from)}`)
  let there: Stat | null = null
  try {
    there = follows || stat.kind !== 'link' ? sys.stat(to) : sys.lstat(to)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) return fail(`cannot stat ${quoted(to)}: ${reason(error)}`)
    there = statOrNull(sys, to, 'lstat')
    if (there && rules.link === 'copy' && stat.kind === 'file' && !rules.removeFirst && !rules.force && rules.existing !== 'keep') return fail(`not writing through dangling symlink ${quoted(to)}`)
  }
  if (stat.kind === 'dir') return yield* copyDirectory(io, from, to, rules, memory, stat, there)
  let backup: string | undefined
  if (there) {
    const same = there.dev === stat.dev && there.ino === stat.ino
    if (same && rules.link === 'hard') return true
    if (same && !(rules.backups.kind !== 'none' && from !== to)) return fail(`${quoted(from)} and ${quoted(to)} are the same file`)
    if (rules.existing === 'keep') return true
    if (rules.update && !newerThan(stat, there)) return true
    if (there.kind === 'dir') return fail(`cannot overwrite directory ${quoted(to)} with non-directory`)
    if (rules.existing === 'ask' && !(yield* agrees(io, `overwrite ${quoted(to)}?`))) return true
    try {
      if (rules.backups.kind !== 'none') {
        backup = backupName(io, to, rules.backups)
        sys.rename(to, backup)
        there = null
      } else if (rules.removeFirst || (rules.force && rules.link !== 'copy')) {
        sys.unlink(to)
        if (rules.verbose && rules.removeFirst) io.out(`removed ${quoted(to)}\n`)
        there = null
      }
    } catch (error) {
      return fail(`cannot ${rules.backups.kind === 'none' ? 'remove' : 'backup'} ${quoted(to)}: ${reason(error)}`)
    }
  }
  const known = rules.preserve.has('links') && stat.nlink > 1 ? memory.links.get(`${stat.dev}:${stat.ino}`) : undefined
  try {
    if (rules.link === 'hard' || known !== undefined) sys.link(known ?? from, to)
    else if (rules.link === 'symbolic') sys.symlink(from, to)
    else if (stat.kind === 'link') {
      if (there) sys.unlink(to)
      sys.symlink(sys.readlink(from), to)
    } else if (stat.kind !== 'file' && rules.recursive) {
      if (there) sys.unlink(to)
      sys.mknod(to, stat.kind, stat.mode, stat.rdev)
    } else if (!(yield* copyData(io, from, to, rules, stat, there))) return false
    if (known === undefined && rules.link !== 'hard') attributes(sys, to, stat, rules)
  } catch (error) {
    const kind = rules.link === 'hard' || known !== undefined ? 'hard link' : rules.link === 'symbolic' || stat.kind === 'link' ? 'symbolic link' : stat.kind === 'fifo' ? 'fifo' : 'special file'
    const target = kind === 'hard link' ? ` to ${quoted(known ?? from)}` : kind === 'symbolic link' && rules.link === 'symbolic' ? ` to ${quoted(from)}` : ''
    return fail(`cannot create ${kind} ${quoted(to)}${target}: ${reason(error)}`)
  }
  if (rules.preserve.has('links') && stat.nlink > 1) memory.links.set(`${stat.dev}:${stat.ino}`, to)
  if (rules.verbose) io.out(`${quoted(from)} -> ${quoted(to)}${backup === undefined ? '' : ` (backup: ${quoted(backup)})`}\n`)
  return true
}

function* copyDirectory(io: Io, from: string, to: string, rules: CopyRules, memory: CopyMemory, stat: Stat, there: Stat | null): Run<boolean> {
  const { sys } = io
  const fail = (message: string): false => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  if (there && there.kind !== 'dir') return fail(`cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`)
  try {
    if (!there) {
      sys.mkdir(to, stat.mode | 0o700)
      if (rules.verbose) io.out(`${quoted(from)} -> ${quoted(to)}\n`)
    }
  } catch (error) {
    return fail(`cannot create directory ${quoted(to)}: ${reason(error)}`)
  }
  const own = sys.stat(to)
  memory.made.add(`${own.dev}:${own.ino}`)
  let whole = true
  try {
    // In the order of inodes, as gnulib's savedir sorts for fast reading.
    const entries = sys.readdir(from).map(({ name }) => ({ source: inside(from, name), name, child: statOrNull(sys, inside(from, name), 'lstat') }))
    for (const { source, name, child } of entries.sort((a, b) => (a.child?.ino ?? 0) - (b.child?.ino ?? 0))) {
      if (child?.kind === 'dir' && memory.made.has(`${child.dev}:${child.ino}`)) {
        whole = fail(`cannot copy a directory, ${quoted(from)}, into itself, ${quoted(to)}`)
        continue
      }
      if (rules.oneFileSystem && child && child.dev !== (memory.device ?? stat.dev)) continue
      whole = (yield* copy(io, source, inside(to, name), rules, { ...memory, device: memory.device ?? stat.dev, depth: memory.depth + 1 })) && whole
    }
  } catch (error) {
    whole = fail(`cannot access ${quoted(from)}: ${reason(error)}`)
  }
  if (!there) sys.chmod(to, rules.preserve.has('mode') ? stat.mode : stat.mode & ~sys.umask())
  if (!there || rules.preserve.size > 0) attributes(sys, to, stat, rules)
  return whole
}

function* copyData(io: Io, from: string, to: string, rules: CopyRules, stat: Stat, there: Stat | null): Run<boolean> {
  const { sys } = io
  const fail = (message: string): false => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  let input: number
  try {
    input = yield* sys.open(from, { read: true })
  } catch (error) {
    return fail(`cannot open ${quoted(from)} for reading: ${reason(error)}`)
  }
  try {
    let output: number
    const create = (): Run<number> => sys.open(to, { write: true, create: true, truncate: rules.data === 'copied' }, stat.mode & 0o777)
    try {
      output = yield* create()
    } catch (error) {
      if (rules.force && there) {
        sys.unlink(to)
        if (rules.verbose) io.out(`removed ${quoted(to)}\n`)
        output = yield* create()
      } else {
        // A name that ends in a slash can only be a directory's.
        const why = to.endsWith('/') && !there ? 'Not a directory' : reason(error)
        return fail(`cannot create regular file ${quoted(to)}: ${why}`)
      }
    }
    while (rules.data === 'copied') {
      const bytes = yield* sys.read(input, BLOCK)
      if (bytes.length === 0) break
      yield* sys.write(output, bytes)
      if (sys.spend(20)) yield 'preempted'
    }
    sys.close(output)
    return true
  } catch (error) {
    return fail(`error ${isErrno(error, 'EISDIR', 'EIO') ? `reading ${quoted(from)}` : `writing ${quoted(to)}`}: ${reason(error)}`)
  } finally {
    sys.close(input)
  }
}

function attributes(sys: Sys, path: string, stat: Stat, rules: CopyRules): void {
  const link = stat.kind === 'link'
  if (rules.preserve.has('ownership')) {
    try {
      sys.chown(path, stat.uid, stat.gid, { noFollow: true })
    } catch (error) {
      if (!isErrno(error, 'EPERM')) throw error
    }
  }
  if (rules.preserve.has('mode') && !link) sys.chmod(path, stat.mode)
  if (rules.preserve.has('timestamps')) sys.utimes(path, stat.atime, stat.mtime, { noFollow: link })
}

/** SOURCE... DEST or -t DIR: pairs of from and to; a string is the complaint. */
export function destinations(io: Io, operands: readonly string[], target: string | undefined, whole: boolean): [string, string][] | { message: string; usage: boolean } {
  const { sys } = io
  const sources = target === undefined ? operands.slice(0, -1) : operands
  if (operands.length === 0) return { message: 'missing file operand', usage: true }
  if (target === undefined && operands.length === 1) return { message: `missing destination file operand after ${quoted(operands[0] ?? '')}`, usage: true }
  const last = target ?? operands.at(-1) ?? ''
  if (whole && target === undefined) {
    if (operands.length > 2) return { message: `extra operand ${quoted(operands[2] ?? '')}`, usage: true }
    return [[operands[0] ?? '', last]]
  }
  const isDirectory = statOrNull(sys, last)?.kind === 'dir'
  if (!isDirectory && (target !== undefined || sources.length > 1)) {
    return { message: target !== undefined ? `target directory ${quoted(last)}: ${statOrNull(sys, last) ? 'Not a directory' : 'No such file or directory'}` : `target ${quoted(last)}: ${statOrNull(sys, last) ? 'Not a directory' : 'No such file or directory'}`, usage: false }
  }
  return sources.map((s) => [s, isDirectory ? inside(last, baseName(s)) : last])
}
