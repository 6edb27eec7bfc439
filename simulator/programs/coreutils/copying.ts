/** What cp, mv and install share: where operands go, and the copy of a tree. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Stat, Sys } from '../../kernel/sys'
import type { Io } from '../program'
import { BLOCK, quoted, reason } from './files'

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
  readonly follow: 'all' | 'none'
  readonly preserve: ReadonlySet<string>
  readonly force: boolean
  readonly noClobber: boolean
  readonly update: boolean
  readonly verbose: boolean
  readonly link: 'hard' | 'symbolic' | 'copy'
}

export function* copy(io: Io, from: string, to: string, rules: CopyRules): Run<boolean> {
  const { sys } = io
  const fail = (message: string): boolean => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  let stat: Stat
  try {
    stat = rules.follow === 'all' ? sys.stat(from) : sys.lstat(from)
  } catch (error) {
    return fail(`cannot stat ${quoted(from)}: ${reason(error)}`)
  }
  const there = statOrNull(sys, to)
  if (stat.kind === 'dir') {
    if (!rules.recursive) return fail(`-r not specified; omitting directory ${quoted(from)}`)
    if (there && there.kind !== 'dir') return fail(`cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}`)
    let whole = true
    try {
      if (!there) {
        sys.mkdir(to, stat.mode | 0o700)
        if (rules.verbose) io.out(`${quoted(from)} -> ${quoted(to)}\n`)
      }
      const own = sys.stat(to)
      for (const entry of sys.readdir(from)) {
        const source = inside(from, entry.name)
        const s = statOrNull(sys, source, 'lstat')
        if (s && s.dev === own.dev && s.ino === own.ino) {
          whole = fail(`cannot copy a directory, ${quoted(from)}, into itself, ${quoted(to)}`)
          continue
        }
        whole = (yield* copy(io, source, inside(to, entry.name), { ...rules, follow: rules.follow })) && whole
      }
      if (!there && rules.preserve.has('mode')) sys.chmod(to, stat.mode)
      attributes(sys, to, stat, rules)
    } catch (error) {
      return fail(`cannot create directory ${quoted(to)}: ${reason(error)}`)
    }
    return whole
  }
  if (there) {
    if (there.dev === stat.dev && there.ino === stat.ino) return rules.link === 'hard' ? true : fail(`${quoted(from)} and ${quoted(to)} are the same file`)
    if (rules.noClobber) return true
    if (there.kind === 'dir') return fail(`cannot overwrite directory ${quoted(to)} with non-directory`)
    if (rules.update && (there.mtime.sec > stat.mtime.sec || (there.mtime.sec === stat.mtime.sec && there.mtime.nsec >= stat.mtime.nsec))) return true
  }
  try {
    if (rules.link !== 'copy') {
      if (there && rules.force) sys.unlink(to)
      if (rules.link === 'hard') sys.link(from, to)
      else sys.symlink(from, to)
    } else if (stat.kind === 'link') {
      if (there) sys.unlink(to)
      sys.symlink(sys.readlink(from), to)
    } else if (stat.kind !== 'file' && rules.recursive) {
      sys.mknod(to, stat.kind, stat.mode, stat.rdev)
    } else {
      const input = yield* sys.open(from, { read: true })
      try {
        let output: number
        try {
          output = yield* sys.open(to, { write: true, create: true, truncate: true }, stat.mode & 0o777)
        } catch (error) {
          if (!rules.force || !there) return fail(`cannot create regular file ${quoted(to)}: ${reason(error)}`)
          sys.unlink(to)
          output = yield* sys.open(to, { write: true, create: true, truncate: true }, stat.mode & 0o777)
        }
        for (;;) {
          const bytes = yield* sys.read(input, BLOCK)
          if (bytes.length === 0) break
          yield* sys.write(output, bytes)
          if (sys.spend(20)) yield 'preempted'
        }
        sys.close(output)
      } finally {
        sys.close(input)
      }
    }
    attributes(sys, to, stat, rules)
  } catch (error) {
    return fail(`cannot ${rules.link === 'copy' ? `open ${quoted(from)} for reading` : `create ${rules.link === 'hard' ? 'hard' : 'symbolic'} link ${quoted(to)} to ${quoted(from)}`}: ${reason(error)}`)
  }
  if (rules.verbose) io.out(`${quoted(from)} -> ${quoted(to)}\n`)
  return true
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
