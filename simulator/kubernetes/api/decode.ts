/**
 * A server's refusal of an object whose values are of other types than its fields. Before 1.22 it decoded with json-iterator, which shows the text around the byte
 * where it stopped; since then with encoding/json.
 */
import { misfitIn, type Misfit, unknownFields } from './schema'
import type { ApiObject } from './objects'
import { ApiStatus } from './status'

/** Bytes that json-iterator shows before and after, near and far. */
const NEAR = 10
const FAR = 50
const PLAIN_JSON = 22
const STRICT = 25
const WORDS = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

export function checkTypes(object: ApiObject, minor: number): void {
  const fields: Readonly<Record<string, unknown>> = { ...object }
  const misfit = misfitIn(fields)
  const refuse = (why: string): never => {
    throw new ApiStatus('BadRequest', `${object.kind} in version "${object.apiVersion.split('/').at(-1)}" cannot be handled as a ${object.kind}: ${why}`)
  }
  if (misfit) refuse(minor < PLAIN_JSON ? iterated(fields, misfit) : plain(misfit))
  if (minor < STRICT) return
  const strange = unknownFields(fields)
  if (strange.length > 0) refuse(`strict decoding error: ${strange.join(', ')}`)
}

const plain = ({ type, value, owner, path }: Misfit): string =>
  type === 'q' ? WORDS : `json: cannot unmarshal ${typeof value === 'boolean' ? 'bool' : 'number'} into Go struct field ${owner}.${path} of type string`

/** Keys sorted, as the client sends them. */
function written(value: unknown, keys: readonly (string | number)[] | undefined, stop: { at: number }, before: number): string {
  const here = keys?.length === 0
  if (here) stop.at = before
  if (Array.isArray(value)) {
    let text = '['
    for (const [i, each] of value.entries()) text += (i === 0 ? '' : ',') + written(each, keys?.[0] === i ? keys.slice(1) : undefined, stop, before + text.length + (i === 0 ? 0 : 1))
    return `${text}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = '{'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [i, [key, each]] of entries.entries()) {
    text += `${i === 0 ? '' : ','}${JSON.stringify(key)}:`
    text += written(each, keys?.[0] === key ? keys.slice(1) : undefined, stop, before + text.length)
  }
  return `${text}}`
}

function iterated(object: Readonly<Record<string, unknown>>, { trail, keys, type, value }: Misfit): string {
  const stop = { at: 0 }
  const text = `${written(object, keys, stop, 0)}\n`
  // A string is read to its end before it is looked at; another value stops at its first byte.
  const head = stop.at + (type === 'q' ? JSON.stringify(value).length : 1)
  const around = (bytes: number): string => text.slice(Math.max(0, head - bytes), head + bytes)
  const why = type === 'q' ? `unmarshalerDecoder: ${WORDS}` : `ReadString: expects " or n, but found ${JSON.stringify(value).charAt(0)}`
  return `${trail.join(': ')}: ${why}, error found in #${Math.min(head, NEAR)} byte of ...|${around(NEAR)}|..., bigger context ...|${around(FAR)}|...`
}
