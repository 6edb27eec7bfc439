/** Starting a container (daemon/start.go, libcontainerd/remote): its files, its networks, its specification, then containerd. */
import { CAPABILITIES } from '../../kernel/credentials'
import { exists, makeDirectories, unmountAll } from '../../containerd/files'
import { isGrpc } from '../../containerd/grpc'
import { devicesOf, NOT_A_DEVICE } from '../../containerd/oci/devices'
import { optionsMessage } from '../../containerd/shim/options'
import { stdioOf } from '../../containerd/cri/io'
import { now } from '../../containerd/time'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { EXEC_ROOT, MOBY } from '../context'
import type { Engine } from '../engine'
import { conflict, type EngineError, internal, invalid, isEngineError, notModified } from '../error'
import { allocate, plugAll, publishAll, releaseAll } from '../network/endpoints'
import { keepSandbox } from '../network/sandbox'
import type { HostConfig, Stored } from '../types'
import { writeNetworkFiles } from './files'
import { logContainer } from './log'
import { ociMount } from './mounts'
import { removeContainer } from './remove'
import { mountRoot, unmountRoot } from './root'
import { type Joined, type SpecRequest, specOf } from './spec'
import { containerPath, logPath } from './store'
import { ProcessStreams } from './streams'
import { userIn } from './user'

/** What a start takes beside what runc does, ns: a mount, a cable, a dozen files (seen: 0.2 s in all). */
const START_NS = 140_000_000
const NOT_FOUND = 127
const NOT_RUNNABLE = 126
const FAILED = 128

export const bundleOf = (id: string): string => `${EXEC_ROOT}/containerd/${id}`

export function* startContainer(engine: Engine, text: string): Run {
  const container = engine.containers.find(text)
  if (container.State.Paused) throw conflict('cannot start a paused container, try unpause instead')
  if (container.State.Running) throw notModified()
  if (container.State.RemovalInProgress || container.State.Dead) throw conflict('container is marked for removal and cannot be started')
  yield* begin(engine, container)
}

/** daemon.containerStart. */
export function* begin(engine: Engine, container: Stored): Run {
  const { containers } = engine
  const { ID } = container
  try {
    yield* run(engine, container)
  } catch (error) {
    const why = worded(error, container)
    engine.live(ID).streams?.discard()
    engine.live(ID).streams = undefined
    yield* cleanUp(engine, ID)
    yield* containers.change(ID, {}, { Running: false, Restarting: false, Pid: 0, ExitCode: why.code, Error: why.error.message, FinishedAt: container.State.FinishedAt })
    engine.live(ID).exits++
    engine.changed.wake()
    if (container.HostConfig.AutoRemove) yield* removeContainer(engine, ID, { force: 'force', volumes: 'removed' })
    throw why.error
  }
}

/** What containerd has of a container that is not there any more, and what it lay on. */
export function* cleanUp(engine: Engine, id: string): Run {
  const { sys, containers } = engine
  yield* quietly(engine.containerd((c) => c.tasks.delete(MOBY, id)))
  yield* quietly(engine.containerd((c) => c.containers.delete(MOBY, id)))
  const container = containers.get(id)
  if (!container) return
  const { MountID } = yield* releaseAll(engine, container)
  unmountAll(sys, containerPath(id, 'mounts/shm'))
  unmountRoot(sys, MountID)
}

function* quietly(work: Run<unknown>): Run {
  try {
    yield* work
  } catch (error) {
    if (!isGrpc(error) && !isErrno(error)) throw error
  }
}

function* run(engine: Engine, first: Stored): Run {
  const { sys, containers } = engine
  const { ID, HostConfig: host, Config } = first
  const root = yield* mountRoot(sys, first.MountID)
  const joined = joinedBy(engine, first)
  let container = yield* withNamesake(engine, first)
  const hasSandbox = !host.NetworkMode.startsWith('container:')
  if (hasSandbox) container = yield* allocate(engine, container)
  yield* writeNetworkFiles(sys, container, Object.values(container.Network.Networks).map(({ IPAddress }) => IPAddress).filter((address) => address !== ''))
  yield* sys.sleep(START_NS)
  const spec = specOf({
    container, joined, mounts: container.MountPoints.map(ociMount), shm: shmOf(engine, container), user: yield* userIn(sys, root, Config.User, host.GroupAdd ?? []), ...devicesFor(sys, host),
    daemon: { pid: sys.pid, controller: engine.controller, capabilities: CAPABILITIES.filter((_, bit) => (sys.credentials.capEffective >> BigInt(bit)) & 1n) },
  })
  makeDirectories(sys, bundleOf(ID), 0o700)
  yield* engine.containerd((c) =>
    c.containers.create(MOBY, {
      ID, Labels: { 'com.docker/engine.bundle.path': bundleOf(ID) }, Image: '', Runtime: { Name: 'io.containerd.runc.v2', Options: optionsMessage({ binary_name: 'runc', root: `${EXEC_ROOT}/runtime-runc` }) }, SnapshotKey: '',
      Snapshotter: '', Extensions: {}, Spec: spec,
    }),
  )
  const live = engine.live(ID)
  live.streams ??= openStreams(engine, container)
  const { streams } = live
  const stdio = stdioOf(streams.fifos)
  yield* engine.containerd((c) => c.tasks.create(MOBY, { containerId: ID, rootfs: [], stdio }))
  if (hasSandbox && host.NetworkMode !== 'host') container = yield* publishAll(engine, container)
  const { pid } = yield* engine.containerd((c) => c.tasks.start(MOBY, ID))
  yield* containers.change(
    ID, { HasBeenStartedBefore: true, HasBeenManuallyStopped: false },
    { Running: true, Paused: false, Restarting: false, OOMKilled: false, Dead: false, Pid: pid, ExitCode: 0, Error: '', StartedAt: now(sys) },
  )
  logContainer(engine, container, 'start')
  engine.changed.wake()
}

/** FIFOs may be there before it starts: whoever attaches then hears it from the first byte. */
export function openStreams({ sys }: Engine, { ID, Config, HostConfig }: Stored): ProcessStreams {
  return new ProcessStreams(sys, {
    directory: bundleOf(ID), name: 'init', stdin: Config.OpenStdin ? 'stdin' : 'none', terminal: Config.Tty ? 'tty' : 'pipes', log: HostConfig.LogConfig.Type === 'none' ? '' : logPath(ID),
  })
}

/** Called by the hook, when the namespace of a container is there. */
export function* attachSandbox(engine: Engine, id: string, namespace: string): Run {
  const container = engine.containers.find(id)
  yield* keepSandbox(engine.sys, container.Network.SandboxID, namespace)
  yield* plugAll(engine, container)
}

const other = (mode: string): string | undefined => /^container:(.*)$/.exec(mode)?.[1]

/** The processes whose namespaces it joins; they have to run. */
function joinedBy({ containers }: Engine, { HostConfig: { NetworkMode, IpcMode, PidMode } }: Stored): Joined {
  const pidOf = (name: string, words: (id: string) => string): number => {
    const { ID, State } = containers.find(name)
    if (!State.Running) throw conflict(words(ID))
    if (State.Restarting) throw conflict(`Container ${ID} is restarting, wait until the container is running`)
    return State.Pid
  }
  const [network, ipc, pid] = [other(NetworkMode), other(IpcMode), other(PidMode)]
  const joined: Joined = {
    ...(network === undefined ? {} : { network: pidOf(network, (id) => `cannot join network of a non running container: ${id}`) }),
    ...(ipc === undefined ? {} : { ipc: pidOf(ipc, (id) => `cannot join IPC of a non running container: ${id}`) }),
    ...(pid === undefined ? {} : { pid: pidOf(pid, (id) => `cannot join PID of a non running container: ${id}`) }),
  }
  const sharing = ipc === undefined ? undefined : containers.find(ipc)
  if (sharing && sharing.HostConfig.IpcMode !== 'shareable') throw invalid(`cannot join IPC of a container ${sharing.ID}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`)
  return joined
}

/** Who joins another's network has its name too. */
function* withNamesake({ containers }: Engine, container: Stored): Run<Stored> {
  const name = other(container.HostConfig.NetworkMode)
  if (name === undefined) return container
  const { Hostname, Domainname } = containers.find(name).Config
  return yield* containers.change(container.ID, { Config: { ...container.Config, Hostname, Domainname } })
}

/** /dev/shm where it is not the container's alone (daemon/container_operations_unix.go setupIpcDirs). */
function shmOf({ sys, containers }: Engine, { ID, HostConfig: { IpcMode, ShmSize } }: Stored): string | undefined {
  const sharing = other(IpcMode)
  if (sharing !== undefined) return containerPath(containers.find(sharing).ID, 'mounts/shm')
  if (IpcMode === 'host') return '/dev/shm'
  if (IpcMode !== 'shareable') return undefined
  const path = containerPath(ID, 'mounts/shm')
  makeDirectories(sys, path, 0o700)
  unmountAll(sys, path)
  sys.mount('shm', path, 'tmpfs', `nosuid,nodev,noexec,mode=1777,size=${ShmSize}`)
  return path
}

/** Those that are asked for, and what may be done with them; with privileges all of the node too, and everything. */
function devicesFor(sys: Sys, { Devices, Privileged }: HostConfig): Pick<SpecRequest, 'devices' | 'deviceRules'> {
  const found = Devices.map(({ PathOnHost, PathInContainer, CgroupPermissions }) => {
    const why = (words: string): Error => internal(`error gathering device information while adding custom device "${PathOnHost}": ${words}`)
    if (!exists(sys, PathOnHost)) throw why('no such file or directory')
    const devices = devicesOf(sys, PathOnHost, PathInContainer)
    if (!devices) throw why(NOT_A_DEVICE)
    return { devices, rules: devices.map(({ type, major, minor }) => ({ allow: true, type, major, minor, access: CgroupPermissions })) }
  })
  const devices = found.flatMap((each) => each.devices)
  return Privileged ? { devices: [...(devicesOf(sys, '/dev') ?? []), ...devices], deviceRules: [] } : { devices, deviceRules: found.flatMap(({ rules }) => rules) }
}

/** daemon/errors.go translateContainerdStartErr: what kept it from starting, and the status that it is given. */
function worded(error: unknown, { Path, State }: Stored): { readonly error: EngineError; readonly code: number } {
  const before = State.ExitCode === 0 ? FAILED : State.ExitCode
  if (isEngineError(error)) return { error, code: before }
  if (!isGrpc(error)) throw error
  const { message } = error
  if (message.includes(Path) && /executable file not found|no such file or directory/.test(message)) return { error: invalid(message), code: NOT_FOUND }
  if (message.includes('permission denied')) return { error: invalid(message), code: NOT_RUNNABLE }
  if (message.includes('not a directory')) return { error: invalid(`${message}: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`), code: NOT_FOUND }
  return { error: internal(message), code: before }
}

