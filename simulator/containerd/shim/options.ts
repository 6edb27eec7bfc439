/**
 * Options of the runc shims: a protobuf message, containerd.runc.v1.Options, that clients put into a container or a task, and that the shim keeps
 * as JSON beside the container (runtime/v2/runc/options/oci.proto, runc.ReadOptions and WriteOptions).
 */
import { concat, decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { fromBase64, toBase64 } from '../../kernel/base64'
import { readOrEmpty } from '../runc/cgroups'
import { runcRoot } from '../runc/index'
import { wireFields } from '../protobuf'
import type { Any } from '../services'

export const DEFAULT_RUNTIME = 'runc'
const OPTIONS_TYPE = 'containerd.runc.v1.Options'

export interface RuncOptions {
  readonly no_pivot_root?: boolean
  /** The runtime, where it is not the `runc` in PATH. */
  readonly binary_name?: string
  /** Where it keeps the states of containers, a directory for each namespace. */
  readonly root?: string
  readonly systemd_cgroup?: boolean
}

/** Numbers of the message's fields, in the order in which they are written. */
const FLAGS: readonly (readonly ['no_pivot_root' | 'systemd_cgroup', number])[] = [['no_pivot_root', 1], ['systemd_cgroup', 9]]
const TEXTS: readonly (readonly ['binary_name' | 'root', number])[] = [['binary_name', 6], ['root', 7]]
const VARINT = 0
const BYTES = 2
const SEVEN_BITS = 0x80

const tag = (field: number, wire: number): number => (field << 3) | wire

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= SEVEN_BITS; rest = Math.floor(rest / SEVEN_BITS)) bytes.push((rest % SEVEN_BITS) | SEVEN_BITS)
  return Uint8Array.from([...bytes, rest])
}

export function optionsMessage(options: RuncOptions): Any {
  const fields = [
    ...TEXTS.map(([name, number]): [number, Uint8Array] => {
      const bytes = encode(options[name] ?? '')
      return [number, bytes.length === 0 ? bytes : concat([Uint8Array.from([tag(number, BYTES)]), varint(bytes.length), bytes])]
    }),
    ...FLAGS.map(([name, number]): [number, Uint8Array] => [number, options[name] ? Uint8Array.from([tag(number, VARINT), 1]) : new Uint8Array()]),
  ]
  return { type_url: OPTIONS_TYPE, value: toBase64(concat(fields.sort(([a], [b]) => a - b).map(([, bytes]) => bytes))) }
}

/** What a message says; of another type, and of none, nothing. */
export function optionsIn(message: Any | null | undefined): RuncOptions {
  if (message?.type_url !== OPTIONS_TYPE) return {}
  const found: { -readonly [K in keyof RuncOptions]: RuncOptions[K] } = {}
  for (const { number, wire, value, bytes } of wireFields(fromBase64(message.value), 'Options')) {
    const flag = FLAGS.find(([, field]) => field === number)
    const text = TEXTS.find(([, field]) => field === number)
    if (flag && wire === 'varint' && value !== 0) found[flag[0]] = true
    if (text && wire === 'bytes') found[text[0]] = decode(bytes)
  }
  return found
}

/** The order of the message's fields is that of its JSON. */
const written = ({ no_pivot_root, binary_name, root, systemd_cgroup }: RuncOptions): string => JSON.stringify({
  no_pivot_root: no_pivot_root || undefined, binary_name: binary_name || undefined, root: root || undefined, systemd_cgroup: systemd_cgroup || undefined,
})

export function* writeOptions(sys: Sys, bundle: string, options: RuncOptions): Run {
  yield* sys.writeFile(`${bundle}/options.json`, encode(written(options)), { mode: 0o600 })
  yield* sys.writeFile(`${bundle}/runtime`, encode(options.binary_name ?? ''), { mode: 0o600 })
}

export function* readOptions(sys: Sys, bundle: string): Run<RuncOptions> {
  const options: RuncOptions = JSON.parse((yield* readOrEmpty(sys, `${bundle}/options.json`)) || '{}')
  return options
}

/** Where the states of a container's runtime lie; a path that is relative is so to the bundle, in which the shim runs. */
export function stateRoot(options: RuncOptions, bundle: string, namespace: string): string {
  if (!options.root) return runcRoot(namespace)
  return `${options.root.startsWith('/') ? '' : `${bundle}/`}${options.root}/${namespace}`
}

export const findRuntime = (sys: Sys, options: RuncOptions): Found => findExecutable(sys, options.binary_name || DEFAULT_RUNTIME)

type Found = { readonly path: string } | { readonly failure: string }

/** exec.LookPath and what fork says: the file of a name, or why it cannot run. */
export function findExecutable(sys: Sys, name: string): Found {
  if (!name.includes('/')) {
    for (const directory of (sys.env.get('PATH') ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':')) {
      const path = `${directory}/${name}`
      if (runnable(sys, path) === undefined) return { path }
    }
    return { failure: `exec: "${name}": executable file not found in $PATH` }
  }
  const fault = runnable(sys, name)
  return fault === undefined ? { path: name } : { failure: `fork/exec ${name}: ${fault}` }
}

function runnable(sys: Sys, path: string): string | undefined {
  try {
    return sys.stat(path).kind === 'file' && sys.access(path, { execute: true }) ? undefined : 'permission denied'
  } catch (error) {
    if (!isErrno(error)) throw error
    return error.message.toLowerCase()
  }
}
