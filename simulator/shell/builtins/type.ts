/** `type`, `hash`, `enable`, `alias`, `unalias`: what names mean (bash(1), SHELL BUILTIN COMMANDS). */
import type { Run } from '../../kernel/run'
import { type Builtin, builtinNamed, builtins } from '../builtins'
import { hit, searchPath } from '../execute/simple'
import { singleQuote } from '../expand/quote'
import { functionText } from '../print'
import type { Shell } from '../shell'
import { hashOrder } from '../variables'
import { parseOptions, usage } from './options'

const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time', '{', '}', '!', '[[', ']]', 'coproc'])

/** Buckets of the table of commands that were found (hashcmd.h). */
const HASH_BUCKETS = 256

export type NameStyle = 'short' | 'long' | 'kind' | 'path'

/** Says what a name is; false when it is nothing. */
export function* describeName(shell: Shell, name: string, style: NameStyle, every: 'first' | 'all' = 'first'): Run<boolean> {
  const lines: string[] = []
  const add = (kind: string, short: string, long: string, path = ''): boolean => {
    lines.push(style === 'kind' ? kind : style === 'short' ? short : style === 'path' ? path : long)
    return every === 'first'
  }
  const alias = shell.options.isShopt('expand_aliases') ? shell.aliases.get(name) : undefined
  const collect = (): void => {
    if (alias !== undefined && add('alias', `alias ${name}=${singleQuote(alias)}`, `${name} is aliased to \`${alias}'`)) return
    if (KEYWORDS.has(name) && add('keyword', name, `${name} is a shell keyword`)) return
    const definition = shell.functions.get(name)
    if (definition && add('function', name, `${name} is a function\n${functionText(definition)}`)) return
    if (builtinNamed(shell, name) && add('builtin', name, builtinNamed(shell, name)?.special && shell.dialect === 'dash' ? `${name} is a special shell builtin` : `${name} is a shell builtin`)) return
    if (name.includes('/')) {
      try {
        if (shell.sys.access(name, { execute: true }) && shell.sys.stat(name).kind !== 'dir') add('file', name, `${name} is ${name}`, name)
      } catch {
        // No such file.
      }
      return
    }
    const hashed = every === 'first' ? shell.hash.get(name) : undefined
    if (hashed) {
      hit(shell, name, hashed)
      add('file', hashed.path, `${name} is hashed (${hashed.path})`, hashed.path)
      return
    }
    for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
      const path = searchPath(shell, name, directory)
      if (path !== undefined && allowed(shell, path) && add('file', path, `${name} is ${path}`, path)) return
    }
  }
  collect()
  const shown = lines.filter((line) => line !== '')
  if (shown.length > 0) yield* shell.write(1, `${shown.join('\n')}\n`)
  return lines.length > 0
}

function allowed(shell: Shell, path: string): boolean {
  try {
    return shell.sys.access(path, { execute: true })
  } catch {
    return false
  }
}

export default [
  {
    name: 'type',
    writes: true,
    *run(shell, { args }) {
      const parsed = parseOptions(args, 'afptP')
      if ('bad' in parsed) return yield* usage(shell, 'type', parsed.bad, 'type [-afptP] name [name ...]')
      let status = 0
      const { flags } = parsed
      for (const name of parsed.rest) {
        const style: NameStyle = flags.has('t') ? 'kind' : flags.has('p') || flags.has('P') ? 'path' : 'long'
        if (yield* describeName(shell, name, style, flags.has('a') ? 'all' : 'first')) continue
        status = shell.dialect === 'dash' ? 127 : 1
        if (style === 'long') yield* (shell.dialect === 'dash' ? shell.write(1, `${name}: not found\n`) : shell.error(`type: ${name}: not found`))
      }
      return status
    },
  },
  {
    name: 'hash',
    writes: (args) => !/^-\w*t/.test(args[1] ?? ''),
    *run(shell, { args }) {
      const parsed = parseOptions(args, 'lrp:dt')
      if ('bad' in parsed) return yield* usage(shell, 'hash', parsed.bad, 'hash [-lr] [-p pathname] [-dt] [name ...]')
      const { flags, rest } = parsed
      if (flags.has('r')) shell.hash.clear()
      if (flags.has('p') && rest.length === 0) return 0
      if (rest.length === 0 && !flags.has('r')) {
        const listed = hashOrder([...shell.hash.keys()], HASH_BUCKETS).flatMap((name) => { const found = shell.hash.get(name); return found ? [{ name, ...found }] : [] })
        if (flags.has('l') && shell.hash.size > 0) yield* shell.write(1, listed.map(({ name, path }) => `builtin hash -p ${path} ${name}\n`).join(''))
        else if (shell.hash.size === 0) yield* shell.write(1, 'hash: hash table empty\n')
        else yield* shell.write(1, `hits\tcommand\n${listed.map(({ path, hits }) => `${String(hits).padStart(4)}\t${path}\n`).join('')}`)
        return 0
      }
      let status = 0
      for (const name of rest) {
        const wanted = flags.has('d') || flags.has('t')
        const path = wanted ? shell.hash.get(name)?.path : (flags.get('p') ?? searchPath(shell, name))
        if (path === undefined) {
          if (name.includes('/') && !wanted) continue
          yield* shell.error(`hash: ${name}: not found`)
          status = 1
        } else if (flags.has('d')) shell.hash.delete(name)
        else if (flags.has('t')) yield* shell.write(1, flags.has('l') ? `builtin hash -p ${path} ${name}\n` : rest.length > 1 ? `${name}\t${path}\n` : `${path}\n`)
        else shell.hash.set(name, { path, hits: 0 })
      }
      return status
    },
  },
  {
    name: 'enable',
    writes: true,
    *run(shell, { args }) {
      const parsed = parseOptions(args, 'adnpsf:')
      if ('bad' in parsed) return yield* usage(shell, 'enable', parsed.bad, 'enable [-a] [-dnps] [-f filename] [name ...]')
      const { flags, rest: names } = parsed
      const file = flags.get('f')
      if (file !== undefined) {
        yield* shell.error(`enable: cannot open shared object ${file}: ${file}: cannot open shared object file: No such file or directory`)
        return 1
      }
      const off = flags.has('n')
      if (names.length === 0 || flags.has('p')) {
        const listed = [...builtins().values()].filter((builtin) => !flags.has('s') || builtin.special).map((builtin) => builtin.name).sort()
        const shown = flags.has('a') ? listed : listed.filter((name) => shell.disabled.has(name) === off)
        yield* shell.write(1, shown.map((name) => `enable ${shell.disabled.has(name) ? '-n ' : ''}${name}\n`).join(''))
        return 0
      }
      let status = 0
      for (const name of names) {
        if (!builtins().has(name)) {
          yield* shell.error(`enable: ${name}: not a shell builtin`)
          status = 1
        } else if (off) shell.disabled.add(name)
        else shell.disabled.delete(name)
      }
      return status
    },
  },
  {
    name: 'alias',
    writes: (args) => args.length === 1 || args[1] === '-p',
    *run(shell, { args }) {
      const names = args.slice(1).filter((arg) => arg !== '-p')
      const line = (name: string, value: string): string => `${shell.dialect === 'dash' ? '' : 'alias '}${name}=${singleQuote(value)}\n`
      if (names.length === 0) {
        yield* shell.write(1, [...shell.aliases.keys()].sort().map((name) => line(name, shell.aliases.get(name) ?? '')).join(''))
        return 0
      }
      let status = 0
      for (const arg of names) {
        const at = arg.indexOf('=')
        if (at > 0) shell.aliases.set(arg.slice(0, at), arg.slice(at + 1))
        else {
          const value = shell.aliases.get(arg)
          if (value !== undefined) yield* shell.write(1, line(arg, value))
          else {
            yield* shell.error(`alias: ${arg}: not found`)
            status = 1
          }
        }
      }
      return status
    },
  },
  {
    name: 'unalias',
    *run(shell, { args }) {
      let status = 0
      for (const name of args.slice(1)) {
        if (name === '-a') shell.aliases.clear()
        else if (!shell.aliases.delete(name)) {
          yield* shell.error(`unalias: ${name}: not found`)
          status = 1
        }
      }
      return status
    },
  },
] satisfies Builtin[]
