/** runc's other commands as a library: start, kill, delete, pause, resume, ps, state, list. */
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { exists, removeAll } from '../files'
import { pidsOf, removeGroups, setFrozen } from './cgroups'
import { RuncError } from './error'
import { type ContainerState, fifoPath, readState, type RuncStatus, statePath, statusOf } from './state'

export { create, type CreateRequest } from './create'
export { execIn } from './exec'
export { RuncError } from './error'

/** Where containerd's shim keeps the states of a namespace's containers. */
export const runcRoot = (namespace: string): string => `/run/containerd/runc/${namespace}`

export function* start(sys: Sys, root: string, id: string): Run {
  const state = yield* readState(sys, root, id)
  const status = yield* statusOf(sys, root, state)
  if (status === 'stopped') throw new RuncError('cannot start a container that has stopped')
  if (status !== 'created') throw new RuncError('cannot start an already running container')
  const fd = yield* sys.open(fifoPath(root, id), { write: true })
  yield* sys.write(fd, encode('0'))
  sys.close(fd)
  sys.unlink(fifoPath(root, id))
}

const SIGKILL = 9

export function* kill(sys: Sys, root: string, id: string, { signal, all }: { readonly signal: number; readonly all: boolean }): Run {
  const state = yield* readState(sys, root, id)
  if (all) {
    for (const pid of yield* pidsOf(sys, state.cgroup_paths)) signalTo(sys, pid, signal)
    // They are frozen while they are signalled, so what was paused runs on after it (container_linux.go signalAllProcesses).
    yield* setFrozen(sys, state.cgroup_paths, 'thawed')
    return
  }
  const status = yield* statusOf(sys, root, state)
  if (status === 'stopped') throw new RuncError('container not running')
  signalTo(sys, state.init_process_pid, signal)
  // A frozen process cannot die: with cgroup v1 runc thaws it (container_linux.go Signal).
  if (status === 'paused' && signal === SIGKILL) yield* setFrozen(sys, state.cgroup_paths, 'thawed')
}

function signalTo(sys: Sys, pid: number, signal: number): void {
  try {
    sys.kill(pid, signal)
  } catch (error) {
    if (!isErrno(error)) throw error
    if (error.code !== 'ESRCH') throw new RuncError(`unable to signal init: ${error.message.toLowerCase()}`)
  }
}

/** What a deletion takes: until then those who ask are told that the container is there. Recording: golden pause-killed. */
const DELETE_NS = 30_000_000

/** Deletes a stopped container's state and groups; with `force` it is killed first. */
export function* remove(sys: Sys, root: string, id: string, mode: 'stopped' | 'force'): Run {
  if (!exists(sys, statePath(root, id))) {
    // What a start that was broken off has left.
    removeAll(sys, `${root}/${id}`)
    if (mode === 'force') return
    throw new RuncError(`container does not exist`)
  }
  const state = yield* readState(sys, root, id)
  const status = yield* statusOf(sys, root, state)
  if (status !== 'stopped') {
    if (mode !== 'force' && status !== 'created') throw new RuncError(`cannot delete container ${id} that is not stopped: ${status}`)
    signalTo(sys, state.init_process_pid, SIGKILL)
    yield* sys.sleep(1_000_000)
  }
  yield* sys.sleep(DELETE_NS)
  removeGroups(sys, state.cgroup_paths)
  removeAll(sys, `${root}/${id}`)
}

export function* pause(sys: Sys, root: string, id: string): Run {
  const state = yield* readState(sys, root, id)
  const status = yield* statusOf(sys, root, state)
  if (status !== 'running' && status !== 'created') throw new RuncError('container not running')
  yield* setFrozen(sys, state.cgroup_paths, 'frozen')
}

export function* resume(sys: Sys, root: string, id: string): Run {
  const state = yield* readState(sys, root, id)
  if ((yield* statusOf(sys, root, state)) !== 'paused') throw new RuncError('container not paused')
  yield* setFrozen(sys, state.cgroup_paths, 'thawed')
}

export function* pids(sys: Sys, root: string, id: string): Run<number[]> {
  return yield* pidsOf(sys, (yield* readState(sys, root, id)).cgroup_paths)
}

export function* stateAndStatus(sys: Sys, root: string, id: string): Run<{ state: ContainerState; status: RuncStatus }> {
  const state = yield* readState(sys, root, id)
  return { state, status: yield* statusOf(sys, root, state) }
}

export function containersIn(sys: Sys, root: string): string[] {
  if (!exists(sys, root)) return []
  return sys.readdir(root).filter((e) => e.kind === 'dir').map((e) => e.name).sort()
}
