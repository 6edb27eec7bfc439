/** Parameter expansion with all its operators (bash(1), "Parameter Expansion"). */
import type { Run } from '../../kernel/run'
import { ExpansionError } from '../control'
import { unescape } from '../lexing/ansi'
import { compileWord, type Parameter } from '../lexing/word'
import { decodePrompt } from '../prompt'
import type { Shell } from '../shell'
import { isName, type Variable } from '../variables'
import type { Fields } from './fields'
import { hasPattern, matches, type PatternFlag, toRegExp, unquotePattern } from './pattern'
import { quoteAlways, doubleQuote } from './quote'
import { emit, expandPattern, expandString } from './words'

/** What a parameter holds: one value, or the several of `@`, `*` and arrays. */
type Value = { readonly kind: 'one'; readonly value: string | undefined } | { readonly kind: 'many'; readonly values: string[]; readonly joiner: '@' | '*' }

export function* emitParameter(shell: Shell, p: Parameter, quoted: boolean, fields: Fields): Run {
  if (p.bad) throw new ExpansionError(`${p.text}: bad substitution`)
  if (p.operator === '' && p.prefix === '' && p.index === undefined && p.name !== '@' && p.name !== '*') {
    const value = shell.parameter(p.name)
    if (value === undefined) checkSet(shell, p)
    if (quoted) fields.quoted(value ?? '')
    else if (value !== undefined) fields.split(value)
    return
  }
  const { operator } = p
  if (operator.startsWith('names')) {
    const names = shell.vars.names().filter((name) => name.startsWith(p.name) && isVisible(shell.vars.find(name)))
    return put(shell, { kind: 'many', values: names, joiner: operator === 'names@' ? '@' : '*' }, quoted, fields)
  }
  if (p.prefix === '!' && p.index !== undefined && (p.index === '@' || p.index === '*') && operator === '') {
    const variable = shell.vars.find(shell.vars.resolve(p.name))
    return put(shell, { kind: 'many', values: variable?.keys() ?? [], joiner: p.index }, quoted, fields)
  }
  const target = p.prefix === '!' ? yield* indirect(shell, p) : p
  const value = yield* valueOf(shell, target)
  if (p.prefix === '#') {
    const length = value.kind === 'many' ? value.values.length : [...(value.value ?? '')].length
    if (value.kind === 'one' && value.value === undefined) checkSet(shell, target)
    return put(shell, { kind: 'one', value: String(length) }, quoted, fields)
  }
  if (/^:?[-=?+]$/.test(operator)) return yield* alternative(shell, target, operator, p.operand, value, quoted, fields)
  if (value.kind === 'one' && value.value === undefined) checkSet(shell, target)
  if (operator === '') return put(shell, value, quoted, fields)
  return put(shell, yield* transform(shell, target, operator, p.operand, value, quoted), quoted, fields)
}

const isVisible = (variable: Variable | undefined): boolean => variable !== undefined && (variable.isArray || variable.value !== undefined)

function checkSet(shell: Shell, p: Parameter): void {
  if (!shell.options.has('nounset') || p.name === '@' || p.name === '*') return
  const label = p.index === undefined ? p.name : `${p.name}[${p.index}]`
  throw new ExpansionError(`${/^\d+$/.test(label) ? `$${label}` : label}: unbound variable`, 'fatal', shell.options.has('errexit') ? 1 : 127)
}

function* indirect(shell: Shell, p: Parameter): Run<Parameter> {
  const variable = shell.vars.all.get(p.name)
  if (variable?.nameref && p.operator === '') return { ...p, name: '', index: undefined, prefix: '', operand: variable.value ?? '' }
  const found = yield* valueOf(shell, { ...p, prefix: '' })
  const name = found.kind === 'one' ? found.value : found.values.join(' ')
  if (name === undefined) throw new ExpansionError(`${p.name}: invalid indirect expansion`)
  const parts = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/.exec(name)
  if (!parts) throw new ExpansionError(`${name}: invalid variable name`)
  return { ...p, name: parts[1] as string, index: parts[2], prefix: '' }
}

function* valueOf(shell: Shell, p: Parameter): Run<Value> {
  if (p.name === '' && p.operand !== '') return { kind: 'one', value: p.operand }
  if (p.name === '@' || p.name === '*') return { kind: 'many', values: shell.positional.slice(), joiner: p.name }
  if (p.index === undefined) return { kind: 'one', value: shell.parameter(p.name) }
  const variable = shell.vars.find(shell.vars.resolve(p.name))
  if (p.index === '@' || p.index === '*') return { kind: 'many', values: variable?.values() ?? [], joiner: p.index }
  const key = yield* subscript(shell, variable, p.name, p.index)
  return { kind: 'one', value: variable?.get(key) }
}

/** The key that an index's text means for this variable: a name of an associative array, else a number (negative from the end). */
export function* subscript(shell: Shell, variable: Variable | undefined, name: string, text: string): Run<string> {
  if (variable?.map) return yield* expandString(shell, text, 'none')
  const expanded = /[$`"'\\]/.test(text) ? yield* expandString(shell, text, 'none') : text
  return numericKey(shell, variable, name, expanded)
}

export function numericKey(shell: Shell, variable: Variable | undefined, name: string, expanded: string): string {
  let index = Number(shell.arithmetic(expanded))
  if (index < 0) {
    const top = variable?.list ? Math.max(-1, ...variable.list.keys()) + 1 : variable?.value !== undefined ? 1 : 0
    index += top
    if (index < 0) throw new ExpansionError(`${name}: bad array subscript`)
  }
  return String(index)
}

function put(shell: Shell, value: Value, quoted: boolean, fields: Fields): void {
  if (value.kind === 'one') {
    if (quoted) fields.quoted(value.value ?? '')
    else if (value.value !== undefined) fields.split(value.value)
    return
  }
  const { values, joiner } = value
  if ((quoted && joiner === '*') || fields.joins) {
    const joint = joiner === '*' ? (shell.vars.get('IFS') === undefined ? ' ' : shell.ifs.slice(0, 1)) : ' '
    if (quoted) fields.quoted(values.join(joint))
    else fields.split(values.join(joint))
    return
  }
  values.forEach((item, i) => {
    if (i > 0) fields.breakField()
    if (quoted) fields.quoted(item)
    else fields.split(item)
  })
}

function* alternative(shell: Shell, p: Parameter, operator: string, operand: string, value: Value, quoted: boolean, fields: Fields): Run {
  const joined = value.kind === 'one' ? value.value : value.values.length === 0 ? undefined : value.values.join(' ')
  const has = operator.startsWith(':') ? joined !== undefined && joined !== '' : joined !== undefined
  switch (operator.at(-1)) {
    case '+':
      if (has) yield* emitOperand(shell, operand, quoted, fields)
      else if (quoted) fields.quoted('')
      return
    case '-':
      if (has) put(shell, value, quoted, fields)
      else yield* emitOperand(shell, operand, quoted, fields)
      return
    case '=': {
      if (has) return put(shell, value, quoted, fields)
      if (!isName(p.name)) throw new ExpansionError(`$${p.name}: cannot assign in this way`)
      const made = yield* expandString(shell, operand, 'assignment', quoted ? 'double' : 'word')
      if (p.index === undefined) shell.assign(p.name, made)
      else shell.assignElement(p.name, yield* subscript(shell, shell.vars.find(p.name), p.name, p.index), made)
      return put(shell, { kind: 'one', value: shell.parameter(p.name) ?? made }, quoted, fields)
    }
    default: {
      if (has) return put(shell, value, quoted, fields)
      const message = operand === '' ? (operator === ':?' ? 'parameter null or not set' : 'parameter not set') : yield* expandString(shell, operand, 'word', quoted ? 'double' : 'word')
      throw new ExpansionError(`${p.index === undefined ? p.name : `${p.name}[${p.index}]`}: ${message}`, 'fatal', 127)
    }
  }
}

function* emitOperand(shell: Shell, operand: string, quoted: boolean, fields: Fields): Run {
  if (quoted) {
    if (operand === '') fields.quoted('')
    else yield* emit(shell, compileWord(operand, 'double').parts, fields, 'none')
  } else yield* emit(shell, compileWord(operand).parts, fields, 'word', 'split')
}

function* transform(shell: Shell, p: Parameter, operator: string, operand: string, value: Value, quoted: boolean): Run<Value> {
  if (operator === ':') return yield* slice(shell, p, operand, value)
  if (operator === '@') {
    if (operand === 'P') return yield* prompted(shell, value)
    return transformAt(shell, p, operand, value)
  }
  const change = yield* changer(shell, operator, operand, quoted)
  if (value.kind === 'one') return { kind: 'one', value: change(value.value ?? '') }
  return { ...value, values: value.values.map(change) }
}

function* changer(shell: Shell, operator: string, operand: string, quoted: boolean): Run<(text: string) => string> {
  if (operator.startsWith('/')) {
    const cut = splitReplacement(operand)
    const pattern = yield* expandPattern(shell, cut.pattern)
    const replacement = yield* replacementOf(shell, cut.replacement, quoted)
    const flags: readonly PatternFlag[] = shell.options.isShopt('nocasematch') ? ['nocase'] : []
    return (text) => replace(text, pattern, replacement, operator, flags)
  }
  const pattern = operand === '' ? '' : yield* expandPattern(shell, operand)
  switch (operator) {
    case '#':
      return (text) => removePrefix(text, pattern, 'shortest')
    case '##':
      return (text) => removePrefix(text, pattern, 'longest')
    case '%':
      return (text) => removeSuffix(text, pattern, 'shortest')
    case '%%':
      return (text) => removeSuffix(text, pattern, 'longest')
    default: {
      const turn = operator[0] === '^' ? upper : operator[0] === ',' ? lower : (c: string) => (upper(c) === c ? lower(c) : upper(c))
      const fits = (c: string): boolean => pattern === '' || matches(pattern, c)
      if (operator.length === 2) return (text) => [...text].map((c) => (fits(c) ? turn(c) : c)).join('')
      return (text) => {
        const [first] = text
        return first !== undefined && fits(first) ? turn(first) + text.slice(first.length) : text
      }
    }
  }
}

const upper = (c: string): string => (c.toUpperCase().length === c.length ? c.toUpperCase() : c)
const lower = (c: string): string => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)

/** The first unquoted `/` divides pattern and replacement. */
function splitReplacement(operand: string): { pattern: string; replacement: string } {
  let quote = ''
  let depth = 0
  for (let i = 0; i < operand.length; i++) {
    const c = operand[i] as string
    if (c === '\\' && quote !== "'") i++
    else if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === "'" || c === '"') quote = c
    else if (c === '$' && (operand[i + 1] === '{' || operand[i + 1] === '(')) depth++
    else if ((c === '}' || c === ')') && depth > 0) depth--
    else if (c === '/' && depth === 0 && i > 0) return { pattern: operand.slice(0, i), replacement: operand.slice(i + 1) }
    else if (c === '/' && depth === 0) return { pattern: '', replacement: operand.slice(1) }
  }
  return { pattern: operand, replacement: '' }
}

/** With patsub_replacement an unquoted `&` is what matched (bash 5.2): a list of texts between which it stands. */
function* replacementOf(shell: Shell, text: string, quoted: boolean): Run<readonly string[]> {
  if (text === '') return ['']
  if (!text.includes('&') || !shell.options.isShopt('patsub_replacement')) return [yield* expandString(shell, text, 'word')]
  void quoted
  const pattern = yield* expandString(shell, text.replace(/\\&/g, '\ue000').replace(/(["'])([^"']*)\1/g, (_, q: string, inner: string) => q + inner.replaceAll('&', '\ue000') + q), 'word')
  return pattern.split('&').map((piece) => piece.replaceAll('\ue000', '&'))
}

function replace(text: string, pattern: string, replacement: readonly string[], operator: string, flags: readonly PatternFlag[]): string {
  if (pattern === '') return operator === '/#' ? replacement.join('') + text : operator === '/%' ? text + replacement.join('') : text
  const made = (found: string): string => replacement.join(found)
  if (operator === '/#') {
    const end = longestFrom(text, 0, pattern, flags)
    return end < 0 ? text : made(text.slice(0, end)) + text.slice(end)
  }
  if (operator === '/%') {
    for (let from = 0; from <= text.length; from++) if (matches(pattern, text.slice(from), ...flags)) return text.slice(0, from) + made(text.slice(from))
    return text
  }
  if (!hasPattern(pattern) && flags.length === 0) {
    const plain = unquotePattern(pattern)
    return operator === '//' ? text.split(plain).join(made(plain)) : text.includes(plain) ? text.slice(0, text.indexOf(plain)) + made(plain) + text.slice(text.indexOf(plain) + plain.length) : text
  }
  let out = ''
  for (let at = 0; at <= text.length; ) {
    const end = longestFrom(text, at, pattern, flags)
    if (end > at || (end === at && text === '')) {
      out += made(text.slice(at, end))
      at = end
      if (operator === '/' || at >= text.length) return out + text.slice(at)
    } else {
      out += text[at] ?? ''
      at++
    }
  }
  return out
}

function longestFrom(text: string, from: number, pattern: string, flags: readonly PatternFlag[]): number {
  const regex = toRegExp(pattern, flags)
  for (let end = text.length; end >= from; end--) if (regex.test(text.slice(from, end))) return end
  return -1
}

function removePrefix(text: string, pattern: string, which: 'shortest' | 'longest'): string {
  if (!hasPattern(pattern)) {
    const plain = unquotePattern(pattern)
    return text.startsWith(plain) ? text.slice(plain.length) : text
  }
  const regex = toRegExp(pattern)
  if (which === 'shortest') {
    for (let end = 0; end <= text.length; end++) if (regex.test(text.slice(0, end))) return text.slice(end)
  } else for (let end = text.length; end >= 0; end--) if (regex.test(text.slice(0, end))) return text.slice(end)
  return text
}

function removeSuffix(text: string, pattern: string, which: 'shortest' | 'longest'): string {
  if (!hasPattern(pattern)) {
    const plain = unquotePattern(pattern)
    return plain !== '' && text.endsWith(plain) ? text.slice(0, -plain.length) : text
  }
  const regex = toRegExp(pattern)
  if (which === 'shortest') {
    for (let from = text.length; from >= 0; from--) if (regex.test(text.slice(from))) return text.slice(0, from)
  } else for (let from = 0; from <= text.length; from++) if (regex.test(text.slice(from))) return text.slice(0, from)
  return text
}

function* slice(shell: Shell, p: Parameter, operand: string, value: Value): Run<Value> {
  const cut = splitColon(operand)
  const offsetText = yield* expandString(shell, cut.offset, 'none', 'double')
  const offset = Number(shell.arithmetic(offsetText))
  const lengthText = cut.length === undefined ? undefined : yield* expandString(shell, cut.length, 'none', 'double')
  const length = lengthText === undefined ? undefined : Number(shell.arithmetic(lengthText))
  const range = (size: number): [number, number] | undefined => {
    const from = offset < 0 ? size + offset : offset
    if (from < 0 || from > size) return undefined
    if (length !== undefined && length < 0) {
      const to = size + length
      if (value.kind === 'many' || to < from) throw new ExpansionError(`${lengthText}: substring expression < 0`)
      return [from, to]
    }
    return [from, length === undefined ? size : Math.min(size, from + length)]
  }
  if (value.kind === 'many') {
    const all = p.name === '@' || p.name === '*' ? [shell.name, ...value.values] : value.values
    const cutTo = range(all.length)
    if (p.name === '@' || p.name === '*') return { ...value, values: cutTo ? (offset === 0 ? all : all).slice(...cutTo) : [] }
    const variable = shell.vars.find(shell.vars.resolve(p.name))
    if (variable?.list && offset >= 0) {
      const keys = variable.keys().filter((key) => Number(key) >= offset)
      return { ...value, values: keys.slice(0, length).map((key) => variable.get(key) ?? '') }
    }
    return { ...value, values: cutTo ? all.slice(...cutTo) : [] }
  }
  const chars = [...(value.value ?? '')]
  const cutTo = range(chars.length)
  return { kind: 'one', value: cutTo ? chars.slice(...cutTo).join('') : '' }
}

function splitColon(text: string): { offset: string; length: string | undefined } {
  let depth = 0
  let questions = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '(' || c === '{' || c === '[') depth++
    else if (c === ')' || c === '}' || c === ']') depth--
    else if (c === '?') questions++
    else if (c === ':' && depth === 0) {
      if (questions > 0) questions--
      else return { offset: text.slice(0, i), length: text.slice(i + 1) }
    }
  }
  return { offset: text, length: undefined }
}

/** `@P`: as a prompt, with its expansions. */
function* prompted(shell: Shell, value: Value): Run<Value> {
  const one = function* (text: string): Run<string> {
    return (yield* expandString(shell, decodePrompt(shell, text), 'none', 'here')).replace(/[\x01\x02]/g, '')
  }
  if (value.kind === 'one') return { kind: 'one', value: value.value === undefined ? undefined : yield* one(value.value) }
  const values: string[] = []
  for (const text of value.values) values.push(yield* one(text))
  return { ...value, values }
}

function transformAt(shell: Shell, p: Parameter, how: string, value: Value): Value {
  const variable = shell.vars.find(shell.vars.resolve(p.name))
  if (how === 'a') {
    const letters = variable ? attributeLetters(variable) : ''
    return value.kind === 'many' ? { ...value, values: value.values.map(() => letters) } : { kind: 'one', value: variable ? letters : undefined }
  }
  if (how === 'A') {
    if (value.kind === 'one' && value.value === undefined) return value
    return { kind: 'one', value: variable ? declaration(p.name, variable, 'transform') : `set -- ${value.kind === 'many' ? value.values.map(quoteAlways).join(' ') : ''}` }
  }
  if ((how === 'K' || how === 'k') && variable?.isArray && value.kind === 'many') {
    if (how === 'k') return { ...value, values: variable.keys().flatMap((key) => [key, variable.get(key) ?? '']) }
    return { kind: 'one', value: variable.keys().map((key) => `${variable.map ? doubleQuoteKey(key) : key} ${doubleQuote(variable.get(key) ?? '')}`).join(' ') }
  }
  const one = (text: string): string => {
    switch (how) {
      case 'U':
        return [...text].map(upper).join('')
      case 'u':
        return upper([...text][0] ?? '') + [...text].slice(1).join('')
      case 'L':
        return [...text].map(lower).join('')
      case 'E':
        return unescape(text, 'ansi').text
      default:
        return quoteAlways(text)
    }
  }
  if (value.kind === 'one') return { kind: 'one', value: value.value === undefined ? undefined : one(value.value) }
  return { ...value, values: value.values.map(one) }
}

const doubleQuoteKey = (key: string): string => (/^[A-Za-z0-9_./-]+$/.test(key) ? key : doubleQuote(key))

export function attributeLetters(variable: Variable): string {
  return [variable.list && 'a', variable.map && 'A', variable.integer && 'i', variable.lower && 'l', variable.nameref && 'n', variable.readonly && 'r', variable.trace && 't', variable.upper && 'u', variable.exported && 'x'].filter(Boolean).join('')
}

/** As `declare -p` and `${x@A}` show a variable. */
export function declaration(name: string, variable: Variable, style: 'declare' | 'transform' = 'declare'): string {
  const letters = attributeLetters(variable)
  const value = variable.isArray ? arrayText(variable) : variable.value
  if (style === 'transform' && !variable.isArray) return letters === '' ? `${name}=${quoteAlways(value ?? '')}` : `declare -${letters} ${name}=${quoteAlways(value ?? '')}`
  const head = `declare -${letters || '-'} ${name}`
  if (variable.isArray) return `${head}=${value}`
  return value === undefined ? head : `${head}=${doubleQuote(value)}`
}

export function arrayText(variable: Variable): string {
  const items = variable.keys().map((key) => `[${variable.map ? doubleQuoteKey(key) : key}]=${doubleQuote(variable.get(key) ?? '')}`)
  if (variable.map) return `(${items.map((item) => `${item} `).join('')})`
  return `(${items.join(' ')})`
}
