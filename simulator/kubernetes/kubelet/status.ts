/** A pod's status from what the runtime reports (pkg/kubelet/kubelet_pods.go, status/generate.go). */
import type { ContainerStatus as CriStatus, PodSandboxStatus } from '../../containerd/cri/services'
import { qosOf } from '../api/defaults'
import type { Condition, Container, ContainerState, ContainerStatus, Pod, PodStatus } from '../api/objects'
import { apiTime } from '../api/server'
import { shouldRestart } from './actions'

export interface Observed {
  readonly sandbox: PodSandboxStatus | null
  /** Newest first. */
  readonly containers: readonly CriStatus[]
}

/** Why a container could not be started, by its name. */
export type Waiting = ReadonlyMap<string, { readonly reason: string; readonly message?: string }>

/** What probes say of a container that runs. */
export type Probed = (container: string) => { readonly started: boolean; readonly ready: boolean }

const seconds = (ns: bigint): string => apiTime(Number(ns / 1_000_000_000n))

function stateOf(status: CriStatus): ContainerState | undefined {
  if (status.state === 'CONTAINER_RUNNING') return { running: { startedAt: seconds(status.startedAt) } }
  if (status.state === 'CONTAINER_EXITED') {
    return {
      terminated: {
        exitCode: status.exitCode, reason: status.reason, ...(status.message ? { message: status.message } : {}), startedAt: seconds(status.startedAt), finishedAt: seconds(status.finishedAt),
        containerID: `containerd://${status.id}`,
      },
    }
  }
  return undefined
}

interface Told {
  readonly pod: Pod
  readonly observed: Observed
  readonly waiting: Waiting
  readonly probed: Probed
  readonly role: 'init' | 'main'
}

/** convertToAPIContainerStatuses for one of them. */
function statusOf(container: Container, { pod, observed, waiting, probed, role }: Told): ContainerStatus {
  const was = role === 'init' ? pod.status.initContainerStatuses : pod.status.containerStatuses
  const old = was?.find((s) => s.name === container.name)
  const [latest, previous] = observed.containers.filter((c) => c.metadata.name === container.name)
  // An init container that has ended may have been removed since.
  if (!latest && role === 'init' && old?.state.terminated) return old
  const begin: ContainerState = { waiting: { reason: pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating' } }
  let state = (latest && stateOf(latest)) ?? begin
  let lastState = latest ? ((previous && stateOf(previous)) ?? {}) : (old?.lastState ?? {})
  const held = waiting.get(container.name)
  const endedWell = role === 'init' && state.terminated?.exitCode === 0
  if (held && !endedWell && shouldRestart(pod, container, observed)) {
    if (state.terminated) lastState = state
    state = { waiting: held }
  }
  const running = state.running !== undefined
  const { started, ready } = running ? probed(container.name) : { started: false, ready: false }
  return {
    ...(latest ? { containerID: `containerd://${latest.id}` } : {}),
    image: latest?.image.image ?? container.image, imageID: latest?.imageRef ?? '', lastState, name: container.name, ready: role === 'init' ? state.terminated?.exitCode === 0 : ready,
    restartCount: latest ? latest.metadata.attempt : (old?.restartCount ?? 0), ...(role === 'init' ? {} : { started }), state,
  }
}

/** Pending, Running, Succeeded or Failed (getPhase). */
export function phaseOf({ spec }: Pick<Pod, 'spec'>, inits: readonly ContainerStatus[], mains: readonly ContainerStatus[]): NonNullable<PodStatus['phase']> {
  const ended = (s: ContainerStatus) => s.state.terminated ?? (s.state.waiting && s.lastState.terminated)
  if (spec.restartPolicy === 'Never' && inits.some((s) => (ended(s)?.exitCode ?? 0) !== 0)) return 'Failed'
  if (inits.some((s) => !ended(s))) return 'Pending'
  if (mains.some((s) => s.state.waiting && !s.lastState.terminated)) return 'Pending'
  if (mains.some((s) => s.state.running)) return 'Running'
  if (spec.restartPolicy === 'Always') return 'Running'
  if (mains.every((s) => s.state.terminated?.exitCode === 0)) return 'Succeeded'
  return spec.restartPolicy === 'Never' ? 'Failed' : 'Running'
}

/** True, or why not (GeneratePodInitializedCondition and the two beside it). */
function conditionsOf(inits: readonly ContainerStatus[], mains: readonly ContainerStatus[], phase: string | undefined): { initialized: Verdict; ready: Verdict } {
  const unready = (statuses: readonly ContainerStatus[]) => statuses.filter((s) => !s.ready).map((s) => s.name).join(' ')
  const [missing, down] = [unready(inits), unready(mains)]
  const done = phase === 'Succeeded' ? { reason: 'PodCompleted' } : undefined
  return {
    initialized: done ? { status: 'True', why: done } : missing === '' ? { status: 'True' } : { status: 'False', why: { reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${missing}]` } },
    ready: done ? { status: 'False', why: done } : down === '' ? { status: 'True' } : { status: 'False', why: { reason: 'ContainersNotReady', message: `containers with unready status: [${down}]` } },
  }
}

interface Verdict {
  readonly status: 'True' | 'False'
  readonly why?: { readonly reason: string; readonly message?: string }
}

export interface StatusSources {
  readonly observed: Observed
  readonly waiting: Waiting
  readonly probed: Probed
  readonly hostIP: string
  readonly now: string
}

/** `pod.status` is what was told last. */
export function podStatus(pod: Pod, { observed, waiting, probed, hostIP, now }: StatusSources): PodStatus {
  const old = pod.status
  const told = { pod, observed, waiting, probed }
  const inits = (pod.spec.initContainers ?? []).map((c) => statusOf(c, { ...told, role: 'init' }))
  const mains = pod.spec.containers.map((c) => statusOf(c, { ...told, role: 'main' })).sort((a, b) => (a.name < b.name ? -1 : 1))
  // A pod that has ended stays so.
  const phase = old.phase === 'Succeeded' || old.phase === 'Failed' ? old.phase : phaseOf(pod, inits, mains)
  const { initialized, ready } = conditionsOf(inits, mains, phase)
  // The address of a pod is known beyond the end of its sandbox.
  const ip = pod.spec.hostNetwork ? hostIP : observed.sandbox?.network.ip || old.podIP
  const condition = (type: string, { status, why }: Verdict): Condition => {
    const was = old.conditions?.find((c) => c.type === type)
    return { lastProbeTime: null, lastTransitionTime: was?.status === status ? was.lastTransitionTime : now, ...why, status, type }
  }
  return {
    conditions: [
      condition('Initialized', initialized), condition('Ready', ready), condition('ContainersReady', ready),
      ...(old.conditions?.filter((c) => c.type === 'PodScheduled') ?? [condition('PodScheduled', { status: 'True' })]),
    ],
    containerStatuses: mains, hostIP, ...(inits.length > 0 ? { initContainerStatuses: inits } : {}), phase,
    ...(ip ? { podIP: ip, podIPs: [{ ip }] } : {}),
    qosClass: old.qosClass ?? qosOf(pod.spec),
    startTime: old.startTime ?? now,
  }
}
