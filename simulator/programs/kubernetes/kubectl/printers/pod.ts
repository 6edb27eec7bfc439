/** Pods in a table (printPod). Recordings: golden init-containers, restart-policy, app-killed. */
import { isReady } from '../../../../kubernetes/api/active-pods'
import type { ContainerState, ContainerStatus, Pod } from '../../../../kubernetes/api/objects'
import { sinceTime } from '../table'
import { none, type Printer } from './printer'

/** Why a container ended, in a word. */
const ending = ({ reason, signal, exitCode }: NonNullable<ContainerState['terminated']>): string => reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`)

/** How far initialization is; undefined when it is over. */
function initReason({ spec, status }: Pod): string | undefined {
  for (const [i, { state }] of (status.initContainerStatuses ?? []).entries()) {
    if (state.terminated?.exitCode === 0) continue
    if (state.terminated) return `Init:${ending(state.terminated)}`
    if (state.waiting?.reason && state.waiting.reason !== 'PodInitializing') return `Init:${state.waiting.reason}`
    return `Init:${i}/${spec.initContainers?.length ?? 0}`
  }
  return undefined
}

function mainReason(pod: Pod): string {
  const { status } = pod
  let reason: string = status.reason ?? status.phase ?? 'Unknown'
  let running = false
  for (const { state, ready } of [...(status.containerStatuses ?? [])].reverse()) {
    if (state.waiting?.reason) reason = state.waiting.reason
    else if (state.terminated) reason = ending(state.terminated)
    else if (ready && state.running) running = true
  }
  if (reason === 'Completed' && running) return isReady(pod) ? 'Running' : 'NotReady'
  return reason
}

/** The STATUS column: the reason of what went wrong, else the phase. */
export function podReason(pod: Pod): string {
  if (pod.metadata.deletionTimestamp) return pod.status.reason === 'NodeLost' ? 'Unknown' : 'Terminating'
  return initReason(pod) ?? mainReason(pod)
}

/** From version 1.22 on the server tells when the last restart was. */
const TELLS_LAST_RESTART = 22

function restarted(statuses: readonly ContainerStatus[], now: number, server: string): string {
  const count = statuses.reduce((n, s) => n + s.restartCount, 0)
  const last = statuses.map((s) => s.lastState.terminated?.finishedAt ?? '').sort().at(-1)
  return count > 0 && last && Number(server.split('.')[1]) >= TELLS_LAST_RESTART ? `${count} (${sinceTime(now, last)} ago)` : String(count)
}

/** Those whose restarts count: of a pod that is being initialized its init containers, up to the one whose turn it is. */
function counted(pod: Pod): readonly ContainerStatus[] {
  if (initReason(pod) === undefined) return pod.status.containerStatuses ?? []
  const inits = pod.status.initContainerStatuses ?? []
  return inits.slice(0, inits.findIndex((s) => s.state.terminated?.exitCode !== 0) + 1)
}

export const pod: Printer = {
  columns: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  wide: ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
  row(object, now, server) {
    const p = object as Pod
    const ready = initReason(p) === undefined ? (p.status.containerStatuses ?? []).filter((s) => s.ready && s.state.running).length : 0
    return {
      cells: [p.metadata.name, `${ready}/${p.spec.containers.length}`, podReason(p), restarted(counted(p), now, server), sinceTime(now, p.metadata.creationTimestamp)],
      wide: [none(p.status.podIP), none(p.spec.nodeName), '<none>', '<none>'],
    }
  },
}
