/** ln(1) of coreutils 9.1. */
import type { Run } from '../../../kernel/run'
import { type Errno, isErrno } from '../../../kernel/errno'
import type { Io } from '../../program'
import { command, fail, type Options, wrongCall } from '../command'
import { baseName, inside, statOrNull } from '../copying'
import { quoted, reason } from '../files'
import { agrees, backupName, type Backups, backupsOf } from '../overwriting'
import { canonical } from '../realpath/canonical'
import { HELP, VERSION } from './help'

export default command({
  summary: 'make links between files', help: HELP, version: VERSION, hidden: '  -b\n  --backup[=CONTROL]\n',
  *run(io, options) {
    const { sys } = io
    const { operands } = options
    const symbolic = options.has('s')
    const target = options.value('t')
    if (operands.length === 0) return wrongCall(io, 'missing file operand')
    if (options.has('r') && !symbolic) return fail(io, 'cannot do --relative without --symbolic')
    const backups = backupsOf(io, options)
    let status = 0
    if (options.has('T')) {
      if (target !== undefined) return fail(io, 'cannot combine --target-directory and --no-target-directory')
      if (operands.length === 1) return wrongCall(io, `missing destination file operand after ${quoted(operands[0] ?? '')}`)
      if (operands[2] !== undefined) return wrongCall(io, `extra operand ${quoted(operands[2])}`)
      return (yield* make(io, options, backups, operands[0] ?? '', operands[1] ?? '')) ? 0 : 1
    }
    const last = target ?? (operands.length > 1 ? (operands.at(-1) ?? '.') : '.')
    const sources = target !== undefined || operands.length === 1 ? operands : operands.slice(0, -1)
    const there = statOrNull(sys, last, options.has('n') ? 'lstat' : 'stat')
    const directory = there?.kind === 'dir'
    if (!directory && (sources.length > 1 || target !== undefined)) {
      return fail(io, `${target === undefined ? 'target' : 'target directory'} ${quoted(last)}: ${there ? 'Not a directory' : 'No such file or directory'}`)
    }
    for (const source of sources) if (!(yield* make(io, options, backups, source, directory ? inside(last, baseName(source)) : last))) status = 1
    return status
  },
})

/** The way from one directory to a file, both without links. */
function relative(io: Io, source: string, link: string): string {
  const cut = link.lastIndexOf('/')
  const parts = (path: string): string[] => path.split('/').filter((p) => p !== '')
  const from = parts(canonical(io.sys, cut < 0 ? '.' : link.slice(0, cut) || '/', 'any-may-miss'))
  const to = parts(canonical(io.sys, source, 'any-may-miss'))
  let same = 0
  while (same < from.length && same < to.length && from[same] === to[same]) same++
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.'
}

function* make(io: Io, options: Options, backups: Backups, source: string, link: string): Run<boolean> {
  const { sys } = io
  const symbolic = options.has('s')
  const say = (message: string): false => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  let text = source
  if (!symbolic) {
    try {
      const stat = options.has('L') ? sys.stat(source) : sys.lstat(source)
      if (stat.kind === 'dir' && !options.has('d', 'F')) return say(`${source}: hard link not allowed for directory`)
      if (options.has('L')) text = sys.realpath(source)
    } catch (error) {
      return say(`failed to access ${quoted(source)}: ${reason(error)}`)
    }
  } else if (options.has('r')) text = relative(io, source, link)
  const there = statOrNull(sys, link, 'lstat')
  let backup: string | undefined
  try {
    if (there && (options.has('f', 'i') || backups.kind !== 'none')) {
      const own = symbolic && source !== link ? null : statOrNull(sys, text, 'lstat')
      if (there.kind === 'dir') return say(`${link}: cannot overwrite directory`)
      if (own && own.dev === there.dev && own.ino === there.ino && (own.nlink === 1 || source === link)) return say(`${quoted(source)} and ${quoted(link)} are the same file`)
      if (options.last('f', 'i') === 'i' && !(yield* agrees(io, `replace ${quoted(link)}?`))) return true
      if (backups.kind !== 'none') {
        backup = backupName(io, link, backups)
        sys.rename(link, backup)
      } else sys.unlink(link)
    }
    if (symbolic) sys.symlink(text, link)
    else if (sys.lstat(text).kind === 'dir') return say(`failed to create hard link ${quoted(link)} => ${quoted(source)}: Operation not permitted`)
    else sys.link(text, link)
  } catch (error) {
    if (!isErrno(error)) throw error
    return say(`failed to create ${failure(symbolic, source, text, link, error)}: ${error.message}`)
  }
  if (options.has('v')) io.out(`${backup === undefined ? '' : `${quoted(backup)} ~ `}${quoted(link)} ${symbolic ? '->' : '=>'} ${quoted(text)}\n`)
  return true
}

/** Which names the message tells depends on what went wrong. */
function failure(symbolic: boolean, source: string, text: string, link: string, error: Errno): string {
  if (symbolic) return text !== '' && error.code !== 'ENAMETOOLONG' ? `symbolic link ${quoted(link)}` : `symbolic link ${quoted(link)} -> ${quoted(text)}`
  return isErrno(error, 'EEXIST', 'ENOSPC', 'EROFS') ? `hard link ${quoted(link)}` : `hard link ${quoted(link)} => ${quoted(source)}`
}
