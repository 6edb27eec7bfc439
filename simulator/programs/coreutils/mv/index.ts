/** mv(1) of coreutils 9.1: rename(2), or copy and remove between file systems. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { command, usageError, wrongCall } from '../command'
import { copy, destinations, inside, statOrNull } from '../copying'
import { quoted, reason } from '../files'
import { agrees, backupName, backupsOf } from '../overwriting'
import { HELP, VERSION } from './help'

export default command({
  summary: 'move (rename) files', help: HELP, version: VERSION, hidden: '  -b\n  --backup[=CONTROL]\n',
  *run(io, options) {
    const { sys } = io
    const backups = backupsOf(io, options)
    const existing = options.last('f', 'i', 'n')
    if (existing === 'n' && backups.kind !== 'none') return wrongCall(io, 'options --backup and --no-clobber are mutually exclusive')
    const operands = options.has('strip-trailing-slashes') ? options.operands.map((p) => p.replace(/(?<=.)\/+$/, '')) : options.operands
    const pairs = destinations(io, operands, options.value('t'), options.has('T'))
    if (!Array.isArray(pairs)) {
      io.err(`${io.name}: ${pairs.message}\n`)
      return pairs.usage ? usageError(io) : 1
    }
    let status = 0
    for (const [from, to] of pairs) {
      let backup: string | undefined
      try {
        const source = statOrNull(sys, from, 'lstat')
        const there = statOrNull(sys, to, 'lstat')
        if (!source) sys.lstat(from)
        if (source && there) {
          if (source.ino === there.ino && source.dev === there.dev) {
            io.err(`${io.name}: ${quoted(from)} and ${quoted(to)} are the same file\n`)
            status = 1
            continue
          }
          if (existing === 'n') continue
          if (options.has('u') && (there.mtime.sec > source.mtime.sec || (there.mtime.sec === source.mtime.sec && there.mtime.nsec >= source.mtime.nsec))) continue
          if (existing === 'i' && !(yield* agrees(io, `overwrite ${quoted(to)}?`))) continue
          if (there.kind === 'dir' && source.kind !== 'dir') {
            io.err(`${io.name}: cannot overwrite directory ${quoted(to)} with non-directory\n`)
            status = 1
            continue
          }
          if (there.kind !== 'dir' && source.kind === 'dir') {
            io.err(`${io.name}: cannot overwrite non-directory ${quoted(to)} with directory ${quoted(from)}\n`)
            status = 1
            continue
          }
        }
      } catch (error) {
        io.err(`${io.name}: cannot stat ${quoted(from)}: ${reason(error)}\n`)
        status = 1
        continue
      }
      try {
        if (backups.kind !== 'none' && statOrNull(sys, to, 'lstat')) {
          backup = backupName(io, to, backups)
          sys.rename(to, backup)
        }
        sys.rename(from, to)
        if (options.has('v')) io.out(`renamed ${quoted(from)} -> ${quoted(to)}${backup === undefined ? '' : ` (backup: ${quoted(backup)})`}\n`)
      } catch (error) {
        if (isErrno(error, 'EXDEV')) {
          const done = yield* copy(io, from, to, {
            recursive: true, follow: 'none', preserve: new Set(['mode', 'ownership', 'timestamps', 'links']), force: true, removeFirst: false, existing: 'overwrite', update: false,
            verbose: false, link: 'copy', data: 'copied', oneFileSystem: false, backups: { kind: 'none', suffix: '' },
          })
          if (done && options.has('v')) io.out(`copied ${quoted(from)} -> ${quoted(to)}\nremoved ${quoted(from)}\n`)
          if (done) yield* removeTree(sys, from)
          else status = 1
          continue
        }
        const into = isErrno(error, 'EINVAL')
        io.err(into ? `${io.name}: cannot move ${quoted(from)} to a subdirectory of itself, ${quoted(to)}\n` : `${io.name}: cannot move ${quoted(from)} to ${quoted(to)}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})

function* removeTree(sys: Sys, path: string): Run {
  if (sys.lstat(path).kind !== 'dir') return sys.unlink(path)
  for (const entry of sys.readdir(path)) yield* removeTree(sys, inside(path, entry.name))
  sys.rmdir(path)
}
