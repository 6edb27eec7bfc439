/** mktemp(1) of coreutils 9.1: a name with random letters that nothing has, and the file or directory. */
import { isErrno } from '../../../kernel/errno'
import { command, fail, wrongCall } from '../command'
import { locale, reason } from '../files'
import { HELP, VERSION } from './help'

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const ATTEMPTS = 238328

export default command({
  summary: 'create a temporary file or directory',
  help: HELP, version: VERSION, hidden: '  -p DIR\n',
  *run(io, options) {
    const { sys } = io
    if (options.operands.length > 1) return wrongCall(io, 'too many templates')
    const given = options.operands[0]
    const template = given ?? 'tmp.XXXXXXXXXX'
    const kind = options.has('d') ? 'directory' : 'file'
    // -p and --tmpdir are the same but that -p has a required argument.
    const directoryOption = options.given.findLast((g) => g.name === 'tmpdir' || g.name === 'p')
    const wantedSuffix = options.value('suffix')
    const quiet = options.has('q')
    const last = template.lastIndexOf('X')
    if (wantedSuffix !== undefined && !template.endsWith('X')) return fail(io, `with --suffix, template ${locale(io, template)} must end in X`)
    const suffix = wantedSuffix ?? (last < 0 ? '' : template.slice(last + 1))
    const stem = wantedSuffix === undefined ? template.slice(0, last + 1) : template
    const count = /X*$/.exec(stem)?.[0].length ?? 0
    if (suffix.includes('/')) return fail(io, `invalid suffix ${locale(io, suffix)}, contains directory separator`)
    if (count < 3) return fail(io, `too few X's in template ${locale(io, template + (wantedSuffix ?? ''))}`)
    let directory: string | undefined
    if (options.has('t')) {
      if (stem.includes('/')) return fail(io, `invalid template, ${locale(io, stem + suffix)}, contains directory separator`)
      directory = io.env('TMPDIR') || directoryOption?.value || '/tmp'
    } else if (directoryOption || given === undefined) {
      if (stem.startsWith('/')) return fail(io, `invalid template, ${locale(io, stem + suffix)}; with --tmpdir, it may not be absolute`)
      directory = directoryOption?.value || io.env('TMPDIR') || '/tmp'
    }
    const prefix = (directory === undefined ? '' : directory.endsWith('/') ? directory : `${directory}/`) + stem.slice(0, stem.length - count)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const path = prefix + Array.from({ length: count }, () => LETTERS[sys.random() % LETTERS.length]).join('') + suffix
      try {
        if (options.has('u')) {
          let taken = true
          try {
            sys.lstat(path)
          } catch (error) {
            if (!isErrno(error, 'ENOENT')) throw error
            taken = false
          }
          if (taken) continue
        } else if (kind === 'directory') sys.mkdir(path, 0o700)
        else sys.close(yield* sys.open(path, { read: true, write: true, create: true, exclusive: true }, 0o600))
        io.out(`${path}\n`)
        return 0
      } catch (error) {
        if (isErrno(error, 'EEXIST')) continue
        const why = reason(error)
        if (quiet) return 1
        return fail(io, `failed to create ${kind} via template ${locale(io, prefix + 'X'.repeat(count) + suffix)}: ${why}`)
      }
    }
    return 1
  },
})
