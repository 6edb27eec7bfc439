/** A container's state directory: ROOT/ID/state.json and exec.fifo (libcontainer container_linux.go, state_linux.go). */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { exists, makeDirectories } from '../files'
import type { NamespaceType } from '../../kernel/namespaces/types'
import type { OciNamespaceType, OciSeccomp, OciSpec } from '../oci/types'
import { jsonFault } from '../json'
import { frozen } from './cgroups'
import { RuncError } from './error'

export interface ContainerState {
  readonly id: string
  readonly init_process_pid: number
  /** Start time in clock ticks, which tells a pid that was used again. */
  readonly init_process_start: number
  readonly created: string
  readonly config: { readonly rootfs: string; readonly labels: readonly string[]; readonly hostname: string; readonly seccomp?: OciSeccomp }
  readonly rootless: boolean
  /** Directory by controller. */
  readonly cgroup_paths: Readonly<Record<string, string>>
  /** By clone flag: the file of each namespace. */
  readonly namespace_paths: Readonly<Record<string, string>>
  /** What the first three descriptors led to. */
  readonly external_descriptors: readonly string[]
  readonly intel_rdt_path: string
}

export const KERNEL_NAMES: Readonly<Record<OciNamespaceType, NamespaceType>> = {
  pid: 'pid', network: 'net', mount: 'mnt', ipc: 'ipc', uts: 'uts', user: 'user', cgroup: 'cgroup',
}
const NAMESPACES = ['cgroup', 'ipc', 'network', 'mount', 'pid', 'user', 'uts'] as const satisfies readonly OciNamespaceType[]
const FLAGS: Readonly<Partial<Record<OciNamespaceType, string>>> = { mount: 'NEWNS' }

/** encoding/json writes the keys of a map in their order. */
export const sortedByName = (map: Readonly<Record<string, string>>): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Every type's namespace as init is in it, whichever path the spec names (configs/namespaces_linux.go GetPath). */
export const namespacePaths = (pid: number): Readonly<Record<string, string>> =>
  Object.fromEntries(NAMESPACES.map((type) => [FLAGS[type] ?? `NEW${KERNEL_NAMES[type].toUpperCase()}`, `/proc/${pid}/ns/${KERNEL_NAMES[type]}`]))

export type RuncStatus = 'created' | 'running' | 'paused' | 'stopped'

export const statePath = (root: string, id: string): string => `${root}/${id}/state.json`
export const fifoPath = (root: string, id: string): string => `${root}/${id}/exec.fifo`

export function* readState(sys: Sys, root: string, id: string): Run<ContainerState> {
  let text: string
  try {
    text = decode(yield* sys.readFile(statePath(root, id)))
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) throw new RuncError('container does not exist')
    throw error
  }
  const state: ContainerState = parsed(text)
  return state
}

export function* writeState(sys: Sys, root: string, state: ContainerState): Run {
  makeDirectories(sys, `${root}/${state.id}`)
  yield* sys.writeFile(statePath(root, state.id), encode(JSON.stringify(state)), { mode: 0o600 })
}

/** Fields of /proc/PID/stat after the name: `[0]` is the state letter. Undefined when there is no such process. */
export function* statOf(sys: Sys, pid: number): Run<string[] | undefined> {
  try {
    const text = decode(yield* sys.readFile(`/proc/${pid}/stat`))
    return text.slice(text.lastIndexOf(')') + 2).trim().split(' ')
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

const START_TIME = 19

export function* startTimeOf(sys: Sys, pid: number): Run<number> {
  return Number((yield* statOf(sys, pid))?.[START_TIME] ?? 0)
}

export function* statusOf(sys: Sys, root: string, state: ContainerState): Run<RuncStatus> {
  const stat = yield* statOf(sys, state.init_process_pid)
  if (!stat || stat[0] === 'Z' || stat[0] === 'X' || Number(stat[START_TIME]) !== state.init_process_start) return 'stopped'
  if (yield* frozen(sys, state.cgroup_paths)) return 'paused'
  return exists(sys, fifoPath(root, state.id)) ? 'created' : 'running'
}

export function* readSpec(sys: Sys, bundle: string): Run<OciSpec> {
  let text: string
  try {
    text = decode(yield* sys.readFile(`${bundle}/config.json`))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw new RuncError('JSON specification file config.json not found')
    throw error
  }
  const spec: OciSpec = parsed(text)
  return spec
}

/** What a file holds; json.Decoder's words for what is no JSON. */
export function parsed<T>(text: string): T {
  try {
    return JSON.parse(text)
  } catch {
    throw new RuncError(jsonFault(text, 'unexpected EOF') ?? 'unexpected EOF')
  }
}
