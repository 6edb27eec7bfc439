/** Which network a node has (go-cni loadFromConfDir, libcni conf.go): the first file of the directory, which has to be sound. What is wrong with it is told in their words. */
import { jsonFault } from './json'
import { decode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'

export const CONF_DIR = '/etc/cni/net.d'

export type Loaded = { readonly kind: 'loaded'; readonly conflist: string } | { readonly kind: 'failed'; readonly why: string }

class ConfFault extends Error {}

export function* loadNetwork(sys: Sys): Run<Loaded> {
  const names = (yield* entries(sys)).filter((name) => /\.(conflist|conf|json)$/.test(name)).sort()
  const [name] = names
  if (name === undefined) return { kind: 'failed', why: `no network config found in ${CONF_DIR}: cni plugin not initialized` }
  const path = `${CONF_DIR}/${name}`
  const text = decode(yield* sys.readFile(path))
  const isList = name.endsWith('.conflist')
  try {
    if (isList) checkList(text)
    return { kind: 'loaded', conflist: isList ? text : listOf(text) }
  } catch (error) {
    if (!(error instanceof ConfFault)) throw error
    return { kind: 'failed', why: `failed to load CNI config ${isList ? 'list ' : ''}file ${path}: ${error.message}: invalid cni config` }
  }
}

function* entries(sys: Sys): Run<string[]> {
  try {
    return sys.readdir(CONF_DIR).map((entry) => entry.name)
  } catch (error) {
    if (!isErrno(error)) throw error
    return []
  }
}

/** A value's type as `%T` has it. */
const typeName = (value: unknown): string =>
  Array.isArray(value) ? '[]interface {}' : value === null ? '<nil>' : { number: 'float64', boolean: 'bool', string: 'string', object: 'map[string]interface {}' }[String(typeof value)] ?? 'string'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(what: string, text: string): Readonly<Record<string, unknown>> {
  const fault = jsonFault(text, 'unexpected end of JSON input')
  if (fault !== undefined) throw new ConfFault(`${what}: ${fault}`)
  const value: unknown = JSON.parse(text) ?? {}
  if (isObject(value)) return value
  throw new ConfFault(`${what}: json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value} into Go value of type map[string]interface {}`)
}

/** libcni ConfListFromBytes. */
function checkList(text: string): void {
  const what = 'error parsing configuration list'
  const { name, plugins } = parsed(what, text)
  if (name === undefined) throw new ConfFault(`${what}: no name`)
  if (typeof name !== 'string') throw new ConfFault(`${what}: invalid name type ${typeName(name)}`)
  if (plugins === undefined) throw new ConfFault(`${what}: no 'plugins' key`)
  if (!Array.isArray(plugins)) throw new ConfFault(`${what}: invalid 'plugins' type ${typeName(plugins)}`)
  if (plugins.length === 0) throw new ConfFault(`${what}: no plugins in list`)
  for (const [i, plugin] of plugins.entries()) {
    if (!isObject(plugin) || !hasType(plugin)) throw new ConfFault(`failed to parse plugin config ${i}: error parsing configuration: missing 'type'`)
  }
}

const hasType = ({ type }: Readonly<Record<string, unknown>>): boolean => typeof type === 'string' && type !== ''

/** A file of one plugin, as the list that libcni makes of it (ConfListFromConf). */
function listOf(text: string): string {
  const what = 'error parsing configuration'
  const plugin = parsed(what, text)
  if (!hasType(plugin)) throw new ConfFault(`${what}: missing 'type'`)
  const { name, cniVersion } = plugin
  return JSON.stringify({ ...(cniVersion === undefined ? {} : { cniVersion }), name, plugins: [plugin] })
}
