/** The kubelet's own server on port 10250 (pkg/kubelet/server): logs, exec, attach and port-forward, which the API server asks for. */
import type { CriServices, PortForward, Stream, StreamOptions } from '../../containerd/cri/services'
import { Output } from '../../containerd/cri/streams'
import { GrpcError, isGrpc } from '../../containerd/grpc'
import { CONTAINERD_SOCKET, dialContainerd } from '../../containerd/services'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { ApiStatus } from '../api/status'
import { LogError, logLines } from '../logs'
import { relay } from '../relay'

export const KUBELET_PORT = 10250

/** What the API asks of a container's log (PodLogOptions). */
export interface PodLogOptions {
  readonly follow: 'follow' | 'once'
  readonly previous: 'previous' | 'current'
  readonly timestamps: 'shown' | 'hidden'
  /** Nanoseconds since the epoch. */
  readonly since?: bigint
  readonly tail?: number
  readonly limitBytes?: number
}

/** A container of a pod on this node. */
export interface ContainerPlace {
  readonly uid: string
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

export class KubeletServer {
  private readonly sys: Sys
  constructor(sys: Sys) {
    this.sys = sys
  }
  /** A call of the runtime that does not wait for it to come back. */
  private *cri<T>(work: (cri: CriServices) => Run<T>): Run<T> {
    try {
      return yield* this.sys.call(dialContainerd(this.sys, CONTAINERD_SOCKET), (c) => work(c.cri))
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new GrpcError('Unavailable', `connection error: desc = "transport: Error while dialing dial unix ${CONTAINERD_SOCKET}: connect: ${error.message.toLowerCase()}"`)
    }
  }
  /** The containers of that name, newest first. */
  private *containers({ uid, container }: ContainerPlace): Run<{ id: string; attempt: number; state: string; createdAt: bigint }[]> {
    const labels = { 'io.kubernetes.pod.uid': uid, 'io.kubernetes.container.name': container }
    const found = yield* this.cri((cri) => cri.runtime.listContainers({ labels }))
    return found.map((c) => ({ id: c.id, attempt: c.metadata.attempt, state: c.state, createdAt: c.createdAt })).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  }
  private *running(place: ContainerPlace, missing: string): Run<string> {
    const [latest] = yield* this.upgraded(() => this.containers(place))
    if (latest?.state !== 'CONTAINER_RUNNING') throw new ApiStatus('Unknown', `unable to upgrade connection: ${missing}`)
    return latest.id
  }
  /** What fails before the connection is a stream. */
  private *upgraded<T>(work: () => Run<T>): Run<T> {
    try {
      return yield* work()
    } catch (error) {
      if (!isGrpc(error)) throw error
      throw new ApiStatus('Unknown', `unable to upgrade connection: rpc error: code = ${error.code} desc = ${error.message}`)
    }
  }
  *exec(place: ContainerPlace, command: readonly string[], options: StreamOptions): Run<Stream> {
    const id = yield* this.running(place, `container not found ("${place.container}")`)
    const stream = yield* this.upgraded(() => this.cri((cri) => cri.runtime.exec(id, command, options)))
    return relay(stream, (work) => this.cri(work))
  }
  *attach(place: ContainerPlace, options: StreamOptions): Run<Stream> {
    const id = yield* this.running(place, `container ${place.container} not found in pod ${place.pod}_${place.namespace}`)
    const stream = yield* this.upgraded(() => this.cri((cri) => cri.runtime.attach(id, options)))
    return relay(stream, (work) => this.cri(work))
  }
  *portForward(uid: string): Run<PortForward> {
    const pods = yield* this.upgraded(() => this.cri((cri) => cri.runtime.listPodSandbox({ labels: { 'io.kubernetes.pod.uid': uid }, state: 'SANDBOX_READY' })))
    const [sandbox] = pods
    if (!sandbox) throw new ApiStatus('Unknown', 'unable to upgrade connection: pod does not exist')
    const forward = yield* this.upgraded(() => this.cri((cri) => cri.runtime.portForward(sandbox.id)))
    const call = <T>(work: () => Run<T>): Run<T> => this.cri(work)
    return {
      *connect(port) {
        const connection = yield* call(() => forward.connect(port))
        return { write: (bytes) => call(() => connection.write(bytes)), next: (seen) => call(() => connection.next(seen)), close: () => call(() => connection.close()) }
      },
    }
  }
  /** The log, piece by piece. The API server has checked that there is one. */
  *logs(place: ContainerPlace, options: PodLogOptions): Run<Pick<Stream, 'next'> & { close(): void }> {
    const found = yield* this.containers(place)
    const wanted = options.previous === 'previous' ? found[1] : found[0]
    if (!wanted) throw new ApiStatus('BadRequest', `previous terminated container "${place.container}" in pod "${place.pod}" not found`)
    const { status } = yield* this.cri((cri) => cri.runtime.containerStatus(wanted.id))
    const output = new Output(this.sys, 1)
    const stop = { came: false }
    this.sys.go(this.copyLog(status.logPath, wanted.id, options, output, stop))
    return {
      next: (seen) => output.next(seen),
      close() {
        stop.came = true
        output.abandon()
      },
    }
  }
  private *copyLog(path: string, id: string, options: PodLogOptions, output: Output, stop: { came: boolean }): Run {
    const { sys } = this
    const isRunning = (): Run<boolean> => this.isRunning(id)
    const wanted = { since: options.since, tail: options.tail ?? -1, bytes: options.limitBytes ?? -1, timestamps: options.timestamps, follow: options.follow === 'follow' ? stop : null }
    try {
      yield* logLines(sys, path, wanted, isRunning, (_, bytes) => output.push('stdout', bytes))
    } catch (error) {
      if (!(error instanceof LogError)) throw error
      yield* output.push('stdout', encode(`${error.message}\n`))
    }
    output.end()
  }
  private *isRunning(id: string): Run<boolean> {
    try {
      return (yield* this.cri((cri) => cri.runtime.containerStatus(id))).status.state === 'CONTAINER_RUNNING'
    } catch (error) {
      if (!isGrpc(error)) throw error
      return false
    }
  }
}
