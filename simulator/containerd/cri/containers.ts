/** Containers of a pod (pkg/cri/server container_*.go). */
import { goJson } from '../json'
import { decode, encode } from '../../kernel/bytes'
import { CAPABILITIES } from '../../kernel/credentials'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { toBase64 } from '../../kernel/base64'
import { randomHex } from '../digest'
import { exists, makeDirectories, removeAll } from '../files'
import { GrpcError, isGrpc, notFound } from '../grpc'
import type { StoredContainer, StoredSandbox } from '../metadata/records'
import { argsOf, chainId } from '../oci/image'
import type { OciSpec } from '../oci/types'
import { signalNumber } from '../runc/signals'
import { nanoseconds } from '../time'
import { takePin } from '../pins'
import { isUnified } from '../runc/cgroups'
import { oomScore, readConfig } from './config'
import type { CriContext } from './context'
import { findImage, K8S, needImage } from './images'
import { boundMounts, chosenDevices, clean } from './mounts'
import { checkApparmor, checkSelinux, readSeccomp, seccompOf } from './security'
import { containerUser, userText } from './user'
import { fillVolumes, volumesOf } from './volumes'
import { byPrefix, needByPrefix, wholeId } from './ids'
import { ContainerIo, makeFifos, stdioOf, streamsOf } from './io'
import { endTask, forget, labelsMatch, labelsOf, worded } from './sandboxes'
import type { ContainerConfig, ContainerFilter, ContainerState, CriContainer, Info, RuntimeService } from './services'
import type { Release } from '../release'
import type { Any } from '../services'
import { CONTAINER_ROOT, keepContainer } from './status-file'
import { containerSpec, resourcesIn, type Swap, withResources } from './spec'

export const CONTAINER_STATE = '/run/containerd/io.containerd.grpc.v1.cri/containers'
const NS_PER_S = 1_000_000_000
/** NamespaceMode: the PID namespace of another container. */
const TARGET = 3

/** Streams of the containers that this daemon has started or found, by id. */
export type ContainerStreams = Map<string, ContainerIo>

const needContainer = ({ db, release }: CriContext, id: string): StoredContainer => needByPrefix(db.criContainers.values(), id, `an error occurred when try to find container "${id}"`, release)

export const stateOf = (c: StoredContainer): ContainerState => (c.finishedAt !== '0' ? 'CONTAINER_EXITED' : c.startedAt !== '0' ? 'CONTAINER_RUNNING' : 'CONTAINER_CREATED')

type Calls = Pick<
  RuntimeService,
  'createContainer' | 'startContainer' | 'stopContainer' | 'removeContainer' | 'listContainers' | 'containerStatus' | 'updateContainerResources' | 'reopenContainerLog' | 'checkpointContainer'
>

/** Whether memory and swap have a limit together (pkg/cri/opts SwapControllerAvailable). */
function* swapOf(sys: Sys): Run<Swap> {
  const group = isUnified(sys) ? decode(yield* sys.readFile('/proc/self/cgroup')).replace(/^.*0::(.*)\n$/s, '$1') : undefined
  return exists(sys, group === undefined ? '/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes' : `/sys/fs/cgroup${group}/memory.swap.max`) ? 'counted' : 'not counted'
}

/** The process whose PID namespace the container joins (validateTargetContainer). */
function targetOf({ db }: CriContext, sandbox: StoredSandbox, config: ContainerConfig): number {
  const options = config.linux?.security_context?.namespace_options
  if (options?.pid !== TARGET) return sandbox.pid
  const target = options.target_id ?? ''
  const why = 'invalid target container: '
  const found = byPrefix(db.criContainers.values(), target)
  if (typeof found === 'string') throw notFound(`${why}container "${target}" does not exist`)
  if (found.sandboxId !== sandbox.id) throw new GrpcError('Unknown', `${why}container "${found.id}" (sandbox ${found.sandboxId}) does not belong to sandbox ${sandbox.id}`)
  if (stateOf(found) !== 'CONTAINER_RUNNING') throw new GrpcError('Unknown', `${why}container "${found.id}" is not running - in state ${stateOf(found)}`)
  return found.pid
}

export function containerCalls(context: CriContext, streams: ContainerStreams): Calls {
  const { sys, db, services, tasks, release } = context
  const list = (filter: ContainerFilter = {}): StoredContainer[] => {
    const all = db.criContainers.values()
    const id = wholeId(all, filter.id ?? '')
    const pod = wholeId(db.sandboxes.values(), filter.podSandboxId ?? '')
    return all.filter(
      (c) => (id === '' || c.id === id) && (pod === '' || c.sandboxId === pod) && (!filter.state || stateOf(c) === filter.state) && labelsMatch(c.config.labels ?? {}, filter.labels),
    )
  }
  return {
    *createContainer(sandboxId, config, sandboxConfig) {
      const sandbox = needByPrefix(db.sandboxes.values(), sandboxId, `failed to find sandbox id "${sandboxId}"`, context.release)
      if (sandbox.pid === 0) throw notFound(`failed to get sandbox container task: no running task found: task ${sandbox.id} not found`)
      if (!config.metadata) throw new GrpcError('Unknown', 'container config must include metadata')
      const { name: pod = '', namespace = '', uid = '' } = sandboxConfig.metadata ?? {}
      const { name: container = '', attempt = 0 } = config.metadata ?? {}
      const pin = takePin(sys, `container ${namespace}/${pod}/${container}`)
      const id = pin.id ?? randomHex(sys, 64)
      const name = `${container}_${pod}_${namespace}_${uid}_${attempt}`
      const holder = db.criContainers.values().find((c) => c.name === name)
      if (holder) throw new GrpcError('Unknown', `failed to reserve container name "${name}": name "${name}" is reserved for "${holder.id}"`)
      const image = yield* needImage(context, config.image?.image ?? '')
      const settings = yield* readConfig(sys, release)
      const security = config.linux?.security_context
      const volumes = volumesOf(config, image.config, `${CONTAINER_ROOT}/${id}/volumes`, () => randomHex(sys, 64))
      const { bound, devices, targetPid } = yield* worded(`failed to generate container "${id}" spec`, function* () {
        checkSelinux(security?.selinux_options)
        if (security?.privileged && !sandboxConfig.linux?.security_context?.privileged) throw new GrpcError('Unknown', 'no privileged container allowed in sandbox')
        const targetPid = targetOf(context, sandbox, config)
        return yield* worded('failed to generate spec', function* () {
          if (argsOf(image.config, config.command ?? [], config.args ?? []).length === 0) throw new GrpcError('Unknown', 'no command specified')
          return { targetPid, bound: yield* boundMounts(sys, config, sandbox.id, volumes), devices: chosenDevices(sys, config) }
        })
      })
      const seccomp = yield* worded('failed to get container spec opts', function* () {
        userText(security ?? {})
        checkApparmor(security ?? {})
        return seccompOf(security ?? {})
      })
      const imageName = image.references.find((r) => !r.startsWith('sha256:') && !r.includes('@')) ?? image.id
      yield* services.snapshots.prepare(K8S, 'overlayfs', { key: id, parent: chainId(image.config.rootfs.diff_ids) })
      for (const root of [CONTAINER_ROOT, CONTAINER_STATE]) makeDirectories(sys, `${root}/${id}`)
      const logPath = config.log_path && sandboxConfig.log_directory ? clean(`${sandboxConfig.log_directory}/${config.log_path}`) : ''
      const metadata = { ID: id, Name: name, SandboxID: sandbox.id, Config: config, ImageRef: image.id, LogPath: logPath, StopSignal: image.config.config?.StopSignal ?? '', ProcessLabel: '' }
      let spec: OciSpec
      try {
        spec = yield* worded('failed to create containerd container', function* () {
          const layers = yield* services.snapshots.mounts(K8S, 'overlayfs', id)
          yield* fillVolumes(sys, layers, volumes)
          const made = containerSpec({
            ociVersion: release.oci, cgroups: isUnified(sys) ? 'unified' : 'per-controller', swap: yield* swapOf(sys), capabilities: CAPABILITIES.filter((_, bit) => (sys.credentials.capEffective >> BigInt(bit)) & 1n),
            id, sandboxId: sandbox.id, sandboxPid: sandbox.pid, targetPid, config, sandboxConfig, image: image.config, imageName, bound, devices,
            user: yield* containerUser(sys, layers, security ?? {}, image.config.config?.User ?? ''), seccomp: yield* readSeccomp(sys, seccomp),
            hostname: sandboxConfig.hostname || sys.uname().nodename, oomScoreAdj: yield* oomScore(sys, settings, config.linux?.resources?.oom_score_adj ?? 0),
          })
          yield* services.containers.create(K8S, {
            ID: id, Labels: labelsOf(config.labels, image.config, 'container'), Image: imageName, Runtime: { Name: 'io.containerd.runc.v2', Options: ownOptions(settings.runtimeOptions, release) }, ...(release.line === '2' ? { SandboxID: sandbox.id } : {}), SnapshotKey: id, Snapshotter: 'overlayfs',
            Extensions: { 'io.cri-containerd.container.metadata': { type_url: 'github.com/containerd/cri/pkg/store/container/Metadata', value: toBase64(encode(goJson({ Version: 'v1', Metadata: metadata }))) } },
            Spec: made,
          })
          return made
        })
      } catch (error) {
        yield* forget(context, id)
        for (const root of [CONTAINER_ROOT, CONTAINER_STATE]) removeAll(sys, `${root}/${id}`)
        throw error
      }
      tasks.pins.set(id, pin)
      yield* keepContainer(context, {
        id, name, sandboxId: sandbox.id, config, imageRef: image.id, logPath, stopSignal: metadata.StopSignal, createdAt: nanoseconds(sys).toString(), startedAt: '0', finishedAt: '0', pid: 0, exitCode: 0,
        reason: '', message: '', removing: false, starting: false, resources: resourcesIn(spec),
      })
      return id
    },
    *startContainer(id) {
      const c = needContainer(context, id)
      if (stateOf(c) !== 'CONTAINER_CREATED') throw new GrpcError('Unknown', `failed to set starting state for container "${c.id}": container is in ${stateOf(c)} state`)
      const sandbox = db.sandboxes.get(c.sandboxId)
      if (sandbox?.state !== 'READY') throw new GrpcError('Unknown', `sandbox container "${c.sandboxId}" is not running`)
      const tty = c.config.tty ?? false
      const fifos = makeFifos(sys, `${CONTAINER_STATE}/${c.id}/io/${sys.random() % 4_294_967_296}`, c.id, { stdin: c.config.stdin ? 'stdin' : 'none', terminal: tty ? 'tty' : 'pipes' })
      const io = new ContainerIo(sys, fifos, c.logPath)
      yield* io.log.open()
      streams.set(c.id, io)
      try {
        yield* services.tasks.create(K8S, { containerId: c.id, rootfs: yield* services.snapshots.mounts(K8S, 'overlayfs', c.id), stdio: stdioOf(fifos) })
        const { pid } = yield* services.tasks.start(K8S, c.id)
        const now = db.criContainers.get(c.id) ?? c
        yield* keepContainer(context, { ...now, pid: now.finishedAt === '0' ? pid : 0, startedAt: nanoseconds(sys).toString() })
      } catch (error) {
        if (!isGrpc(error)) throw error
        const words = error.message
        yield* keepContainer(context, { ...c, startedAt: '0', finishedAt: nanoseconds(sys).toString(), exitCode: 128, reason: 'StartError', message: `failed to create containerd task: ${words}` })
        throw new GrpcError(error.code, `failed to create containerd task: ${words}`)
      }
    },
    *stopContainer(id, timeout) {
      // What is not there has stopped, from 1.7 on.
      if (context.release.line !== '1.6' && byPrefix(db.criContainers.values(), id) === 'none') return
      const c = needContainer(context, id)
      if (stateOf(c) !== 'CONTAINER_RUNNING') return
      if (timeout > 0) {
        const signal = signalNumber(c.stopSignal || 'SIGTERM') ?? 15
        try {
          yield* services.tasks.kill(K8S, c.id, { signal })
        } catch (error) {
          if (!isGrpc(error)) throw error
        }
        const until = sys.monotonic() + timeout * NS_PER_S
        while (sys.monotonic() < until) {
          const now = db.criContainers.get(c.id)
          if (now?.finishedAt !== '0') return
          yield* sys.sleep(5_000_000)
        }
      }
      yield* endTask(context, c.id)
    },
    *removeContainer(id) {
      const found = byPrefix(db.criContainers.values(), id)
      if (found === 'none') return
      const c = typeof found === 'string' ? needContainer(context, id) : found
      if (stateOf(c) === 'CONTAINER_RUNNING') yield* endTask(context, c.id)
      yield* forget(context, c.id)
      removeAll(sys, `${CONTAINER_ROOT}/${c.id}`)
      removeAll(sys, `${CONTAINER_STATE}/${c.id}`)
      streams.delete(c.id)
      db.criContainers.delete(c.id)
    },
    *listContainers(filter) {
      return list(filter).map((c): CriContainer => ({
        id: c.id, podSandboxId: c.sandboxId, metadata: { name: c.config.metadata?.name ?? '', attempt: c.config.metadata?.attempt ?? 0 },
        image: { image: c.config.image?.image ?? '', annotations: {} }, imageRef: c.imageRef, state: stateOf(c), createdAt: BigInt(c.createdAt), labels: c.config.labels ?? {}, annotations: c.config.annotations ?? {},
      }))
    },
    *containerStatus(id, { verbose = false } = {}) {
      const c = needContainer(context, id)
      const state = stateOf(c)
      const record = db.containers(K8S).get(c.id)
      // Of a status the image is a tag and its reference a digest, where there are such.
      const known = yield* findImage(context, c.imageRef)
      const tag = known?.references.find((r) => !r.startsWith('sha256:') && !r.includes('@'))
      const digest = known?.references.find((r) => r.includes('@'))
      const status = {
        id: c.id, metadata: { name: c.config.metadata?.name ?? '', attempt: c.config.metadata?.attempt ?? 0 }, state, createdAt: BigInt(c.createdAt), startedAt: BigInt(c.startedAt), finishedAt: BigInt(c.finishedAt),
        exitCode: c.exitCode, image: { image: tag ?? c.config.image?.image ?? '', annotations: {} }, imageRef: digest ?? c.imageRef,
        reason: c.reason || (state === 'CONTAINER_EXITED' ? (c.exitCode === 0 ? 'Completed' : 'Error') : ''), message: c.message, labels: c.config.labels ?? {}, annotations: c.config.annotations ?? {},
        mounts: c.config.mounts ?? [], logPath: c.logPath, resources: c.resources,
      }
      const none: Info = {}
      if (!verbose) return { status, info: none }
      const info = {
        sandboxID: c.sandboxId, pid: c.pid, removing: c.removing, snapshotKey: record?.SnapshotKey ?? '', snapshotter: record?.Snapshotter ?? '', runtimeType: 'io.containerd.runc.v2', runtimeOptions: null,
        config: c.config, runtimeSpec: record?.Spec ?? null,
      }
      const shown: Info = { info: goJson(info) }
      return { status, info: shown }
    },
    *updateContainerResources(id, linux) {
      const c = needByPrefix(db.criContainers.values(), id, 'failed to find container', context.release)
      if (c.removing) throw new GrpcError('Unknown', `failed to update resources: container "${c.id}" is in removing state`)
      const old = yield* services.containers.get(K8S, c.id)
      const resources = withResources(old.Spec.linux?.resources ?? {}, linux, yield* swapOf(sys))
      const Spec = { ...old.Spec, linux: { ...old.Spec.linux, resources } }
      yield* services.containers.update(K8S, { ...old, Spec }, ['spec'])
      // The specification says the limits of one that does not run; of one that does, only when they could be set.
      if (stateOf(c) === 'CONTAINER_RUNNING') {
        try {
          yield* services.tasks.update(K8S, c.id, resources)
        } catch (error) {
          if (isGrpc(error, 'NotFound')) return
          yield* services.containers.update(K8S, old, ['spec'])
          if (isGrpc(error)) throw new GrpcError(error.code, `failed to update resources: failed to update resources: ${error.message}`)
          throw error
        }
      }
      yield* keepContainer(context, { ...c, resources: resourcesIn(Spec) })
    },
    *reopenContainerLog(id) {
      const c = needContainer(context, id)
      if (stateOf(c) !== 'CONTAINER_RUNNING') throw new GrpcError('Unknown', 'container is not running')
      yield* streamsOf(sys, streams, CONTAINER_STATE, c).log.open()
    },
    *checkpointContainer() {
      throw new GrpcError('Unimplemented', 'method CheckpointContainer not implemented')
    },
  }
}

/** A container takes its pod's; before 2.0 options that say nothing are none. */
const ownOptions = (options: Any | null, { line }: Release): Any | null => (line !== '2' && options?.value === '' ? null : options)
