/** Signals to containers (daemon/kill.go, stop.go, restart.go, pause.go). */
import { isGrpc } from '../../containerd/grpc'
import { signalNumber } from '../../containerd/runc/signals'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import { MOBY } from '../context'
import type { Engine } from '../engine'
import { conflict, EngineError, internal, invalid, isEngineError, notFound, notModified } from '../error'
import type { Stored } from '../types'
import { logContainer } from './log'
import { begin } from './start'

const NS_PER_S = 1_000_000_000
const DEFAULT_STOP = 10
/** After SIGKILL. */
const KILL_WAIT = 10

const notRunning = (id: string): EngineError => conflict(`Container ${id} is not running`)

/** Waits for the next end of a container; `late` when the time is over before. */
export function* endOf(engine: Engine, { ID }: Stored, seconds: number): Run<'ended' | 'late'> {
  const { sys, containers } = engine
  const until = seconds < 0 ? Infinity : sys.monotonic() + seconds * NS_PER_S
  while (containers.get(ID)?.State.Running) {
    const left = until - sys.monotonic()
    if (left <= 0) return 'late'
    yield* left === Infinity ? engine.changed.wait() : engine.changed.wait(left)
  }
  return 'ended'
}

/** Sends one; what has ended meanwhile is fine. */
function* send(engine: Engine, container: Stored, signal: number): Run {
  const { ID } = container
  const now = engine.containers.find(ID)
  if (!now.State.Running) throw notRunning(ID)
  if (now.State.Restarting) {
    // Nothing runs: the wait for the next start is over.
    yield* engine.containers.change(ID, {}, { Running: false, Restarting: false })
    engine.live(ID).exits++
    engine.changed.wake()
    return
  }
  try {
    yield* engine.containerd((c) => c.tasks.kill(MOBY, ID, { signal }))
  } catch (error) {
    if (!isErrno(error) && !isGrpc(error)) throw error
    if (isErrno(error) || error.code !== 'NotFound') throw internal(error.message)
  }
  logContainer(engine, container, 'kill', { signal: String(signal) })
}

export function* killAndWait(engine: Engine, container: Stored): Run {
  if (!engine.containers.find(container.ID).State.Running) throw notRunning(container.ID)
  yield* thaw(engine, container)
  yield* send(engine, container, SIG.SIGKILL)
  yield* endOf(engine, container, KILL_WAIT)
}

/** What is frozen hears nothing. */
function* thaw(engine: Engine, { ID, State }: Stored): Run {
  if (State.Paused) yield* engine.containerd((c) => c.tasks.resume(MOBY, ID))
}

export function* killContainer(engine: Engine, text: string, name: string): Run {
  const signal = signalOf(name)
  const { containers } = engine
  try {
    const container = containers.find(text)
    if (signal === SIG.SIGKILL) {
      yield* containers.change(container.ID, { HasBeenManuallyStopped: true })
      return yield* killAndWait(engine, container)
    }
    if (signal === stopSignal(container)) yield* containers.change(container.ID, { HasBeenManuallyStopped: true })
    yield* send(engine, container, signal)
  } catch (error) {
    if (!isEngineError(error)) throw error
    throw new EngineError(error.status, `Cannot kill container: ${text}: ${error.message}`)
  }
}

const stopSignal = ({ Config: { StopSignal = 'SIGTERM' } }: Stored): number => signalNumber(StopSignal) ?? SIG.SIGTERM

export function signalOf(text: string): number {
  if (text === '') return SIG.SIGKILL
  if (/^\d+$/.test(text)) {
    const number = Number(text)
    if (number === 0 || number > 64) throw invalid(`Invalid signal: ${text}`)
    return number
  }
  const found = signalNumber(text)
  if (found === undefined) throw invalid(`Invalid signal: ${text}`)
  return found
}

export function* stopContainer(engine: Engine, text: string, seconds: number | undefined): Run {
  const container = engine.containers.find(text)
  if (!container.State.Running) throw notModified()
  yield* stop(engine, container, seconds)
}

/** SIGTERM or what the image says, then SIGKILL. */
function* stop(engine: Engine, container: Stored, seconds: number | undefined): Run {
  const { containers } = engine
  yield* containers.change(container.ID, { HasBeenManuallyStopped: true })
  yield* thaw(engine, container)
  yield* send(engine, container, stopSignal(container))
  if ((yield* endOf(engine, container, seconds ?? container.Config.StopTimeout ?? DEFAULT_STOP)) === 'late') {
    yield* send(engine, container, SIG.SIGKILL)
    yield* endOf(engine, container, KILL_WAIT)
  }
  logContainer(engine, container, 'stop')
}

export function* restartContainer(engine: Engine, text: string, seconds: number | undefined): Run {
  const { containers } = engine
  const container = containers.find(text)
  const { HostConfig } = container
  // One that goes with its end is not to go now.
  if (HostConfig.AutoRemove) yield* containers.change(container.ID, { HostConfig: { ...HostConfig, AutoRemove: false } })
  if (container.State.Running) yield* stop(engine, container, seconds)
  yield* containers.change(container.ID, { HostConfig })
  try {
    yield* begin(engine, containers.find(container.ID))
  } catch (error) {
    if (!isEngineError(error)) throw error
    throw new EngineError(error.status, `Cannot restart container ${text}: ${error.message}`)
  }
  logContainer(engine, container, 'restart')
}

export function* pauseContainer(engine: Engine, text: string): Run {
  const container = engine.containers.find(text)
  const { ID, State } = container
  if (!State.Running) throw notRunning(ID)
  if (State.Paused) throw conflict(`Container ${ID} is already paused`)
  if (State.Restarting) throw conflict(`Container ${ID} is restarting, wait until the container is running`)
  yield* engine.containerd((c) => c.tasks.pause(MOBY, ID))
  yield* engine.containers.change(ID, {}, { Paused: true })
  logContainer(engine, container, 'pause')
  engine.changed.wake()
}

export function* unpauseContainer(engine: Engine, text: string): Run {
  const container = engine.containers.find(text)
  const { ID, State } = container
  if (!State.Paused) throw conflict(`Container ${ID} is not paused`)
  yield* engine.containerd((c) => c.tasks.resume(MOBY, ID))
  yield* engine.containers.change(ID, {}, { Paused: false })
  logContainer(engine, container, 'unpause')
  engine.changed.wake()
}

/** The exit status when the condition holds; of a container that is gone, its last. */
export function* waitFor(engine: Engine, text: string, condition: 'not-running' | 'next-exit' | 'removed'): Run<number> {
  const { containers, gone } = engine
  const { ID } = containers.find(text)
  const before = engine.live(ID).exits
  for (;;) {
    const container = containers.get(ID)
    if (!container) {
      const code = gone.get(ID)
      if (code === undefined) throw notFound(`No such container: ${ID}`)
      return code
    }
    if (condition === 'not-running' && !container.State.Running) return container.State.ExitCode
    if (condition === 'next-exit' && engine.live(ID).exits > before) return container.State.ExitCode
    yield* engine.changed.wait()
  }
}
