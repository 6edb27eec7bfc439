/** `declare`, `typeset`, `local`, `export`, `readonly`, `unset` (bash(1), SHELL BUILTIN COMMANDS). */
import type { Run } from '../../kernel/run'
import type { Builtin, Invocation } from '../builtins'
import { ExpansionError } from '../control'
import { assignArray } from '../execute/assign'
import { trace } from '../execute/trace'
import { attributeLetters, declaration, numericKey } from '../expand/parameter'
import { doubleQuote, quoteWhenNeeded } from '../expand/quote'
import { functionText } from '../print'
import type { Shell } from '../shell'
import { isName, type Variable } from '../variables'
import { usage } from './options'

type Kind = 'declare' | 'typeset' | 'local' | 'export' | 'readonly'
const LETTERS: Readonly<Record<Kind, string>> = { declare: 'aAfFgiIlnrtuxp', typeset: 'aAfFgiIlnrtuxp', local: 'aAfFgiIlnrtuxp', export: 'fnp', readonly: 'aAfp' }
const USAGE: Readonly<Record<Kind, string>> = {
  declare: 'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]',
  typeset: 'typeset [-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]',
  local: 'local [option] name[=value] ...',
  export: 'export [-fn] [name[=value] ...] or export -p',
  readonly: 'readonly [-aAf] [name[=value] ...] or readonly -p',
}

const declaring = (kind: Kind): Builtin => ({
  name: kind,
  writes: true,
  ...(kind === 'export' || kind === 'readonly' ? { special: true as const } : {}),
  run: (shell, invocation) => declare(shell, kind, invocation),
})

function* declare(shell: Shell, kind: Kind, { args, compound }: Invocation): Run<number> {
  const on = new Set<string>()
  const off = new Set<string>()
  let at = 1
  for (; at < args.length && /^[-+]./.test(args[at] as string); at++) {
    const arg = args[at] as string
    if (arg === '--') {
      at++
      break
    }
    for (const letter of arg.slice(1)) {
      if (!LETTERS[kind].includes(letter)) {
        yield* shell.error(`${kind}: ${arg[0]}${letter}: invalid option`)
        yield* shell.write(2, `${kind}: usage: ${USAGE[kind]}\n`)
        return 2
      }
      ;(arg[0] === '-' ? on : off).add(letter)
    }
  }
  if (kind === 'local' && shell.vars.depth === 0) {
    yield* shell.error('local: can only be used in a function')
    return 1
  }
  const names = args.slice(at)
  if (on.has('f') || on.has('F')) return yield* functions(shell, kind, names, on)
  if (kind === 'export' && !on.has('n')) on.add('x')
  if (kind === 'export' && on.has('n')) {
    on.delete('n')
    off.add('x')
  }
  if (kind === 'readonly') on.add('r')
  if (names.length === 0) return yield* list(shell, kind, on)
  if (on.has('p')) return yield* show(shell, kind, names)
  let status = 0
  for (let i = at; i < args.length; i++) {
    try {
      yield* one(shell, kind, args[i] as string, compound.get(i), on, off)
    } catch (error) {
      if (!(error instanceof ExpansionError) || error.fatal === 'fatal') throw error
      yield* shell.error(`${kind}: ${error.message}`)
      status = 1
    }
  }
  return status
}

function* one(shell: Shell, kind: Kind, text: string, node: Invocation['compound'] extends ReadonlyMap<number, infer A> ? A | undefined : never, on: ReadonlySet<string>, off: ReadonlySet<string>): Run {
  const found = /^([A-Za-z_]\w*)(\[[^\]]*\])?(?:(\+?=)([\s\S]*))?$/.exec(text)
  if (!found) throw new ExpansionError(`\`${text}': not a valid identifier`)
  const [, name = '', index, sign, value] = found
  const local = (kind === 'local' || ((kind === 'declare' || kind === 'typeset') && shell.vars.depth > 0)) && !on.has('g')
  const variable = local ? shell.vars.local(name) : shell.vars.make(on.has('n') ? name : shell.vars.resolve(name))
  if (variable.readonly && (sign !== undefined || off.has('r'))) throw new ExpansionError(`${name}: readonly variable`)
  if (on.has('A') && !variable.map) {
    if (variable.list) throw new ExpansionError(`${name}: cannot convert indexed to associative array`)
    variable.map = new Map()
    variable.value = undefined
  }
  if ((on.has('a') || (index !== undefined && sign !== undefined)) && !variable.isArray) {
    variable.list = new Map(variable.value === undefined ? [] : [[0, variable.value]])
    variable.value = undefined
  }
  attributes(variable, on, off)
  if (on.has('x') || off.has('x')) shell.vars.exportsChanged = true
  if (node?.value.type === 'ArrayValue') yield* assignArray(shell, name, node.value, node.append ? 'append' : 'replace', on.has('A') ? 'associative' : 'indexed')
  else if (sign !== undefined) {
    const how = sign === '+=' ? 'append' : 'replace'
    if (kind === 'export' || kind === 'readonly') yield* trace(shell, `${name}${sign}${value ? quoteWhenNeeded(value) : ''}`)
    const target = shell.vars.find(name)
    if (on.has('n')) variable.value = value ?? ''
    else if (index !== undefined) shell.assignElement(name, variable.map ? index.slice(1, -1) : numericKey(shell, target, name, index.slice(1, -1)), value ?? '', how)
    else shell.assign(name, value ?? '', how)
  }
  if (on.has('r')) variable.readonly = true
}

function attributes(variable: Variable, on: ReadonlySet<string>, off: ReadonlySet<string>): void {
  const set = (letter: string, apply: (value: boolean) => void): void => {
    if (on.has(letter)) apply(true)
    if (off.has(letter)) apply(false)
  }
  set('x', (value) => { variable.exported = value })
  set('i', (value) => { variable.integer = value })
  set('t', (value) => { variable.trace = value })
  set('n', (value) => { variable.nameref = value })
  set('l', (value) => {
    variable.lower = value
    if (value) variable.upper = false
  })
  set('u', (value) => {
    variable.upper = value
    if (value) variable.lower = false
  })
}

function* functions(shell: Shell, kind: Kind, names: readonly string[], on: ReadonlySet<string>): Run<number> {
  const wanted = names.length > 0 ? names : [...shell.functions.keys()].sort()
  let status = 0
  for (const name of wanted) {
    const definition = shell.functions.get(name)
    if (!definition) {
      if (kind === 'export' || kind === 'readonly') yield* shell.error(`${kind}: ${name}: not a function`)
      status = 1
    } else if (kind === 'export') definition.exported = true
    else if (kind === 'readonly') definition.readonly = true
    else yield* shell.write(1, on.has('F') ? `${names.length > 0 ? '' : 'declare -f '}${name}\n` : `${functionText(definition)}\n`)
  }
  return status
}

function* list(shell: Shell, kind: Kind, on: ReadonlySet<string>): Run<number> {
  const wanted = kind === 'local' ? shell.vars.localNames().sort() : shell.vars.names()
  const letters = [...on].filter((letter) => 'aAilnrtux'.includes(letter))
  const lines: string[] = []
  for (const name of wanted) {
    const variable = shell.vars.find(name)
    if (!variable) continue
    const has = attributeLetters(variable)
    if (letters.length > 0 && !letters.every((letter) => has.includes(letter))) continue
    if (kind === 'export') lines.push(variable.value === undefined ? `declare -x ${name}\n` : `declare -${has} ${name}=${doubleQuote(variable.value)}\n`)
    else lines.push(kind === 'local' ? `${name}=${variable.value ?? ''}\n` : `${declaration(name, variable)}\n`)
  }
  yield* shell.write(1, shell.dialect === 'dash' ? lines.map((line) => line.replace(/^declare -\w+/, kind)).join('') : lines.join(''))
  return 0
}

function* show(shell: Shell, kind: Kind, names: readonly string[]): Run<number> {
  let status = 0
  for (const name of names) {
    const variable = shell.vars.find(name)
    if (variable) yield* shell.write(1, `${declaration(name, variable)}\n`)
    else {
      yield* shell.error(`${kind}: ${name}: not found`)
      status = 1
    }
  }
  return status
}

export default [
  declaring('declare'),
  declaring('typeset'),
  declaring('local'),
  declaring('export'),
  declaring('readonly'),
  {
    name: 'unset',
    special: true,
    *run(shell, { args }) {
      let kind = ''
      let status = 0
      for (const arg of args.slice(1)) {
        if (arg === '-f' || arg === '-v' || arg === '-n') {
          kind = arg
          continue
        }
        if (arg === '--') continue
        if (/^-./.test(arg) && kind === '') return yield* usage(shell, 'unset', `${arg.slice(0, 2)}: invalid option`, 'unset [-f] [-v] [-n] [name ...]')
        const element = /^([A-Za-z_]\w*)\[(.+)\]$/.exec(arg)
        const name = kind === '-n' ? arg : shell.vars.resolve(element?.[1] ?? arg)
        if (kind === '-f') {
          shell.functions.delete(arg)
          continue
        }
        const variable = shell.vars.all.get(name)
        if (variable?.readonly) {
          yield* shell.error(`unset: ${name}: cannot unset: readonly variable`)
          status = 1
        } else if (element && variable) {
          const key = element[2] as string
          if (variable.map) variable.map.delete(key)
          else if (key === '@' || key === '*') shell.vars.unset(name)
          else variable.list?.delete(Number(numericKey(shell, variable, name, key)))
        } else if (variable) shell.vars.unset(name)
        else if (kind !== '-v' && isName(arg)) shell.functions.delete(arg)
      }
      return status
    },
  },
] satisfies Builtin[]
