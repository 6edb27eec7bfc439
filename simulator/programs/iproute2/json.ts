/** JSON as iproute2's json_writer lays it out: one line, or `-pretty`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

const INDENT = '    '

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

function pretty(value: Json, depth: number): string {
  if (isList(value)) return value.length === 0 ? '[ ]' : `[ ${value.map((item) => pretty(item, depth + 1)).join(',')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = INDENT.repeat(depth + 1)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  if (fields.length === 0) return '{}'
  return `{\n${fields.map(([key, field]) => `${inner}${JSON.stringify(key)}: ${pretty(field ?? null, depth + 1)}`).join(',\n')}\n${INDENT.repeat(depth)}}`
}

export const renderJson = (value: Json, style: 'line' | 'pretty'): string => `${style === 'pretty' ? pretty(value, 0) : JSON.stringify(value)}\n`
