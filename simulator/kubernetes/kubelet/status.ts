/** A pod's status from what the runtime reports (pkg/kubelet/kubelet_pods.go, status_manager.go). */
import type { ContainerStatus as CriStatus, PodSandboxStatus } from '../../containerd/cri/services'
import type { Condition, Container, ContainerState, ContainerStatus, Pod, PodStatus } from '../api/objects'
import { apiTime } from '../api/server'

export interface Observed {
  readonly sandbox: PodSandboxStatus | null
  /** Newest first. */
  readonly containers: readonly CriStatus[]
}

/** Why a container does not run when the runtime knows nothing of it, or waits before it is started again. */
export type Waiting = ReadonlyMap<string, { readonly reason: string; readonly message?: string }>

const seconds = (ns: bigint): string => apiTime(Number(ns / 1_000_000_000n))

function stateOf(status: CriStatus): ContainerState {
  if (status.state === 'CONTAINER_RUNNING') return { running: { startedAt: seconds(status.startedAt) } }
  if (status.state === 'CONTAINER_EXITED') {
    return {
      terminated: {
        exitCode: status.exitCode, reason: status.reason, ...(status.message ? { message: status.message } : {}), startedAt: seconds(status.startedAt), finishedAt: seconds(status.finishedAt),
        containerID: `containerd://${status.id}`,
      },
    }
  }
  return { waiting: { reason: 'ContainerCreating' } }
}

function statusOf(container: Container, observed: Observed, waiting: Waiting, old: ContainerStatus | undefined): ContainerStatus {
  const own = observed.containers.filter((c) => c.metadata.name === container.name)
  const [latest, previous] = own
  const held = waiting.get(container.name)
  const restarts = latest ? latest.metadata.attempt : (old?.restartCount ?? 0)
  const running = latest?.state === 'CONTAINER_RUNNING'
  const state = held && !running ? { waiting: held } : latest ? stateOf(latest) : { waiting: { reason: 'ContainerCreating' } }
  const last = held && !running && latest?.state === 'CONTAINER_EXITED' ? stateOf(latest) : previous?.state === 'CONTAINER_EXITED' ? stateOf(previous) : {}
  return {
    ...(latest ? { containerID: `containerd://${latest.id}` } : {}),
    image: latest?.image.image ?? container.image, imageID: latest?.imageRef ?? '', lastState: last, name: container.name, ready: running, restartCount: restarts, started: running, state,
  }
}

/** Pending, Running, Succeeded or Failed (getPhase). */
export function phaseOf(pod: Pod, statuses: readonly ContainerStatus[]): NonNullable<PodStatus['phase']> {
  const waiting = statuses.filter((s) => s.state.waiting && !s.lastState.terminated).length
  const running = statuses.filter((s) => s.state.running).length
  const ended = statuses.filter((s) => s.state.terminated || (s.state.waiting && s.lastState.terminated))
  if (waiting > 0) return 'Pending'
  if (running > 0) return 'Running'
  if (ended.length === 0) return 'Pending'
  if (pod.spec.restartPolicy === 'Always') return 'Running'
  const codes = ended.map((s) => (s.state.terminated ?? s.lastState.terminated)?.exitCode ?? 0)
  if (codes.every((code) => code === 0)) return 'Succeeded'
  return pod.spec.restartPolicy === 'Never' ? 'Failed' : 'Running'
}

export function podStatus(pod: Pod, observed: Observed, waiting: Waiting, hostIP: string, now: string): PodStatus {
  const old = pod.status
  const containerStatuses = pod.spec.containers.map((c) => statusOf(c, observed, waiting, old.containerStatuses?.find((s) => s.name === c.name)))
  const phase = phaseOf(pod, containerStatuses)
  const unready = containerStatuses.filter((s) => !s.ready).map((s) => s.name)
  const done = phase === 'Succeeded'
  const ready = unready.length === 0
  const why = ready ? {} : done ? { reason: 'PodCompleted' } : { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` }
  const ip = pod.spec.hostNetwork ? hostIP : (observed.sandbox?.network.ip ?? '')
  const condition = (type: string, status: 'True' | 'False', extra: object = {}): Condition => {
    const was = old.conditions?.find((c) => c.type === type)
    return { lastProbeTime: null, lastTransitionTime: was?.status === status ? was.lastTransitionTime : now, ...extra, status, type }
  }
  return {
    conditions: [
      condition('Initialized', 'True', done ? why : {}), condition('Ready', ready ? 'True' : 'False', why), condition('ContainersReady', ready ? 'True' : 'False', why),
      ...(old.conditions?.filter((c) => c.type === 'PodScheduled') ?? []),
    ],
    containerStatuses, hostIP, phase,
    ...(ip ? { podIP: ip, podIPs: [{ ip }] } : {}),
    qosClass: old.qosClass ?? 'BestEffort',
    startTime: old.startTime ?? now,
  }
}
