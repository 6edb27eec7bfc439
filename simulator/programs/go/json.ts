/**
 * JSON as Go writes it: encoding/json (HTML characters escaped, `{}` and `[]` for what is empty) and golang/protobuf's
 * jsonpb (an empty map or list spans two lines, 64-bit numbers are strings: bigint here).
 */
export type Json = string | number | bigint | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

const HTML: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' }

export const jsonString = (text: string): string => JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (c) => HTML[c] ?? c).replaceAll('\\b', '\\u0008').replaceAll('\\f', '\\u000c')

export interface JsonStyle {
  readonly indent: string
  /** How an empty object or list is written. */
  readonly empty: 'short' | 'two-lines'
  readonly html: 'escaped' | 'plain'
}

export const MARSHAL: JsonStyle = { indent: '    ', empty: 'short', html: 'escaped' }
export const JSONPB: JsonStyle = { indent: '  ', empty: 'two-lines', html: 'escaped' }

/** json.MarshalIndent(value, "", indent), or jsonpb's Marshaler. Fields in the order of the object; undefined ones left out. */
export function marshal(value: unknown, style: JsonStyle): string {
  return write(value, style, '')
}

function write(value: unknown, style: JsonStyle, at: string): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return style.empty === 'two-lines' ? `"${value}"` : String(value)
  if (typeof value === 'string') return style.html === 'escaped' ? jsonString(value) : JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  const inner = at + style.indent
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const colon = style.indent === '' ? ':' : ': '
  const parts = isList
    ? value.map((item: unknown) => write(item, style, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => write(key, style, '') + colon + write(item, style, inner))
  if (style.indent === '') return open + parts.join(',') + close
  if (parts.length === 0) return style.empty === 'short' ? open + close : `${open}\n${at}${close}`
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${at}${close}`
}

/** json.Marshal: one line. */
export const marshalLine = (value: unknown): string => write(value, { indent: '', empty: 'short', html: 'escaped' }, '')

/** An object with its keys in order, all the way down, as Go writes maps. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
