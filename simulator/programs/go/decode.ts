/** JSON and YAML read into typed messages as encoding/json and sigs.k8s.io/yaml do, with their complaints. */
import { parseDocument } from 'yaml'
import { jsonFaultAt } from '../../containerd/json'

/** A complaint in Go's words. */
export class DecodeError extends Error {}

export type Kind = 'string' | 'bool' | 'int32' | 'int64' | 'uint32' | 'uint64'
/** Numbers with names: the type's own name, and those of its values from 0 on. */
export interface EnumType {
  readonly enum: string
  readonly values: readonly string[]
}
/** A field: a plain kind, a message by its name, a list or a map of texts. */
export type FieldType = Kind | 'map' | EnumType | { readonly list: Kind } | { readonly lists: string } | { readonly message: string }
/** Messages by name: their fields in the order of the protocol. */
export type Messages = Readonly<Record<string, Readonly<Record<string, FieldType>>>>

interface Typed {
  readonly messages: Messages
  /** The package in which Go knows them, `v1`. */
  readonly pkg: string
}

/** A text into the message `name`; fields that it does not have are dropped, those with nothing in them too. */
export function decodeMessage(text: string, name: string, typed: Typed): object {
  if (text.trim() === '') throw new DecodeError('EOF')
  if (/^\s*\{/.test(text)) return message(readJson(text), name, { ...typed, source: 'json' }, `Go value of type ${typed.pkg}.${name}`, '')
  const value = readYaml(text)
  if (value === null || value === undefined) return {}
  try {
    return message(value, name, { ...typed, source: 'yaml' }, `Go value of type ${typed.pkg}.${name}`, '')
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new DecodeError(`error unmarshaling JSON: while decoding JSON: ${error.message}`)
  }
}

type Reader = Typed & { readonly source: 'json' | 'yaml' }

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value)
const wrong = (value: unknown, into: string, type: string): never => {
  const shown = kindOf(value) === 'number' && /int/.test(type) ? `number ${String(value)}` : kindOf(value)
  throw new DecodeError(type === '' ? `json: cannot unmarshal ${shown} into ${into}` : `json: cannot unmarshal ${shown} into ${into} of type ${type}`)
}

function message(value: unknown, name: string, reader: Reader, into: string, path: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(value, into, path === '' ? '' : `${reader.pkg}.${name}`)
  const given = new Map(Object.entries(value).map(([key, item]): [string, unknown] => [key.toLowerCase(), item]))
  return Object.fromEntries(
    Object.entries(reader.messages[name] ?? {}).flatMap(([field, type]): [string, unknown][] => {
      const item = given.get(field)
      if (item === undefined || item === null) return []
      const place = path === '' ? field : `${path}.${field}`
      const read = fieldValue(item, type, reader, `Go struct field ${name}.${place}`, place)
      return isEmpty(read) ? [] : [[field, read]]
    }),
  )
}

/** `omitempty`: a message is never empty. */
const isEmpty = (value: unknown): boolean => value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0)

function fieldValue(value: unknown, type: FieldType, reader: Reader, into: string, path: string): unknown {
  if (typeof type === 'object') {
    if ('message' in type) return message(value, type.message, reader, into, path)
    if ('enum' in type) return plain(value, 'int32', reader, into, `${reader.pkg}.${type.enum}`)
    if (!Array.isArray(value)) return wrong(value, into, `[]${'list' in type ? type.list : `*${reader.pkg}.${type.lists}`}`)
    return value.map((item) => ('list' in type ? plain(item, type.list, reader, into) : message(item, type.lists, reader, into, path)))
  }
  if (type !== 'map') return plain(value, type, reader, into)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(value, into, 'map[string]string')
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, plain(item, 'string', reader, into)])
  return entries.length > 0 ? Object.fromEntries(entries) : ''
}

const LIMITS: Readonly<Record<Exclude<Kind, 'string' | 'bool'>, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1], int64: [-(2 ** 63), 2 ** 63 - 1], uint32: [0, 2 ** 32 - 1], uint64: [0, 2 ** 64 - 1],
}

/** `name`: how Go calls the type, which is the kind's name when it has none of its own. */
function plain(value: unknown, kind: Kind, { source }: Reader, into: string, name: string = kind): unknown {
  if (kind === 'string') {
    // The way from YAML knows that a text is wanted.
    if (source === 'yaml' && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
    return typeof value === 'string' ? value : wrong(value, into, name)
  }
  if (kind === 'bool') return typeof value === 'boolean' ? value : wrong(value, into, name)
  const [least, most] = LIMITS[kind]
  if (typeof value === 'number') return Number.isInteger(value) && value >= least && value <= most ? value : wrong(value, into, name)
  return wrong(value, into, name)
}

/** encoding/json's scanner, for what it says of a text that is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const { why, offset } = jsonFaultAt(text)
    throw new DecodeError(offset === undefined ? why : `json: offset ${offset}: ${why}`)
  }
}

/** What go-yaml says where the parser here gives its own name to a fault. The scanner counts lines from one, the parser from zero. */
const YAML_FAULTS: Readonly<Record<string, readonly ['scanner' | 'parser', string]>> = {
  TAB_AS_INDENT: ['scanner', 'found character that cannot start any token'],
  BLOCK_AS_IMPLICIT_KEY: ['scanner', 'mapping values are not allowed in this context'],
  MULTILINE_IMPLICIT_KEY: ['scanner', "could not find expected ':'"],
  MISSING_CHAR: ['scanner', 'found unexpected end of stream'],
  BAD_ALIAS: ['scanner', 'did not find expected alphabetic or numeric character'],
  BAD_INDENT: ['parser', 'did not find expected node content'],
  BAD_COLLECTION_TYPE: ['parser', 'did not find expected node content'],
  UNEXPECTED_TOKEN: ['parser', 'did not find expected key'],
}

export function readYaml(text: string): unknown {
  const document = parseDocument(text)
  const [problem] = document.errors
  if (!problem) return document.toJS()
  throw new DecodeError(`error converting YAML to JSON: ${yamlFault(problem.code, problem.message, (problem.linePos?.[0].line ?? 1) - 1)}`)
}

/** `line` counts from zero. */
export function yamlFault(code: string, message: string, line: number): string {
  const [source, words] = YAML_FAULTS[code] ?? ['parser', message.split(' at line')[0] ?? message]
  const isInFlow = /flow (sequence|map)/i.test(message)
  if (isInFlow && code === 'MISSING_CHAR') return `yaml: line ${Math.max(1, line)}: did not find expected ${/map/i.test(message) ? "',' or '}'" : "',' or ']'"}`
  const shown = line === 0 ? 0 : source === 'scanner' ? line + 1 : line
  return `yaml: ${shown === 0 ? '' : `line ${shown}: `}${words}`
}
