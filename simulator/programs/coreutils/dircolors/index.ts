/** dircolors(1) of coreutils 9.1: the database of colours as a value of LS_COLORS. */
import type { Io } from '../../program'
import { decode } from '../../../kernel/bytes'
import { command, usageError, wrongCall } from '../command'
import { fnmatch } from '../fnmatch'
import { locale, openSource, reason, shown } from '../files'
import { DATABASE } from './database'
import { HELP, VERSION } from './help'

/** Keywords of the database and the letters of LS_COLORS. */
const KEYWORDS: { readonly [keyword: string]: string } = {
  NORMAL: 'no', NORM: 'no', FILE: 'fi', RESET: 'rs', DIR: 'di', LNK: 'ln', LINK: 'ln', SYMLINK: 'ln', ORPHAN: 'or', MISSING: 'mi', FIFO: 'pi', PIPE: 'pi', SOCK: 'so', BLK: 'bd', BLOCK: 'bd', CHR: 'cd', CHAR: 'cd',
  DOOR: 'do', EXEC: 'ex', LEFT: 'lc', LEFTCODE: 'lc', RIGHT: 'rc', RIGHTCODE: 'rc', END: 'ec', ENDCODE: 'ec', SUID: 'su', SETUID: 'su', SGID: 'sg', SETGID: 'sg', STICKY: 'st', OTHER_WRITABLE: 'ow', OWR: 'ow',
  STICKY_OTHER_WRITABLE: 'tw', OWT: 'tw', CAPABILITY: 'ca', MULTIHARDLINK: 'mh', CLRTOEOL: 'cl',
}
const IGNORED = new Set(['OPTIONS', 'COLOR', 'EIGHTBIT'])

interface Entry {
  readonly key: string
  readonly value: string
}

/** The entries that hold for this terminal; what is wrong is said, with the number of the line. */
function entriesOf(io: Io, text: string, name: string | undefined): Entry[] | null {
  const out: Entry[] = []
  const terminals = { TERM: io.env('TERM') || 'none', COLORTERM: io.env('COLORTERM') ?? '' }
  let state: 'global' | 'yes' | 'no' | 'more' = 'global'
  let whole = true
  text.split('\n').forEach((line, i) => {
    const [, keyword = '', rest = ''] = /^\s*(\S+)(?:\s+(.*))?$/.exec(line) ?? []
    if (keyword === '' || keyword.startsWith('#')) return
    const value = rest.replace(/(^|\s)#.*$/, '').trimEnd()
    if (value === '') {
      io.err(`${io.name}: ${name === undefined ? '<internal>' : shown(name)}:${i + 1}: invalid line;  missing second token\n`)
      whole = false
      return
    }
    const upper = keyword.toUpperCase()
    if (upper === 'TERM' || upper === 'COLORTERM') {
      const matches = fnmatch(value, terminals[upper])
      if (matches) state = 'yes'
      else if (state !== 'yes' && state !== 'more') state = 'no'
      return
    }
    if (state === 'yes') state = 'more'
    if (state === 'no') return
    if (keyword.startsWith('.')) out.push({ key: `*${keyword}`, value })
    else if (keyword.startsWith('*')) out.push({ key: keyword, value })
    else if (IGNORED.has(upper)) return
    else if (KEYWORDS[upper] !== undefined) out.push({ key: KEYWORDS[upper] ?? '', value })
    else if (state === 'more') {
      io.err(`${io.name}: ${name === undefined ? '<internal>' : shown(name)}:${i + 1}: unrecognized keyword ${keyword}\n`)
      whole = false
    }
  })
  return whole ? out : null
}

export default command({
  summary: 'color setup for ls',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { operands } = options
    const print = options.has('p')
    const list = options.has('print-ls-colors')
    const syntax = options.last('b', 'c')
    if ((print || list) && syntax !== undefined) return wrongCall(io, 'the options to output non shell syntax,\nand to select a shell syntax are mutually exclusive')
    if (print && list) return wrongCall(io, 'options --print-database and --print-ls-colors are mutually exclusive')
    const extra = operands[print ? 0 : 1]
    if (extra !== undefined) {
      io.err(`${io.name}: extra operand ${locale(io, extra)}\n`)
      if (print) io.err('file operands cannot be combined with --print-database (-p)\n')
      return usageError(io)
    }
    if (print) {
      io.out(DATABASE)
      return 0
    }
    const shell = io.env('SHELL')
    if (!list && syntax === undefined && !shell) {
      io.err(`${io.name}: no SHELL environment variable, and no shell type option given\n`)
      return 1
    }
    const csh = syntax === 'c' || (syntax === undefined && /(^|\/)t?csh$/.test(shell ?? ''))
    let text = DATABASE
    const [path] = operands
    if (path !== undefined) {
      try {
        const source = yield* openSource(io.sys, path)
        text = decode(yield* source.all())
        source.close()
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        return 1
      }
    }
    const entries = entriesOf(io, text, path)
    if (!entries) return 1
    if (list) {
      for (const { key, value } of entries) io.out(`\x1b[${value}m${key}\t${value}\x1b[0m\n`)
      return 0
    }
    const value = entries.map((e) => `${e.key}=${e.value}:`).join('').replaceAll("'", "'\\''")
    io.out(csh ? `setenv LS_COLORS '${value}'\n` : `LS_COLORS='${value}';\nexport LS_COLORS\n`)
    return 0
  },
})
