/**
 * Values in a Go template over decoded JSON. A JSON number is Go's float64, or the text that encoding/json keeps of it
 * (`json.Number`), as the program decodes; whole numbers written in a template are Go's int: bigint here.
 */
import { Float } from './nodes'

export type Numbers = 'float64' | 'json.Number'

export const typeName = (value: unknown, numbers: Numbers): string => {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return numbers
  if (value instanceof Float) return 'float64'
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'
}

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float)

/** Keys in the order of their bytes, as Go shows maps. */
export const keysOf = (value: object): string[] => Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

export function isTrue(value: unknown, numbers: Numbers): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof Float) return value.value !== 0
  if (typeof value === 'number') return numbers === 'json.Number' || value !== 0
  if (isMap(value)) return Object.keys(value).length > 0
  return Boolean(value)
}

/** A float as `%v` has it: an exponent from 1e+06 on. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 6) return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return String(value)
}

/** fmt's `%v`. */
export function shown(value: unknown, numbers: Numbers): string {
  if (value === undefined || value === null) return '<nil>'
  if (Array.isArray(value)) return `[${value.map((item) => shown(item, numbers)).join(' ')}]`
  if (value instanceof Float) return floatText(value.value)
  if (typeof value === 'number') return numbers === 'float64' ? floatText(value) : String(value)
  if (isMap(value)) return `map[${keysOf(value).map((key) => `${key}:${shown(value[key], numbers)}`).join(' ')}]`
  return String(value)
}
