/** Commands in containers and attaching to them (daemon/exec.go, attach.go). */
import { randomHex } from '../../containerd/digest'
import { isGrpc } from '../../containerd/grpc'
import { stdioOf } from '../../containerd/cri/io'
import type { Stream } from '../../containerd/cri/services'
import { Output } from '../../containerd/cri/streams'
import type { OciProcess } from '../../containerd/oci/types'
import { mergeEnv } from '../../containerd/oci/image'
import { capabilitySets } from '../../containerd/oci/defaults'
import { CAPABILITIES } from '../../kernel/credentials'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { MOBY } from '../context'
import type { Engine } from '../engine'
import { conflict, isEngineError } from '../error'
import type { AttachOptions, ExecConfig } from '../services'
import type { Stored } from '../types'
import { logContainer } from './log'
import { mergedPath } from './root'
import { environmentOf } from './spec'
import { bundleOf, openStreams } from './start'
import { ProcessStreams } from './streams'
import { userIn } from './user'

const CANNOT_RUN = 126

/** One that runs, and is not frozen. */
function active({ containers }: Engine, text: string): Stored {
  const container = containers.find(text)
  const { ID, State } = container
  if (!State.Running) throw conflict(`Container ${ID} is not running`)
  if (State.Paused) throw conflict(`Container ${text} is paused, unpause the container before exec`)
  if (State.Restarting) throw conflict(`Container ${ID} is restarting, wait until the container is running`)
  return container
}

interface Started {
  readonly execId: string
  readonly streams: ProcessStreams
  /** Its status, once all that it has written is handed on. */
  finish(): Run<number>
}

/** Makes an exec; what it writes is heard by `output` from the first byte. */
function* create(engine: Engine, container: Stored, config: ExecConfig): Run<{ readonly process: OciProcess; readonly streams: ProcessStreams; readonly execId: string }> {
  const { sys } = engine
  const { ID } = container
  const execId = randomHex(sys, 64)
  const words = config.Cmd.join(' ')
  logContainer(engine, container, `exec_create: ${words}`, { execID: execId })
  const spec = (yield* engine.containerd((c) => c.containers.get(MOBY, ID))).Spec.process
  const { terminal: _, ...base } = spec ?? { cwd: '/', user: { uid: 0, gid: 0 } }
  const process: OciProcess = {
    ...(config.Tty ? { terminal: true } : {}), ...base,
    user: config.User === '' ? base.user : yield* userIn(sys, mergedPath(container.MountID), config.User),
    args: [...config.Cmd], env: mergeEnv(environmentOf(config.Tty ? 'tty' : 'pipes', container.Config.Hostname, container.Config.Env ?? []), config.Env), cwd: config.WorkingDir || base.cwd,
    ...(config.Privileged ? { capabilities: capabilitySets(CAPABILITIES) } : {}),
  }
  const streams = new ProcessStreams(sys, { directory: bundleOf(ID), name: execId, stdin: config.AttachStdin ? 'stdin' : 'none', terminal: config.Tty ? 'tty' : 'pipes', log: '' })
  return { process, streams, execId }
}

function* start(engine: Engine, container: Stored, config: ExecConfig, { process, streams, execId }: { readonly process: OciProcess; readonly streams: ProcessStreams; readonly execId: string }): Run<Started> {
  const { ID } = container
  const live = engine.live(ID)
  logContainer(engine, container, `exec_start: ${config.Cmd.join(' ')}`, { execID: execId })
  try {
    yield* engine.containerd((c) => c.tasks.exec(MOBY, ID, { execId, stdio: stdioOf(streams.fifos), spec: process }))
    const { pid } = yield* engine.containerd((c) => c.tasks.start(MOBY, ID, execId))
    live.execs.set(execId, { pid })
  } catch (error) {
    yield* deleted(engine, ID, execId)
    throw error
  }
  return {
    execId,
    streams,
    *finish() {
      const { exitStatus } = yield* engine.containerd((c) => c.tasks.wait(MOBY, ID, execId))
      yield* streams.finish()
      yield* deleted(engine, ID, execId)
      live.execs.delete(execId)
      logContainer(engine, container, 'exec_die', { execID: execId, exitCode: String(exitStatus) })
      return exitStatus
    },
  }
}

function* deleted(engine: Engine, id: string, execId: string): Run {
  try {
    yield* engine.containerd((c) => c.tasks.deleteProcess(MOBY, id, execId))
  } catch (error) {
    if (!isGrpc(error) && !isErrno(error)) throw error
  }
}

export function* execIn(engine: Engine, text: string, config: ExecConfig): Run<Stream> {
  const container = active(engine, text)
  const { ID } = container
  const made = yield* create(engine, container, config)
  const { streams, execId } = made
  const output = streams.attach()
  let started: Started
  try {
    started = yield* start(engine, container, config, made)
  } catch (error) {
    const words = isEngineError(error) || isGrpc(error) ? error.message : undefined
    if (words === undefined) throw error
    // The connection is open by now: what went wrong comes as its output.
    streams.discard()
    return ended(engine, encode(`${words}\r\n`))
  }
  const status = engine.sys.futex()
  let code: number | undefined
  engine.sys.go(
    (function* (): Run {
      code = yield* started.finish()
      status.wake()
    })(),
  )
  return {
    write: (bytes) => streams.write(bytes),
    *closeInput() {
      yield* streams.closeInput()
      yield* closeIo(engine, ID, execId)
    },
    next: (seen) => output.next(seen),
    resize: (size) => engine.containerd((c) => c.tasks.resizePty(MOBY, ID, { execId, ...size })),
    *wait() {
      while (code === undefined) yield* status.wait()
      return code
    },
  }
}

export function* execDetached(engine: Engine, text: string, config: ExecConfig): Run {
  const container = active(engine, text)
  const made = yield* create(engine, container, config)
  const { finish } = yield* start(engine, container, config, made)
  engine.sys.go(discarding(finish))
}

function* discarding(finish: () => Run<number>): Run {
  yield* finish()
}

/** A stream that says one thing. */
function ended({ sys }: Engine, bytes: Uint8Array): Stream {
  const output = new Output(sys, 1)
  sys.go(
    (function* (): Run {
      yield* output.push('stdout', bytes)
      output.end()
    })(),
  )
  return {
    *write() {},
    *closeInput() {},
    next: (seen) => output.next(seen),
    *resize() {},
    *wait() {
      return CANNOT_RUN
    },
  }
}

function* closeIo(engine: Engine, id: string, execId?: string): Run {
  try {
    yield* engine.containerd((c) => c.tasks.closeIO(MOBY, id, execId === undefined ? {} : { execId }))
  } catch (error) {
    if (!isGrpc(error) && !isErrno(error)) throw error
  }
}

/** To one that is to start soon too: its FIFOs are made now. */
export function* attachTo(engine: Engine, text: string, { stdin }: AttachOptions): Run<Stream> {
  const container = engine.containers.find(text)
  const { ID, State, Config } = container
  if (State.Paused) throw conflict(`Container ${ID} is paused, unpause the container before attach.`)
  if (State.Restarting) throw conflict(`Container ${ID} is restarting, wait until the container is running`)
  const live = engine.live(ID)
  live.streams ??= openStreams(engine, container)
  const { streams } = live
  const output = streams.attach()
  logContainer(engine, container, 'attach')
  return {
    *write(bytes) {
      if (stdin === 'stdin') yield* streams.write(bytes)
    },
    *closeInput() {
      if (stdin !== 'stdin' || !Config.StdinOnce) return
      yield* streams.closeInput()
      yield* closeIo(engine, ID)
    },
    next: (seen) => output.next(seen),
    resize: (size) => engine.containerd((c) => c.tasks.resizePty(MOBY, ID, size)),
    *wait() {
      streams.detach(output)
      return 0
    },
  }
}
