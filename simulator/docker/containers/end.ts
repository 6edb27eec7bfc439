/** The end of a container's process (daemon/monitor.go, restartmanager): what was there for it goes, and perhaps it starts again. */
import { isGrpc } from '../../containerd/grpc'
import { nanoseconds, now, parseTime } from '../../containerd/time'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { MOBY } from '../context'
import type { Engine } from '../engine'
import { isEngineError } from '../error'
import type { Stored } from '../types'
import { logContainer } from './log'
import { removeContainer } from './remove'
import { begin, cleanUp } from './start'

const FIRST_WAIT = 100_000_000
const LONGEST_WAIT = 60_000_000_000
/** Who has run so long begins with the shortest wait again. */
const STEADY_NS = 10_000_000_000n
/** What the cleaning takes beside what containerd does, ns (seen: 0.1 s from `docker kill` to its end). */
const END_NS = 20_000_000

/** Hears how tasks end, for as long as the daemon runs. */
export function* watchTasks(engine: Engine): Run {
  const { sys } = engine
  for (;;) {
    try {
      const stream = yield* engine.containerd((c) => c.events.subscribe([`namespace==${MOBY},topic=="/tasks/exit"`]))
      for (;;) {
        const { event } = yield* engine.containerd(() => stream.next())
        if (event.id === event.container_id) sys.go(ended(engine, String(event.container_id), Number(event.exit_status ?? 0), String(event.exited_at)))
      }
    } catch (error) {
      // containerd has gone: the daemon looks for it again.
      if (!isErrno(error) && !isGrpc(error)) throw error
      yield* sys.sleep(FIRST_WAIT)
    }
  }
}

/** `FinishedAt` as containerd tells it; where nobody has heard, it is now. */
export function* ended(engine: Engine, id: string, ExitCode: number, FinishedAt = now(engine.sys)): Run {
  const { sys, containers } = engine
  const container = containers.get(id)
  if (!container?.State.Running) return
  const live = engine.live(id)
  yield* live.streams?.finish() ?? nothing()
  live.streams = undefined
  logContainer(engine, container, 'die', { exitCode: String(ExitCode) })
  yield* cleanUp(engine, id)
  yield* sys.sleep(END_NS)
  const again = restarts(engine, container, ExitCode)
  yield* containers.change(
    id, { RestartCount: again ? container.RestartCount + 1 : container.RestartCount }, { Running: again, Paused: false, Restarting: again, Pid: 0, ExitCode, FinishedAt },
  )
  if (!again) live.exits++
  live.execs.clear()
  engine.changed.wake()
  if (again) return yield* restartLater(engine, id)
  if (container.HostConfig.AutoRemove) {
    try {
      yield* removeContainer(engine, id, { force: 'force', volumes: 'removed' })
    } catch (error) {
      if (!isEngineError(error)) throw error
    }
  }
}

function* nothing(): Run {}

/** restartmanager.ShouldRestart. */
function restarts({ containers }: Engine, { ID, HostConfig: { RestartPolicy }, RestartCount }: Stored, code: number): boolean {
  if (containers.get(ID)?.HasBeenManuallyStopped) return false
  const { Name, MaximumRetryCount } = RestartPolicy
  if (Name === 'always' || Name === 'unless-stopped') return true
  return Name === 'on-failure' && code !== 0 && (MaximumRetryCount === 0 || RestartCount < MaximumRetryCount)
}

function* restartLater(engine: Engine, id: string): Run {
  const { sys, containers } = engine
  const live = engine.live(id)
  const started = parseTime(containers.get(id)?.State.StartedAt ?? '')
  live.backoff = live.backoff === 0 || nanoseconds(sys) - started > STEADY_NS ? FIRST_WAIT : Math.min(live.backoff * 2, LONGEST_WAIT)
  yield* sys.sleep(live.backoff)
  const container = containers.get(id)
  if (!container?.State.Restarting || container.HasBeenManuallyStopped) return
  try {
    yield* begin(engine, container)
  } catch (error) {
    if (!isEngineError(error)) throw error
  }
}
