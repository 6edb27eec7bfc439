/** The subresources of a pod that its kubelet serves: log, exec, attach, portforward (pkg/registry/core/pod/rest, pod/strategy.go). */
import type { PortForward, Stream, StreamOptions } from '../../containerd/cri/services'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { type ContainerPlace, KUBELET_PORT, KubeletServer, type PodLogOptions } from '../kubelet/server'
import { relay } from '../relay'
import type { NodeObject, Pod } from './objects'
import { ApiStatus } from './status'

interface Cluster {
  pod(namespace: string, name: string): Pod
  node(name: string): NodeObject | undefined
}

const containersOf = ({ spec }: Pod): readonly string[] => [...(spec.initContainers ?? []), ...spec.containers].map((c) => c.name)

export class PodProxy {
  private readonly sys: Sys
  private readonly cluster: Cluster
  constructor(sys: Sys, cluster: Cluster) {
    this.sys = sys
    this.cluster = cluster
  }
  private *kubelet(pod: Pod, fail: (address: string, why: string) => ApiStatus): Run<<T>(work: (server: KubeletServer) => Run<T>) => Run<T>> {
    const address = this.cluster.node(pod.spec.nodeName ?? '')?.status.addresses.find((a) => a.type === 'InternalIP')?.address ?? ''
    const at = `${address}:${KUBELET_PORT}`
    const { sys } = this
    try {
      const { service, fd } = yield* sys.dialPort(address, KUBELET_PORT)
      sys.close(fd)
      if (!(service instanceof KubeletServer)) throw new Error(`${at} is no kubelet`)
      return (work) => sys.call(service, work)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw fail(at, error.message.toLowerCase())
    }
  }
  private place(namespace: string, name: string, container: string, options: { readonly doing: 'exec' | 'log' }): { pod: Pod; place: ContainerPlace } {
    const pod = this.cluster.pod(namespace, name)
    const all = containersOf(pod)
    const own = pod.spec.containers.map((c) => c.name)
    let wanted = container
    if (wanted === '') {
      if (own.length > 1) throw new ApiStatus('BadRequest', `a container name must be specified for pod ${name}, choose one of: [${own.join(' ')}]`)
      wanted = own[0] ?? ''
    } else if (!all.includes(wanted)) throw new ApiStatus('BadRequest', `container ${wanted} is not valid for pod ${name}`)
    if (!pod.spec.nodeName && options.doing === 'exec') throw new ApiStatus('BadRequest', `pod ${name} does not have a host assigned`)
    return { pod, place: { uid: pod.metadata.uid ?? '', namespace, pod: name, container: wanted } }
  }
  *exec(namespace: string, name: string, container: string, command: readonly string[], options: StreamOptions): Run<Stream> {
    return yield* this.stream(namespace, name, container, (kubelet, place) => kubelet.exec(place, command, options))
  }
  *attach(namespace: string, name: string, container: string, options: StreamOptions): Run<Stream> {
    return yield* this.stream(namespace, name, container, (kubelet, place) => kubelet.attach(place, options))
  }
  private *stream(namespace: string, name: string, container: string, open: (kubelet: KubeletServer, place: ContainerPlace) => Run<Stream>): Run<Stream> {
    const { pod, place } = this.place(namespace, name, container, { doing: 'exec' })
    const { phase } = pod.status
    if (phase === 'Succeeded' || phase === 'Failed') throw new ApiStatus('Unknown', `cannot exec into a container in a completed pod; current phase is ${phase}`)
    const call = yield* this.kubelet(pod, (at, why) => new ApiStatus('Server', `error dialing backend: dial tcp ${at}: connect: ${why}`))
    return relay(yield* call((kubelet) => open(kubelet, place)), (work) => call(work))
  }
  *portForward(namespace: string, name: string): Run<PortForward> {
    const pod = this.cluster.pod(namespace, name)
    const call = yield* this.kubelet(pod, (at, why) => new ApiStatus('Server', `error dialing backend: dial tcp ${at}: connect: ${why}`))
    const forward = yield* call((kubelet) => kubelet.portForward(pod.metadata.uid ?? ''))
    return {
      *connect(port) {
        const connection = yield* call(() => forward.connect(port))
        return { write: (bytes) => call(() => connection.write(bytes)), next: (seen) => call(() => connection.next(seen)), close: () => call(() => connection.close()) }
      },
    }
  }
  *log(namespace: string, name: string, container: string, options: PodLogOptions): Run<Pick<Stream, 'next'>> {
    const { pod, place } = this.place(namespace, name, container, { doing: 'log' })
    this.checkLog(pod, place.container, options)
    const call = yield* this.kubelet(
      pod, (at, why) => new ApiStatus('Server', `Get "https://${at}/containerLogs/${namespace}/${name}/${place.container}${query(options)}": dial tcp ${at}: connect: ${why}`),
    )
    const log = yield* call((kubelet) => kubelet.logs(place, options))
    return { next: (seen) => call(() => log.next(seen)) }
  }
  /** Whether there is a log (kubelet_pods.go validateContainerLogStatus). */
  private checkLog(pod: Pod, container: string, { previous }: PodLogOptions): void {
    const { name } = pod.metadata
    const status = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].find((s) => s.name === container)
    if (!status) {
      if (!pod.spec.nodeName) throw new ApiStatus('BadRequest', `pod ${name} does not have a host assigned`)
      throw new ApiStatus('BadRequest', `container "${container}" in pod "${name}" is not available`)
    }
    if (previous === 'previous') {
      if (!status.lastState.terminated) throw new ApiStatus('BadRequest', `previous terminated container "${container}" in pod "${name}" not found`)
      return
    }
    const { waiting } = status.state
    if (!waiting || status.lastState.terminated) return
    if (/ImagePull|ErrImage|InvalidImageName/.test(waiting.reason)) {
      const why = waiting.reason === 'ErrImagePull' ? 'image can\'t be pulled' : waiting.reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : waiting.reason
      throw new ApiStatus('BadRequest', `container "${container}" in pod "${name}" is waiting to start: ${why}`)
    }
    throw new ApiStatus('BadRequest', `container "${container}" in pod "${name}" is waiting to start: ${waiting.reason}`)
  }
}

function query(options: PodLogOptions): string {
  const words = [
    ...(options.follow === 'follow' ? ['follow=true'] : []), ...(options.limitBytes === undefined ? [] : [`limitBytes=${options.limitBytes}`]), ...(options.previous === 'previous' ? ['previous=true'] : []),
    ...(options.tail === undefined ? [] : [`tailLines=${options.tail}`]), ...(options.timestamps === 'shown' ? ['timestamps=true'] : []),
  ]
  return words.length === 0 ? '' : `?${words.join('&')}`
}
