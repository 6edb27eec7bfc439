/** The JSON files of an archive, read as encoding/json reads them into Go's types (containerd images/archive/importer.go onUntarJSON). */
import { jsonFault } from '../../../../containerd/json'
import { Failure } from '../../../urfave/context'

interface DockerEntry {
  readonly Config: string
  readonly RepoTags: readonly string[]
  readonly Layers: readonly string[]
}

const STRUCT = 'struct { Config string; RepoTags []string; Layers []string }'

type Reader = (value: unknown, into: string) => Error

/** A value's kind as encoding/json names it. */
export const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value)

function parsed(what: string, text: string): { readonly value: unknown; readonly wrong: Reader } {
  const fault = jsonFault(text, 'unexpected EOF')
  if (fault !== undefined) throw new Failure(`${what}: ${fault}`)
  const value: unknown = JSON.parse(text)
  return { value, wrong: (found, into) => new Failure(`${what}: json: cannot unmarshal ${kindOf(found)} into Go ${into}`) }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldsOf(value: object): { text(name: string): unknown } {
  const byName = new Map(Object.entries(value).map(([key, item]): [string, unknown] => [key.toLowerCase(), item]))
  return { text: (name) => byName.get(name.toLowerCase()) }
}

/** `manifest.json`; null where it says nothing. */
export function dockerEntries(what: string, text: string): readonly DockerEntry[] | null {
  const { value, wrong } = parsed(what, text)
  if (value === null) return null
  if (!Array.isArray(value)) throw wrong(value, `value of type []${STRUCT}`)
  return value.map((item: unknown) => {
    if (item !== null && !isObject(item)) throw wrong(item, `value of type ${STRUCT}`)
    const fields = fieldsOf(item ?? {})
    const text = (found: unknown, name: string): string => {
      if (found === undefined || found === null) return ''
      if (typeof found !== 'string') throw wrong(found, `struct field .${name} of type string`)
      return found
    }
    const list = (name: string): string[] => {
      const found = fields.text(name)
      if (found === undefined || found === null) return []
      if (!Array.isArray(found)) throw wrong(found, `struct field .${name} of type []string`)
      return found.map((part: unknown) => text(part, name))
    }
    return { Config: text(fields.text('Config'), 'Config'), RepoTags: list('RepoTags'), Layers: list('Layers') }
  })
}

/** `imageLayoutVersion` of `oci-layout`. */
export function layoutVersion(what: string, text: string): string {
  const { value, wrong } = parsed(what, text)
  if (value === null) return ''
  if (!isObject(value)) throw wrong(value, 'value of type v1.ImageLayout')
  const found = fieldsOf(value).text('imageLayoutVersion')
  if (found === undefined || found === null) return ''
  if (typeof found !== 'string') throw wrong(found, 'struct field ImageLayout.imageLayoutVersion of type string')
  return found
}
