/** install(1) of coreutils 9.1: copies with mode and owner, or makes directories. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { accounts } from '../accounts'
import { command, fail, type Options, wrongCall } from '../command'
import { baseName, inside, statOrNull } from '../copying'
import { locale, quoted, reason } from '../files'
import { changedMode } from '../modes'
import { HELP, VERSION } from './help'

interface Attributes {
  readonly mode: number
  readonly directoryMode: number
  readonly uid: number
  readonly gid: number
}

export default command({
  summary: 'copy files and set attributes',
  help: HELP, version: VERSION,
  *run(io, options) {
    const modeText = options.value('m')
    const mode = modeText === undefined ? 0o755 : changedMode(modeText, 0, 'other', 0)
    const directoryMode = modeText === undefined ? 0o755 : changedMode(modeText, 0, 'dir', 0)
    if (mode === null || directoryMode === null) return fail(io, `invalid mode ${locale(io, modeText ?? '')}`)
    for (const letter of ['s', 'Z']) {
      if (options.has(letter)) {
        io.err(`${io.name}: not simulated in this lab\n`)
        return 125
      }
    }
    const names = yield* accounts(io.sys)
    const id = (text: string | undefined, list: readonly { readonly name: string; readonly id: number }[], what: string): number => {
      if (text === undefined) return -1
      const known = list.find((each) => each.name === text)
      if (known) return known.id
      return /^\d+$/.test(text) ? Number(text) : fail(io, `invalid ${what} ${locale(io, text)}`)
    }
    const directory = options.has('d')
    const target = options.value('t')
    if (directory && target !== undefined) return fail(io, 'target directory not allowed when installing a directory')
    const attributes: Attributes = { mode, directoryMode, uid: id(options.value('o'), names.users, 'user'), gid: id(options.value('g'), names.groups, 'group') }
    const { operands } = options
    const [first] = operands
    if (first === undefined) return wrongCall(io, 'missing file operand')
    let status = 0
    if (directory) {
      for (const path of operands) if (!makeDirectories(io, options, path, attributes)) status = 1
      return status
    }
    if (operands.length === 1 && target === undefined) return wrongCall(io, `missing destination file operand after ${quoted(first)}`)
    if (options.has('T')) {
      const extra = operands[2]
      if (extra !== undefined) return wrongCall(io, `extra operand ${quoted(extra)}`)
      return (yield* installFile(io, options, first, operands[1] ?? '', attributes)) ? 0 : 1
    }
    const last = target ?? operands.at(-1) ?? ''
    const sources = target === undefined ? operands.slice(0, -1) : operands
    if (target !== undefined && options.has('D') && !statOrNull(io.sys, target)) makeDirectories(io, options, target, { ...attributes, uid: -1, gid: -1, directoryMode: 0o755 })
    const there = statOrNull(io.sys, last)
    if (there?.kind !== 'dir') {
      if (target !== undefined || sources.length > 1) {
        return fail(io, `${target === undefined ? 'target' : 'failed to access'} ${quoted(last)}: ${there ? 'Not a directory' : 'No such file or directory'}`)
      }
      if (options.has('D')) {
        const cut = last.lastIndexOf('/')
        if (cut > 0 && !makeDirectories(io, options, last.slice(0, cut), { ...attributes, uid: -1, gid: -1, directoryMode: 0o755 })) return 1
      }
      return (yield* installFile(io, options, first, last, attributes)) ? 0 : 1
    }
    for (const source of sources) if (!(yield* installFile(io, options, source, inside(last, baseName(source)), attributes))) status = 1
    return status
  },
})

function makeDirectories(io: Io, options: Options, path: string, attributes: Attributes): boolean {
  const { sys } = io
  const parts = path.split('/')
  for (let i = 1; i <= parts.length; i++) {
    const step = parts.slice(0, i).join('/')
    const last = i === parts.length
    if (step === '' || (parts[i - 1] === '' && !last)) continue
    try {
      sys.mkdir(step, 0o755)
      if (options.has('v')) io.out(`${io.name}: creating directory ${quoted(step)}\n`)
    } catch (error) {
      if (!isErrno(error, 'EEXIST') || statOrNull(sys, step)?.kind !== 'dir') {
        io.err(`${io.name}: cannot create directory ${locale(io, step)}: ${reason(error)}\n`)
        return false
      }
    }
    if (last) {
      try {
        if (attributes.uid !== -1 || attributes.gid !== -1) sys.chown(step, attributes.uid, attributes.gid)
        sys.chmod(step, attributes.directoryMode)
      } catch (error) {
        io.err(`${io.name}: cannot change ownership of ${quoted(step)}: ${reason(error)}\n`)
        return false
      }
    }
  }
  return true
}

function* installFile(io: Io, options: Options, from: string, to: string, attributes: Attributes): Run<boolean> {
  const { sys } = io
  const say = (message: string): false => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  let stat: ReturnType<typeof sys.stat>
  try {
    stat = sys.stat(from)
  } catch (error) {
    return say(`cannot stat ${quoted(from)}: ${reason(error)}`)
  }
  if (stat.kind === 'dir') return say(`omitting directory ${quoted(from)}`)
  const there = statOrNull(sys, to, 'lstat')
  if (there?.kind === 'dir') return say(`cannot overwrite directory ${quoted(to)} with non-directory`)
  if (there && there.dev === stat.dev && there.ino === stat.ino) return say(`${quoted(from)} and ${quoted(to)} are the same file`)
  if (options.has('C') && there?.kind === 'file' && there.size === stat.size && (there.mode & 0o7777) === attributes.mode && there.uid === (attributes.uid < 0 ? sys.credentials.euid : attributes.uid) && there.gid === (attributes.gid < 0 ? sys.credentials.egid : attributes.gid)) {
    const [ours, theirs] = [yield* sys.readFile(from), yield* sys.readFile(to)]
    if (ours.every((byte, i) => byte === theirs[i])) return true
  }
  let backup: string | undefined
  try {
    const input = yield* sys.open(from, { read: true })
    try {
      if (there && options.has('b', 'backup')) {
        backup = `${to}${options.value('S') ?? '~'}`
        sys.rename(to, backup)
      } else if (there) {
        sys.unlink(to)
        if (options.has('v')) io.out(`removed ${quoted(to)}\n`)
      }
      const output = yield* sys.open(to, { write: true, create: true, exclusive: true }, 0o600)
      for (let bytes = yield* sys.read(input, 65536); bytes.length > 0; bytes = yield* sys.read(input, 65536)) yield* sys.write(output, bytes)
      sys.close(output)
    } catch (error) {
      return say(`cannot create regular file ${quoted(to)}: ${reason(error)}`)
    } finally {
      sys.close(input)
    }
  } catch (error) {
    return say(`cannot open ${quoted(from)} for reading: ${reason(error)}`)
  }
  if (options.has('v')) io.out(`${quoted(from)} -> ${quoted(to)}${backup === undefined ? '' : ` (backup: ${quoted(backup)})`}\n`)
  try {
    if (options.has('p')) sys.utimes(to, stat.atime, stat.mtime)
    if (attributes.uid !== -1 || attributes.gid !== -1) sys.chown(to, attributes.uid, attributes.gid)
    sys.chmod(to, attributes.mode)
  } catch (error) {
    return say(`cannot change ownership of ${quoted(to)}: ${reason(error)}`)
  }
  return true
}
