/** Messages as text, as the String methods that gogo/protobuf generates write them: `&ImageSpec{Image:busybox,Annotations:map[string]string{},}`. */
import type { FieldType, Messages } from './decode'

export interface Shown {
  readonly messages: Messages
  /** The methods go by the fields' numbers: names of those messages whose numbers do not follow the protocol's order. */
  readonly byNumber: Readonly<Record<string, readonly string[]>>
  /** Fields that Go names otherwise than the rule has it. */
  readonly renamed: Readonly<Record<string, string>>
}

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** A message, whose fields stand by their names in the protocol or in JSON; none at all is `nil`. */
export function messageText(value: object | null | undefined, name: string, shown: Shown): string {
  if (value === null || value === undefined) return 'nil'
  const given = new Map<string, unknown>(Object.entries(value))
  const fields = shown.messages[name] ?? {}
  const text = (shown.byNumber[name] ?? Object.keys(fields)).map((field) => {
    const type = fields[field]
    const key = shown.renamed[`${name}.${field}`] ?? capital(camel(field))
    return type === undefined ? '' : `${key}:${fieldText(given.get(field) ?? given.get(camel(field)), type, shown)},`
  })
  return `&${name}{${text.join('')}}`
}

/** A list of messages as fmt writes a slice of them. */
export const listText = (items: readonly object[], name: string, shown: Shown): string => `[${items.map((item) => messageText(item, name, shown)).join(' ')}]`

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function fieldText(value: unknown, type: FieldType, shown: Shown): string {
  if (type === 'map') {
    const entries = isObject(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : []
    return `map[string]string{${entries.map(([key, item]) => `${key}: ${String(item)},`).join('')}}`
  }
  if (type === 'bool') return String(value ?? false)
  if (type === 'string') return String(value ?? '')
  if (typeof type === 'string') return String(value ?? 0)
  if ('message' in type) return messageText(isObject(value) ? value : null, type.message, shown)
  if ('enum' in type) return typeof value === 'string' ? value : (type.values[Number(value ?? 0)] ?? String(value))
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return 'list' in type ? `[${items.map(String).join(' ')}]` : `[]*${type.lists}{${items.map((item) => `${messageText(isObject(item) ? item : null, type.lists, shown)},`).join('')}}`
}
