/** rm(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { decode } from '../../../kernel/bytes'
import type { Stat } from '../../../kernel/sys'
import { command, type Options, usageError } from '../command'
import type { Io } from '../../program'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'remove files or directories', help: HELP, version: VERSION,
  *run(io, options) {
    if (options.operands.length === 0) {
      if (options.has('f')) return 0
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    let status = 0
    for (const path of options.operands) {
      const base = path.replace(/\/+$/, '').split('/').at(-1)
      if (options.has('r', 'R') && (base === '.' || base === '..')) {
        io.err(`${io.name}: refusing to remove '.' or '..' directory: skipping ${quoted(path)}\n`)
        status = 1
        continue
      }
      if (options.has('r', 'R') && !options.has('no-preserve-root') && /^\/+$/.test(path)) {
        io.err(`${io.name}: it is dangerous to operate recursively on '/'\n${io.name}: use --no-preserve-root to override this failsafe\n`)
        status = 1
        continue
      }
      if (!(yield* remove(io, options, path))) status = 1
    }
    return status
  },
})

function* agrees(io: Io, question: string): Run<boolean> {
  io.err(`${io.name}: ${question}? `)
  yield* io.flush()
  let text = ''
  for (;;) {
    const bytes = yield* io.sys.read(0, 1)
    if (bytes.length === 0 || bytes[0] === 10) return /^[yY]/.test(text)
    text += decode(bytes)
  }
}

const described = (s: Stat): string => ({ file: s.size === 0 ? 'regular empty file' : 'regular file', dir: 'directory', link: 'symbolic link', chr: 'character special file', blk: 'block special file', fifo: 'fifo', sock: 'socket' })[s.kind]

function* remove(io: Io, options: Options, path: string): Run<boolean> {
  const { sys } = io
  const asks = options.has('i') && !options.has('f')
  let stat: Stat
  try {
    stat = sys.lstat(path)
  } catch (error) {
    if (options.has('f') && isErrno(error, 'ENOENT', 'ENOTDIR')) return true
    io.err(`${io.name}: cannot remove ${quoted(path)}: ${reason(error)}\n`)
    return false
  }
  if (sys.spend(5)) yield 'preempted'
  try {
    if (stat.kind === 'dir') {
      if (!options.has('r', 'R') && !options.has('d')) {
        io.err(`${io.name}: cannot remove ${quoted(path)}: Is a directory\n`)
        return false
      }
      if (options.has('r', 'R')) {
        const entries = sys.readdir(path)
        if (asks && entries.length > 0 && !(yield* agrees(io, `descend into directory ${quoted(path)}`))) return true
        let whole = true
        for (const entry of entries) whole = (yield* remove(io, options, `${path.replace(/\/$/, '')}/${entry.name}`)) && whole
        if (!whole) return false
      }
      if (asks && !(yield* agrees(io, `remove directory ${quoted(path)}`))) return true
      sys.rmdir(path)
      if (options.has('v')) io.out(`removed directory ${quoted(path)}\n`)
      return true
    }
    if (asks && !(yield* agrees(io, `remove ${described(stat)} ${quoted(path)}`))) return true
    sys.unlink(path)
    if (options.has('v')) io.out(`removed ${quoted(path)}\n`)
    return true
  } catch (error) {
    io.err(`${io.name}: cannot remove ${quoted(path)}: ${reason(error)}\n`)
    return false
  }
}
