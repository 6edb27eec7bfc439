/** What is to be done for a pod, from what it wants and what there is (kuberuntime_manager.go computePodActions). Nothing is done here. */
import type { ContainerStatus } from '../../containerd/cri/services'
import type { Container, Pod } from '../api/objects'
import type { Observed } from './status'

export interface PodActions {
  /** Stop everything that runs, and the sandbox. */
  readonly killPod: boolean
  readonly createSandbox: boolean
  readonly attempt: number
  readonly nextInit?: Container
  readonly toStart: readonly Container[]
  readonly toKill: readonly { readonly status: ContainerStatus; readonly message: string }[]
}

/** Why a running container is not to stay. */
export type Fault = (container: Container, status: ContainerStatus) => string | undefined

const latestOf = (observed: Observed, name: string): ContainerStatus | undefined => observed.containers.find((c) => c.metadata.name === name)
const failed = (status: ContainerStatus): boolean => status.state === 'CONTAINER_EXITED' && status.exitCode !== 0
const succeeded = (status: ContainerStatus | undefined): boolean => status?.state === 'CONTAINER_EXITED' && status.exitCode === 0

/** container/helpers.go ShouldContainerBeRestarted. */
export function shouldRestart(pod: Pod, container: Container, { containers }: Observed): boolean {
  const status = containers.find((c) => c.metadata.name === container.name)
  if (pod.metadata.deletionTimestamp) return false
  if (!status) return true
  if (status.state === 'CONTAINER_RUNNING') return false
  if (status.state !== 'CONTAINER_EXITED') return true
  const { restartPolicy } = pod.spec
  return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && status.exitCode !== 0)
}

/** The init container whose turn it is; `done`: all have ended well. */
function initProgress(pod: Pod, observed: Observed): { readonly last?: ContainerStatus; readonly next?: Container | undefined; readonly done: boolean } {
  const init = pod.spec.initContainers ?? []
  if (init.length === 0) return { done: true }
  for (const container of [...init].reverse()) {
    const last = latestOf(observed, container.name)
    if (last && failed(last)) return { last, next: container, done: false }
  }
  for (let i = init.length - 1; i >= 0; i--) {
    const status = latestOf(observed, init[i]?.name ?? '')
    if (status?.state === 'CONTAINER_RUNNING') return { done: false }
    if (!succeeded(status)) continue
    const next = init[i + 1]
    return next ? { next, done: false } : { done: true }
  }
  return { next: init[0], done: false }
}

export function podActions(pod: Pod, observed: Observed, fault: Fault): PodActions {
  const { sandbox } = observed
  const { restartPolicy, containers, initContainers = [] } = pod.spec
  const restarts = restartPolicy !== 'Never'
  const createSandbox = sandbox?.state !== 'SANDBOX_READY'
  const attempt = sandbox ? sandbox.metadata.attempt + (createSandbox ? 1 : 0) : 0
  const none: PodActions = { killPod: createSandbox, createSandbox, attempt, toStart: [], toKill: [] }
  if (createSandbox) {
    if (!restarts && attempt !== 0 && observed.containers.length > 0) return { ...none, createSandbox: false }
    const toStart = containers.filter((c) => !(restartPolicy === 'OnFailure' && succeeded(latestOf(observed, c.name))))
    if (toStart.length === 0 && initProgress(pod, observed).done) return { ...none, createSandbox: false }
    const [first] = initContainers
    return first ? { ...none, nextInit: first } : { ...none, toStart }
  }
  const { last, next, done } = initProgress(pod, observed)
  if (!done) {
    if (!next) return none
    return last && failed(last) && !restarts ? { ...none, killPod: true } : { ...none, nextInit: next }
  }
  const toStart: Container[] = []
  const toKill: { status: ContainerStatus; message: string }[] = []
  let kept = 0
  for (const container of containers) {
    const status = latestOf(observed, container.name)
    if (status?.state !== 'CONTAINER_RUNNING') {
      if (shouldRestart(pod, container, observed)) toStart.push(container)
      continue
    }
    const why = fault(container, status)
    if (why === undefined) {
      kept++
      continue
    }
    const again = restarts || why.endsWith('definition changed')
    if (again) toStart.push(container)
    toKill.push({ status, message: again ? `${why}, will be restarted` : why })
  }
  return { ...none, killPod: kept === 0 && toStart.length === 0, toStart, toKill }
}
