/** What an OCI hook is told on its standard input, and the root of its container (cmd/containerd/command/oci-hook.go), as encoding/json reads them. */
import { jsonFault } from '../../../containerd/json'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { readToEnd } from '../../../kernel/read-to-end'
import { type Context, Failure } from '../../urfave/context'

export interface HookState {
  readonly id: string
  readonly bundle: string
  readonly rootfs: string
  readonly pid: number
  readonly status: string
  readonly annotations: ReadonlyMap<string, string>
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value)
const wrong = (value: unknown, into: string): Failure => new Failure(`json: cannot unmarshal ${kindOf(value)} into Go ${into}`)

/** An object's fields, each of its type; one that is not there is null. */
function objectIn(text: string, type: string): { read(name: string): unknown; text(name: string): string; number(name: string): number } {
  const fault = jsonFault(text, 'unexpected EOF')
  if (fault !== undefined) throw new Failure(fault)
  const value: unknown = JSON.parse(text)
  if (value !== null && !isObject(value)) throw wrong(value, `value of type ${type}`)
  const fields = new Map(Object.entries(value ?? {}).map(([key, item]): [string, unknown] => [key.toLowerCase(), item]))
  const read = (name: string): unknown => fields.get(name.toLowerCase()) ?? null
  const place = (name: string): string => `struct field ${type.replace(/.*\./, '')}.${name}`
  return {
    read,
    text(name) {
      const found = read(name)
      if (found !== null && typeof found !== 'string') throw wrong(found, `${place(name)} of type ${name === 'status' ? 'specs.ContainerState' : 'string'}`)
      return found ?? ''
    },
    number(name) {
      const found = read(name)
      if (found !== null && typeof found !== 'number') throw wrong(found, `${place(name)} of type int`)
      return found ?? 0
    },
  }
}

const ROOT = 'struct { Path string "json:\\"path\\"" }'

export function* readHookState(context: Context): Run<HookState> {
  const { sys } = context
  const state = objectIn(decode(yield* readToEnd(() => sys.read(0, 32_768))), 'specs.State')
  const told = { id: state.text('id'), status: state.text('status'), pid: state.number('pid'), bundle: state.text('bundle') }
  const annotations = state.read('annotations')
  if (annotations !== null && !isObject(annotations)) throw wrong(annotations, 'struct field State.annotations of type map[string]string')
  const path = `${told.bundle === '' ? '' : `${told.bundle.replace(/\/+$/, '')}/`}config.json`
  const root = objectIn(yield* textOf(context, path), 'command.hookSpec').read('root')
  if (root !== null && !isObject(root)) throw wrong(root, `struct field hookSpec.root of type ${ROOT}`)
  const below = root === null ? '' : String(Reflect.get(root, 'path') ?? '')
  const rootfs = below.startsWith('/') ? below : [told.bundle, below].filter((part) => part !== '').join('/')
  return { ...told, rootfs, annotations: new Map(Object.entries(annotations ?? {})) }
}

function* textOf({ sys }: Context, path: string): Run<string> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`open ${path}: ${error.message.toLowerCase()}`)
  }
}
