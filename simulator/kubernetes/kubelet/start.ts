/** Makes and starts one container in its sandbox (kuberuntime_container.go startContainer). */
import type { PodSandboxStatus } from '../../containerd/cri/services'
import { isGrpc } from '../../containerd/grpc'
import type { Run } from '../../kernel/run'
import type { Container, Pod } from '../api/objects'
import { containerConfig, sandboxConfig } from './config'
import type { KubeletContext } from './context'
import { ConfigError, environmentOf, surroundings } from './environment'
import type { Tell } from './images'
import { mountsOf } from './volumes'

/** A container that did not start: the waiting state's reason and message. */
export class ContainerError extends Error {
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

export interface Start {
  readonly pod: Pod
  readonly container: Container
  readonly sandbox: PodSandboxStatus
  /** The image's id. */
  readonly image: string
  readonly attempt: number
  /** When the pod was first seen. */
  readonly seen: string
  readonly tell: Tell
}

/** Throws ContainerError. */
export function* startContainer({ sys, api, cri, cgroupDriver, nodeIP }: KubeletContext, { pod, container, sandbox, image, attempt, seen, tell }: Start): Run {
  const around = yield* surroundings(api, { pod, ip: pod.spec.hostNetwork ? nodeIP : sandbox.network.ip, hostIP: nodeIP, start: sys.random() % 8 })
  const environment = yield* configured(tell, () => environmentOf(container, around))
  yield* mustNotBeRoot(cri, pod, container, image, tell)
  const config = containerConfig(pod, container, { image, attempt, environment, random: () => sys.random(), mounts: mountsOf(sys, pod, container) })
  const log = config.mounts?.find((m) => m.container_path === (container.terminationMessagePath ?? '/dev/termination-log'))?.host_path
  if (log) yield* sys.writeFile(log, new Uint8Array(0), { mode: 0o666 })
  const sandboxed = sandboxConfig(pod, sandbox.metadata.attempt, seen, cgroupDriver)
  const id = yield* trying('CreateContainerError', tell, () => cri((services) => services.runtime.createContainer(sandbox.id, config, sandboxed)))
  yield* tell('Normal', 'Created', `Created container ${container.name}`)
  yield* trying('RunContainerError', tell, () => cri((services) => services.runtime.startContainer(id)))
  yield* tell('Normal', 'Started', `Started container ${container.name}`)
}

function* trying<T>(reason: string, tell: Tell, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (!isGrpc(error)) throw error
    yield* tell('Warning', 'Failed', `Error: ${error.message}`)
    throw new ContainerError(reason, error.message)
  }
}

function* configured<T>(tell: Tell, work: () => T): Run<T> {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    yield* tell('Warning', 'Failed', `Error: ${error.message}`)
    throw new ContainerError('CreateContainerConfigError', error.message)
  }
}

/** runAsNonRoot (kuberuntime/security_context.go verifyRunAsNonRoot). */
function* mustNotBeRoot(cri: KubeletContext['cri'], pod: Pod, container: Container, image: string, tell: Tell): Run {
  const own = { ...pod.spec.securityContext, ...container.securityContext }
  if (!own.runAsNonRoot) return
  const where = `(pod: "${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})", container: ${container.name})`
  const found = own.runAsUser === undefined ? (yield* cri((services) => services.image.imageStatus(image))).image : null
  const fault = own.runAsUser === 0 ? `container's runAsUser breaks non-root policy ${where}`
    : own.runAsUser !== undefined ? undefined
    : found?.username ? `container has runAsNonRoot and image has non-numeric user (${found.username}), cannot verify user is non-root ${where}`
    : (found?.uid ?? 0) === 0 ? `container has runAsNonRoot and image will run as root ${where}` : undefined
  yield* configured(tell, () => {
    if (fault !== undefined) throw new ConfigError(fault)
  })
}
