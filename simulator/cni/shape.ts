/** Values of a JSON text as the type that is wanted, the way Go's encoding/json fills a struct: an unknown key is left out, a value of another type is a fault. */

export type Reader<T> = (value: unknown, place: string) => T

/** The text does not hold what is wanted. */
export class WrongShape extends Error {}

const goName = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value)

const wrong = (value: unknown, place: string, wanted: string): WrongShape =>
  new WrongShape(`json: cannot unmarshal ${goName(value)} into ${place.includes('.') ? 'Go struct field' : 'Go value of type'} ${place}${place.includes('.') ? ` of type ${wanted}` : ''}`)

const scalar =
  <T>(wanted: string, is: (value: unknown) => value is T): Reader<T> =>
  (value, place) => {
    if (!is(value)) throw wrong(value, place, wanted)
    return value
  }

export const text = scalar('string', (value): value is string => typeof value === 'string')
export const number = scalar('int', (value): value is number => typeof value === 'number')
export const flag = scalar('bool', (value): value is boolean => typeof value === 'boolean')

export const listOf =
  <T>(item: Reader<T>): Reader<T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) throw wrong(value, place, 'slice')
    return value.map((each: unknown) => item(each, place))
  }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

export const mapOf =
  <T>(item: Reader<T>): Reader<Record<string, T>> =>
  (value, place) => {
    if (!isObject(value)) throw wrong(value, place, 'map')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, item(each, place)]))
  }

/** What an object's keys hold. */
export interface Fields {
  /** Undefined where there is no such key. */
  field<T>(name: string, reader: Reader<T>): T | undefined
  /** With what to say where there is no such key. */
  needed<T>(name: string, reader: Reader<T>, missing: string): T
  readonly all: Readonly<Record<string, unknown>>
}

/** A struct. Keys that are not there are not there in what is made either. */
export const struct =
  <T extends object>(read: (fields: Fields) => T): Reader<T> =>
  (value, place) => {
    if (!isObject(value)) throw wrong(value, place, 'struct')
    const field = <F>(name: string, reader: Reader<F>): F | undefined => (value[name] === undefined ? undefined : reader(value[name], `${place}.${name}`))
    const needed = <F>(name: string, reader: Reader<F>, missing: string): F => {
      const found = field(name, reader)
      if (found === undefined) throw new WrongShape(missing)
      return found
    }
    const made = read({ field, needed, all: value })
    for (const [name, each] of Object.entries(made)) if (each === undefined) Reflect.deleteProperty(made, name)
    return made
  }

/** Undefined where the value is not of that shape. */
export function readIf<T>(reader: Reader<T>, value: unknown): T | undefined {
  try {
    return reader(value, '')
  } catch (error) {
    if (error instanceof WrongShape) return undefined
    throw error
  }
}
