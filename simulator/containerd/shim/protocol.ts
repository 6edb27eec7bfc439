/** The shim's task service (containerd runtime/v2/task/shim.proto) on its socket below /run/containerd/s, and how containerd finds that. */
import { exists } from '../files'
import type { Run } from '../../kernel/run'
import type { Service, Sys } from '../../kernel/sys'
import { encode } from '../../kernel/bytes'
import { hexDigest } from '../digest'
import type { Release } from '../release'
import { readOrEmpty } from '../runc/cgroups'
import type { OciProcess, OciResources } from '../oci/types'
import type { RuncOptions } from './options'
import type { DeleteResponse, Envelope, ProcessInfo, SnapshotMount, Stdio, TaskProcess } from '../services'

export const SHIM: unique symbol = Symbol('shim')
export const EVENTS: unique symbol = Symbol('events')
/** Where shims send their events to. */
export const TTRPC_SOCKET = '/run/containerd/containerd.sock.ttrpc'
export const BUNDLES = '/run/containerd/io.containerd.runtime.v2.task'
export const SHIM_BINARY = '/usr/bin/containerd-shim-runc-v2'

export interface ShimService {
  readonly [SHIM]: true
  create(request: { readonly id: string; readonly bundle: string; readonly rootfs: readonly SnapshotMount[]; readonly stdio: Stdio; readonly options: RuncOptions; readonly pid?: number }): Run<number>
  start(id: string, execId: string): Run<number>
  state(id: string, execId: string): Run<TaskProcess>
  kill(id: string, execId: string, signal: number, whom: 'one' | 'all'): Run<void>
  exec(id: string, request: { readonly execId: string; readonly stdio: Stdio; readonly spec: OciProcess }): Run<void>
  delete(id: string, execId: string): Run<DeleteResponse>
  pids(id: string): Run<ProcessInfo[]>
  pause(id: string): Run<void>
  resume(id: string): Run<void>
  update(id: string, resources: OciResources): Run<void>
  wait(id: string, execId: string): Run<{ exitStatus: number; exitedAt: string }>
  resizePty(id: string, execId: string, size: { readonly width: number; readonly height: number }): Run<void>
  closeIO(id: string, execId: string): Run<void>
  /** Ids of the containers that it holds. */
  containers(): Run<string[]>
  /** Ends the shim when it holds no container any more. */
  shutdown(): Run<void>
}

export interface EventForwarder {
  readonly [EVENTS]: true
  forward(envelope: Envelope): Run<void>
}

export const isShim = (service: Service): service is ShimService => SHIM in service
export const isForwarder = (service: Service): service is EventForwarder => EVENTS in service

/** shim.SocketAddress: a digest of containerd's address, the namespace and the id of the group. */
export const shimSocket = (address: string, namespace: string, id: string): string => `/run/containerd/s/${hexDigest(encode(`${address}/${namespace}/${id}`))}`

export const bundleOf = (namespace: string, id: string): string => `${BUNDLES}/${namespace}/${id}`

/** Where a bundle's shim answers: a file of its own, in 2.x with the protocol that it speaks. */
export function* writeAddress(sys: Sys, bundle: string, address: string, { line }: Release): Run {
  if (line === '2') yield* sys.writeFile(`${bundle}/bootstrap.json`, encode(JSON.stringify({ version: 3, address, protocol: 'ttrpc' })), { mode: 0o644 })
  else yield* sys.writeFile(`${bundle}/address`, encode(address))
}

export function* readAddress(sys: Sys, bundle: string): Run<string | undefined> {
  const text = yield* readOrEmpty(sys, `${bundle}/bootstrap.json`)
  if (!text) return (yield* readOrEmpty(sys, `${bundle}/address`))?.trim()
  const { address }: { readonly address?: string } = JSON.parse(text)
  return address
}

/** What containerd keeps beside a container's specification before its shim runs (runtime/v2/binary.go); the log is a FIFO. */
export function* writeBundleFiles(sys: Sys, bundle: string, binary: string | undefined): Run {
  if (binary !== undefined) yield* sys.writeFile(`${bundle}/shim-binary-path`, encode(binary), { mode: 0o600 })
  if (!exists(sys, `${bundle}/log`)) sys.mknod(`${bundle}/log`, 'fifo', 0o700)
}
