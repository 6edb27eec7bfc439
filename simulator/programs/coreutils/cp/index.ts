/** cp(1) of coreutils 9.1. */
import { argmatch, command, fail, type Options, usageError, wrongCall } from '../command'
import { copy, type CopyRules, destinations, inside, statOrNull } from '../copying'
import { locale, quoted } from '../files'
import { backupsOf } from '../overwriting'
import type { Io } from '../../program'
import type { Run } from '../../../kernel/run'
import { HELP, VERSION } from './help'

const BASIC = ['mode', 'ownership', 'timestamps'] as const
const ATTRIBUTES: readonly (readonly [readonly string[], string])[] = ['mode', 'timestamps', 'ownership', 'links', 'context', 'xattr', 'all'].map((w) => [[w], w] as const)
const SPARSE: readonly (readonly [readonly string[], string])[] = [[['never'], 'never'], [['auto'], 'auto'], [['always'], 'always']]
const REFLINK: readonly (readonly [readonly string[], string])[] = [[['auto'], 'auto'], [['always'], 'always'], [['never'], 'never']]

function rulesOf(io: Io, options: Options): CopyRules {
  const preserve = new Set<string>()
  let recursive = false
  let follow: CopyRules['follow'] | undefined
  let existing: CopyRules['existing'] = 'overwrite'
  const list = (text: string, option: string, use: (word: string) => void): void => {
    for (const word of text.split(',')) {
      const meant = argmatch(io, word, option, ATTRIBUTES)
      for (const each of meant === 'all' ? [...BASIC, 'links'] : [meant]) use(each)
    }
  }
  for (const { name, value } of options.given) {
    switch (name) {
      case 'archive':
        recursive = true
        follow = 'none'
        for (const each of [...BASIC, 'links']) preserve.add(each)
        break
      case 'd': follow = 'none'; preserve.add('links'); break
      case 'p': for (const each of BASIC) preserve.add(each); break
      case 'preserve': if (value === undefined) for (const each of BASIC) preserve.add(each); else list(value, '--preserve', (w) => preserve.add(w)); break
      case 'no-preserve': list(value ?? '', '--no-preserve', (w) => preserve.delete(w)); break
      case 'recursive': case 'R': recursive = true; break
      case 'dereference': follow = 'all'; break
      case 'H': follow = 'operands'; break
      case 'no-dereference': follow = 'none'; break
      case 'interactive': existing = 'ask'; break
      case 'no-clobber': existing = 'keep'; break
      case 'sparse': argmatch(io, value ?? '', '--sparse', SPARSE); break
      case 'reflink': if (value !== undefined) argmatch(io, value, '--reflink', REFLINK); break
    }
  }
  if (options.has('l') && options.has('s')) return wrongCall(io, 'cannot make both hard and symbolic links')
  const backups = backupsOf(io, options)
  if (existing === 'keep' && backups.kind !== 'none') return wrongCall(io, 'options --backup and --no-clobber are mutually exclusive')
  return {
    recursive, preserve, existing, backups, follow: follow ?? (recursive && !options.has('l') ? 'none' : 'all'), force: options.has('f'), removeFirst: options.has('remove-destination'),
    update: options.has('u'), verbose: options.has('v'), link: options.has('l') ? 'hard' : options.has('s') ? 'symbolic' : 'copy',
    data: options.has('attributes-only') ? 'left' : 'copied', oneFileSystem: options.has('x'),
  }
}

export default command({
  summary: 'copy files and directories', help: HELP, version: VERSION,
  hidden: '  -b\n  --backup[=CONTROL]\n  -d\n  -p\n  --preserve[=ATTR_LIST]\n  --reflink[=WHEN]\n  -H\n  -Z\n  --context[=CTX]\n',
  *run(io, options) {
    if (options.has('Z', 'context', 'copy-contents')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const rules = rulesOf(io, options)
    const strip = (path: string): string => (options.has('strip-trailing-slashes') ? path.replace(/(?<=.)\/+$/, '') : path)
    const operands = options.operands.map((path, i) => (i < options.operands.length - 1 || options.value('t') !== undefined ? strip(path) : path))
    if (options.has('parents')) return yield* withParents(io, options, operands, rules)
    const pairs = destinations(io, operands, options.value('t'), options.has('T'))
    if (!Array.isArray(pairs)) {
      io.err(`${io.name}: ${pairs.message}\n`)
      return pairs.usage ? usageError(io) : 1
    }
    let status = 0
    for (const [from, to] of pairs) if (!(yield* copy(io, from, to, rules))) status = 1
    return status
  },
})

/** --parents: the directories of a source's name are made below the target. */
function* withParents(io: Io, options: Options, operands: readonly string[], rules: CopyRules): Run<number> {
  const { sys } = io
  const target = options.value('t') ?? operands.at(-1) ?? ''
  const sources = options.value('t') === undefined ? operands.slice(0, -1) : operands
  if (operands.length === 0) return wrongCall(io, 'missing file operand')
  if (statOrNull(sys, target)?.kind !== 'dir') return wrongCall(io, 'with --parents, the destination must be a directory')
  if (options.has('backup') && sources.length === 0) return fail(io, `missing destination file operand after ${locale(io, target)}`)
  let status = 0
  for (const source of sources) {
    const parts = source.replace(/\/+$/, '').split('/').filter((p) => p !== '')
    let [at, own] = [target, source.startsWith('/') ? '/' : '']
    let made = true
    for (const part of parts.slice(0, -1)) {
      at = inside(at, part)
      own = own === '' || own === '/' ? own + part : inside(own, part)
      if (statOrNull(sys, at)) continue
      const stat = statOrNull(sys, own)
      if (stat?.kind !== 'dir') {
        io.err(`${io.name}: failed to get attributes of ${quoted(own)}: No such file or directory\n`)
        made = false
        break
      }
      sys.mkdir(at, stat.mode)
      if (rules.verbose) io.out(`${own} -> ${at}\n`)
    }
    if (!made || !(yield* copy(io, source, inside(at, parts.at(-1) ?? ''), rules))) status = 1
  }
  return status
}
