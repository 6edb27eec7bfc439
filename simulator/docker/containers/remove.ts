/** Removing a container (daemon/delete.go). */
import { removeAll } from '../../containerd/files'
import type { Run } from '../../kernel/run'
import type { Engine } from '../engine'
import { conflict } from '../error'
import type { Stored } from '../types'
import { logContainer } from './log'
import { removeRoot } from './root'
import { killAndWait } from './signal'
import { bundleOf } from './start'

export interface RemoveOptions {
  readonly force: 'force' | 'gently'
  readonly volumes: 'removed' | 'kept'
}

export function* removeContainer(engine: Engine, text: string, { force, volumes }: RemoveOptions): Run {
  const { sys, containers } = engine
  const container = containers.find(text)
  const { ID, State } = container
  if (State.RemovalInProgress) throw conflict(`removal of container ${text} is already in progress`)
  if (State.Running) {
    if (force === 'gently') throw conflict(`You cannot remove a ${stateOf(container)} container ${ID}. ${State.Paused ? 'Unpause and then stop' : 'Stop'} the container before attempting removal or force remove`)
    yield* containers.change(ID, { HasBeenManuallyStopped: true })
    yield* killAndWait(engine, containers.find(ID))
  }
  if (containers.get(ID) === undefined) return
  yield* containers.change(ID, {}, { RemovalInProgress: true })
  removeRoot(sys, container.MountID)
  removeAll(sys, bundleOf(ID))
  engine.gone.set(ID, containers.get(ID)?.State.ExitCode ?? 0)
  containers.remove(ID)
  engine.forget(ID)
  for (const mount of volumes === 'removed' ? container.MountPoints : []) {
    // Those that nobody has named.
    if (mount.Type === 'volume' && mount.Name !== undefined && /^[0-9a-f]{64}$/.test(mount.Name) && !containers.values().some((c) => c.MountPoints.some(({ Name }) => Name === mount.Name))) yield* engine.volumes.remove(mount.Name)
  }
  logContainer(engine, container, 'destroy')
  engine.changed.wake()
}

/** container.State.StateString. */
export function stateOf({ State, HasBeenStartedBefore }: Stored): string {
  if (State.Running) return State.Paused ? 'paused' : State.Restarting ? 'restarting' : 'running'
  if (State.RemovalInProgress) return 'removing'
  if (State.Dead) return 'dead'
  return HasBeenStartedBefore || State.ExitCode !== 0 || State.Error !== '' ? (State.StartedAt.startsWith('0001') ? 'created' : 'exited') : 'created'
}
