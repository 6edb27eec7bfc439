/** chmod(1) of coreutils 9.1. */
import type { Run } from '../../../kernel/run'
import { command, fail, type Options, usageError } from '../command'
import type { Io } from '../../program'
import { inside, statOrNull } from '../copying'
import { locale, quoted, reason, shown } from '../files'
import { changedMode, modeString } from '../modes'
import { HELP, VERSION } from './help'

export default command({
  summary: 'change file mode bits', help: HELP, version: VERSION,
  rewrite: (args) => {
    // `-x` and the like are modes.
    const at = args.findIndex((a) => /^-[rwxXstugo]*[rwxXst]/.test(a) && !/^-R/.test(a))
    return at < 0 || args.includes('--') ? args : [...args.filter((a, i) => i < at && a.startsWith('-')), '--', args[at] ?? '', ...args.filter((a, i) => i !== at && !(i < at && a.startsWith('-')))]
  },
  *run(io, options) {
    const reference = options.value('reference')
    let referenceMode: string | undefined
    if (reference !== undefined) {
      try {
        referenceMode = io.sys.stat(reference).mode.toString(8)
      } catch (error) {
        return fail(io, `failed to get attributes of ${quoted(reference)}: ${reason(error)}`)
      }
    }
    const [mode, ...files] = referenceMode === undefined ? options.operands : [referenceMode, ...options.operands]
    const asOption = io.args.find((a) => a === mode && a.startsWith('-')) !== undefined
    if (mode === undefined || (files.length === 0 && (asOption || referenceMode !== undefined))) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    if (files.length === 0) {
      io.err(`${io.name}: missing operand after ${locale(io, mode)}\n`)
      return usageError(io)
    }
    if (changedMode(mode, 0, 'other', 0) === null) {
      io.err(`${io.name}: invalid mode: ${locale(io, mode)}\n`)
      return usageError(io)
    }
    let status = 0
    for (const path of files) if (!(yield* change(io, options, { text: mode, asOption }, path))) status = 1
    return status
  },
})

/** A mode that looks like an option (`-w`) is watched: the umask may keep it from doing all it says. */
interface Wanted {
  readonly text: string
  readonly asOption: boolean
}

function* change(io: Io, options: Options, wanted: Wanted, path: string): Run<boolean> {
  const { sys } = io
  let done = true
  try {
    const stat = sys.stat(path)
    const kind = stat.kind === 'dir' ? 'dir' : 'other'
    const next = changedMode(wanted.text, stat.mode, kind, sys.umask()) ?? stat.mode
    try {
      sys.chmod(path, next)
      const octal = (m: number): string => m.toString(8).padStart(4, '0')
      if (next !== stat.mode && options.has('v', 'c')) io.out(`mode of ${quoted(path)} changed from ${octal(stat.mode)} (${modeString('file', stat.mode).slice(1)}) to ${octal(next)} (${modeString('file', next).slice(1)})\n`)
      else if (options.has('v')) io.out(`mode of ${quoted(path)} retained as ${octal(next)} (${modeString('file', next).slice(1)})\n`)
      const expected = wanted.asOption ? (changedMode(wanted.text, stat.mode, kind, 0) ?? next) : next
      if ((next & ~expected) !== 0) {
        io.err(`${io.name}: ${shown(path)}: new permissions are ${modeString('file', next).slice(1)}, not ${modeString('file', expected).slice(1)}\n`)
        done = false
      }
    } catch (error) {
      io.err(`${io.name}: changing permissions of ${quoted(path)}: ${reason(error)}\n`)
      return false
    }
    if (options.has('R') && stat.kind === 'dir') {
      for (const entry of sys.readdir(path)) {
        const below = inside(path, entry.name)
        if (entry.kind !== 'link') done = (yield* change(io, options, wanted, below)) && done
        else if (options.has('v')) io.out(`neither symbolic link ${quoted(below)} nor referent has been changed\n`)
      }
    }
  } catch (error) {
    const why = reason(error)
    if (!options.has('f')) io.err(`${io.name}: ${statOrNull(io.sys, path, 'lstat') ? `cannot operate on dangling symlink ${quoted(path)}` : `cannot access ${quoted(path)}: ${why}`}\n`)
    if (options.has('v')) io.out(`${quoted(path)} could not be accessed\n`)
    return false
  }
  return done
}
