/** rm(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import { argmatch, command, fail, type Options, usageError } from '../command'
import type { Io } from '../../program'
import { quoted, reason } from '../files'
import { shellEscape } from '../quoting'
import { agrees } from '../overwriting'
import { HELP, VERSION } from './help'

const WHEN: readonly (readonly [readonly string[], 'never' | 'once' | 'always'])[] = [[['never', 'no', 'none'], 'never'], [['once'], 'once'], [['always', 'yes'], 'always']]

/** Whether to ask: the last of -f, -i, -I and --interactive counts. */
function prompting(io: Io, options: Options): 'never' | 'once' | 'always' {
  let when: 'never' | 'once' | 'always' = 'never'
  for (const { name, value } of options.given) {
    if (name === 'force') when = 'never'
    if (name === 'i') when = 'always'
    if (name === 'I') when = 'once'
    if (name === 'interactive') when = value === undefined ? 'always' : argmatch(io, value, '--interactive', WHEN)
  }
  return when
}

function there(io: Io, path: string): boolean {
  try {
    io.sys.lstat(path)
    return true
  } catch (error) {
    reason(error)
    return false
  }
}

/** Whether what is not there is passed over: the last of -f, -i and -I counts. */
function passesOver(options: Options): boolean {
  let over = false
  for (const { name, value } of options.given) {
    if (name === 'force') over = true
    if (name === 'i' || name === 'I' || (name === 'interactive' && !/^n/.test(value ?? ''))) over = false
  }
  return over
}

/** A file whose name looks like an option is perhaps what was meant. */
function hyphenHint(io: Io): string {
  const file = io.args.find((a) => a.startsWith('-') && a.length > 1 && there(io, a))
  return file === undefined ? '' : `Try '${io.name} ./${shellEscape(file)}' to remove the file ${quoted(file)}.\n`
}

export default command({
  summary: 'remove files or directories', help: HELP, version: VERSION, usage: { before: (_, io) => hyphenHint(io) }, hidden: '  -i\n  --interactive[=WHEN]\n  --preserve-root[=all]\n',
  *run(io, options) {
    if (io.args.slice(0, io.args.includes('--') ? io.args.indexOf('--') : undefined).some((a) => /^--no-preserve(-(r(o(o)?)?)?)?$/.test(a))) return fail(io, 'you may not abbreviate the --no-preserve-root option')
    if (options.operands.length === 0) {
      if (passesOver(options)) return 0
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    const preserve = options.value('preserve-root')
    if (preserve !== undefined && preserve !== 'all') return fail(io, `unrecognized --preserve-root argument: ${quoted(preserve)}`)
    const when = prompting(io, options)
    if (when === 'once' && (options.operands.length > 3 || options.has('r', 'R'))) {
      const count = options.operands.length
      if (!(yield* agrees(io, `remove ${count} argument${count === 1 ? '' : 's'}${options.has('r', 'R') ? ' recursively' : ''}?`))) return 0
    }
    let status = 0
    for (const path of options.operands) {
      const base = path.replace(/\/+$/, '').split('/').at(-1)
      if (options.has('r', 'R') && (base === '.' || base === '..') && (options.has('f') || there(io, path))) {
        io.err(`${io.name}: refusing to remove '.' or '..' directory: skipping ${quoted(path)}\n`)
        status = 1
        continue
      }
      if (options.has('r', 'R') && !options.has('no-preserve-root') && /^\/+$/.test(path)) {
        io.err(`${io.name}: it is dangerous to operate recursively on '/'\n${io.name}: use --no-preserve-root to override this failsafe\n`)
        status = 1
        continue
      }
      if (!(yield* remove(io, options, path, when === 'always'))) status = 1
    }
    return status
  },
})

const described = (s: Stat): string => ({ file: s.size === 0 ? 'regular empty file' : 'regular file', dir: 'directory', link: 'symbolic link', chr: 'character special file', blk: 'block special file', fifo: 'fifo', sock: 'socket' })[s.kind]

function* remove(io: Io, options: Options, path: string, asks: boolean): Run<boolean> {
  const { sys } = io
  let stat: Stat
  try {
    stat = sys.lstat(path)
  } catch (error) {
    if (passesOver(options) && isErrno(error, 'ENOENT', 'ENOTDIR')) return true
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
        if (asks && entries.length > 0 && !(yield* agrees(io, `descend into directory ${quoted(path)}?`))) return true
        let whole = true
        for (const entry of entries) whole = (yield* remove(io, options, `${path.replace(/\/$/, '')}/${entry.name}`, asks)) && whole
        if (!whole) return false
      }
      if (asks && !(yield* agrees(io, `remove directory ${quoted(path)}?`))) return true
      sys.rmdir(path)
      if (options.has('v')) io.out(`removed directory ${quoted(path)}\n`)
      return true
    }
    if (asks && !(yield* agrees(io, `remove ${described(stat)} ${quoted(path)}?`))) return true
    sys.unlink(path)
    if (options.has('v')) io.out(`removed ${quoted(path)}\n`)
    return true
  } catch (error) {
    io.err(`${io.name}: cannot remove ${quoted(path)}: ${reason(error)}\n`)
    return false
  }
}
