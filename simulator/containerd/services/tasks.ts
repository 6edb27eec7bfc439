/**
 * Tasks (runtime/v2/manager.go, services/tasks/local.go): a bundle directory, a shim for the container or for its pod, and the
 * calls to that shim.
 */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { readToEnd } from '../../kernel/read-to-end'
import { removeAll } from '../files'
import { makeDirectories } from '../files'
import { alreadyExists, failedPrecondition, GrpcError, notFound, unknownError } from '../grpc'
import type { OciSpec } from '../oci/types'
import type { Pin } from '../pins'
import { type ContainerState, readState } from '../runc/state'
import { readOrEmpty } from '../runc/cgroups'
import { CONTAINERD_SOCKET, type Metrics, type TaskProcess, type TasksService } from '../services'
import { optionsIn, readOptions, stateRoot } from '../shim/options'
import { BUNDLES, bundleOf, isShim, readAddress, SHIM_BINARY, type ShimService, shimSocket, writeAddress, writeBundleFiles } from '../shim/protocol'
import { now } from '../time'
import { checkNamespace, type Context } from './context'
import { shimBinary } from './runtime'

/** A shim is dialled when it is first asked: after a start of the whole node it may come up later than containerd. */
interface Entry {
  shim?: ShimService
  readonly socket?: string
}

/** sun_path holds no more, its first byte being a zero (unix(7)). */
const LONGEST_NAME = 107

/** 128 and SIGKILL. */
const KILLED = 137

const GROUP_ANNOTATION = 'io.kubernetes.cri.sandbox-id'

export class Tasks {
  readonly service: TasksService
  /** Pins of containers that the CRI plugin is about to start, by id. */
  readonly pins = new Map<string, Pin>()
  private readonly context: Context
  /** Tasks whose shim died: nobody has heard how they ended. */
  readonly lost = new Set<string>()
  private readonly entries = new Map<string, Entry>()
  private readonly watched = new WeakSet<ShimService>()
  constructor(context: Context) {
    this.context = context
    this.service = this.makeService()
  }
  /** After a start: the shims that are still there (`loadExistingTasks`). */
  *restore(): Run {
    const { sys } = this.context
    let namespaces: string[]
    try {
      namespaces = sys.readdir(BUNDLES).map((e) => e.name)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return
      throw error
    }
    for (const ns of namespaces) {
      for (const { name: id } of sys.readdir(`${BUNDLES}/${ns}`)) {
        const address = (yield* readAddress(sys, bundleOf(ns, id)))?.replace(/^unix:\/\//, '')
        if (!address) continue
        this.entries.set(`${ns}/${id}`, { socket: address })
      }
    }
  }
  private connect(socket: string): ShimService | undefined {
    try {
      const service = this.context.sys.dial(socket)
      return isShim(service) ? service : undefined
    } catch (error) {
      if (isErrno(error)) return undefined
      throw error
    }
  }
  private shim(ns: string, id: string): ShimService {
    checkNamespace(ns)
    const entry = this.entries.get(`${ns}/${id}`)
    const shim = entry?.shim ?? (entry?.socket ? this.connect(entry.socket) : undefined)
    if (!entry || !shim) throw notFound(`no running task found: task ${id} not found`)
    entry.shim = shim
    this.watch(ns, shim)
    return shim
  }
  /** Cleans up when a shim's connection is lost (runtime/v2/manager.go cleanupAfterDeadShim): what it held is ended, and its end told. */
  private watch(ns: string, shim: ShimService): void {
    if (this.watched.has(shim)) return
    this.watched.add(shim)
    this.context.sys.go(this.afterwards(ns, shim))
  }
  private *afterwards(ns: string, shim: ShimService): Run {
    const { sys, exchange } = this.context
    for (let there = true; there; ) {
      try {
        yield* sys.hangup(shim)
        there = false
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
    }
    const held = [...this.entries].filter(([, entry]) => entry.shim === shim).map(([name]) => name.slice(ns.length + 1))
    // The one that the shim was started for goes last.
    const [first = ''] = held
    const address = yield* readAddress(sys, bundleOf(ns, first))
    const isOwner = (id: string): boolean => address === `unix://${shimSocket(CONTAINERD_SOCKET, ns, id)}`
    for (const id of [...held.filter((id) => !isOwner(id)), ...held.filter(isOwner)]) {
      const bundle = bundleOf(ns, id)
      const pid = Number((yield* readOrEmpty(sys, `${bundle}/init.pid`)) ?? 0)
      const binary = (yield* readOrEmpty(sys, `${bundle}/shim-binary-path`)) ?? SHIM_BINARY
      const cleaner = sys.fork((child) => child.exec(binary, [binary, '-namespace', ns, '-address', CONTAINERD_SOCKET, '-publish-binary', '/usr/bin/containerd', '-id', id, '-bundle', bundle, 'delete'], child.env))
      yield* sys.wait(cleaner)
      if (!this.entries.delete(`${ns}/${id}`)) continue
      removeBundle(sys, ns, id)
      const end = { container_id: id, pid, exit_status: KILLED, exited_at: now(sys) }
      this.lost.add(id)
      exchange.publish(ns, '/tasks/exit', 'TaskExit', { container_id: id, id, pid, exit_status: KILLED, exited_at: end.exited_at })
      exchange.publish(ns, '/tasks/delete', 'TaskDelete', end)
    }
  }
  /** A call to a shim; one that has died is a task that is gone. */
  private *ask<T>(ns: string, id: string, work: (shim: ShimService) => Run<T>, failing = ''): Run<T> {
    const shim = this.shim(ns, id)
    try {
      return yield* this.context.sys.call(shim, work)
    } catch (error) {
      const words = error instanceof GrpcError ? this.told(error) : ''
      if (failing !== '' && error instanceof GrpcError) throw new GrpcError(error.code, `${failing}: ${words}`)
      if (error instanceof GrpcError && words !== error.message) throw new GrpcError(error.code, words)
      if (!isErrno(error, 'ECONNREFUSED', 'ECONNRESET')) throw error
      throw notFound('no running task found')
    }
  }
  /** From 2.0 on a failure of no known kind does not say so. */
  private told({ code, message }: GrpcError): string {
    return this.context.release.line === '2' && code === 'Unknown' ? message.replace(/: unknown$/, '') : message
  }
  /** Runs `containerd-shim-runc-v2 start` in the bundle, reads the address that it prints. */
  private *startShim(ns: string, id: string, { group, pin, runtime }: { readonly group: string; readonly pin: Pin; readonly runtime: string }): Run<ShimService> {
    const { sys } = this.context
    const bundle = bundleOf(ns, id)
    const groupId = group || id
    const known = group && group !== id ? this.entries.get(`${ns}/${group}`) : undefined
    if (known) {
      const address = yield* readAddress(sys, bundleOf(ns, group))
      const { release } = this.context
      yield* writeBundleFiles(sys, bundle, release.line === '2' ? undefined : SHIM_BINARY)
      if (release.line === '2') yield* sys.writeFile(`${bundle}/sandbox`, encode(group), { mode: 0o600 })
      yield* writeAddress(sys, bundle, address ?? '', release)
      return this.shim(ns, group)
    }
    const binary = shimBinary(sys, runtime)
    yield* writeBundleFiles(sys, bundle, binary)
    const output = sys.pipe()
    const env = new Map(sys.env)
    env.set('TTRPC_ADDRESS', `${CONTAINERD_SOCKET}.ttrpc`)
    env.set('GOMAXPROCS', '4')
    if (groupId !== id) env.set('SHIM_GROUP', groupId)
    if (pin.shimPid !== undefined) env.set('SET_TID', String(pin.shimPid))
    const pid = sys.fork(function* (child) {
      child.blockSignals(new Set())
      child.chdir(bundle)
      const nowhere = yield* child.open('/dev/null', { read: true, write: true })
      child.dup2(nowhere, 0)
      for (const fd of [1, 2]) child.dup2(output.write, fd)
      for (const fd of child.descriptors()) if (fd > 2) child.close(fd)
      return yield* child.exec(binary, [binary, '-namespace', ns, '-address', CONTAINERD_SOCKET, '-publish-binary', '/usr/bin/containerd', '-id', id, 'start'], env)
    })
    sys.close(output.write)
    const said = decode(yield* readToEnd(() => sys.read(output.read, 4096)))
    sys.close(output.read)
    const ended = yield* sys.wait(pid)
    if (ended?.status.kind === 'exited' && ended.status.code !== 0) throw unknownError(`failed to start shim: start failed: ${said}: exit status ${ended.status.code}`)
    const address = said.trim()
    // A name without a scheme is one of the abstract kind, where nobody listens.
    if (!address.startsWith('unix://')) throw unknownError(`failed to start shim: start failed: dial unix \0${address}: connect: ${address.length < LONGEST_NAME ? 'connection refused' : 'invalid argument'}`)
    yield* writeAddress(sys, bundle, address, this.context.release)
    const socket = address.replace(/^unix:\/\//, '')
    for (let tries = 0; tries < 200; tries++) {
      const shim = this.connect(socket)
      if (shim) return shim
      yield* sys.sleep(500_000)
    }
    throw unknownError('failed to start shim: context deadline exceeded')
  }
  private *state(ns: string, id: string): Run<ContainerState> {
    const { sys } = this.context
    const bundle = bundleOf(ns, id)
    return yield* readState(sys, stateRoot(yield* readOptions(sys, bundle), bundle, ns), id)
  }
  /** Ends a task's bundle, and its shim when that holds nothing else. */
  private *cleanUp(ns: string, id: string): Run {
    const entry = this.entries.get(`${ns}/${id}`)
    this.entries.delete(`${ns}/${id}`)
    removeBundle(this.context.sys, ns, id)
    const shim = entry?.shim
    if (!shim) return
    try {
      yield* this.context.sys.call(shim, (s) => s.shutdown())
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  private makeService(): TasksService {
    const self = this
    const { context } = this
    const { sys, db, exchange } = context
    return {
      *create(ns, { containerId: id, rootfs, stdio, options }) {
        checkNamespace(ns)
        const container = db.containers(ns).get(id)
        if (!container) throw notFound(`container "${id}" in namespace "${ns}"`)
        if (self.entries.has(`${ns}/${id}`)) throw alreadyExists(`task ${id}`)
        const pin = self.pins.get(id) ?? {}
        const bundle = bundleOf(ns, id)
        makeDirectories(sys, `${BUNDLES}/${ns}`, 0o711)
        makeBundle(sys, bundle)
        sys.mkdir(`${bundle}/rootfs`, 0o711)
        makeDirectories(sys, workOf(ns, id))
        sys.symlink(workOf(ns, id), `${bundle}/work`)
        openTo(sys, bundle, container.Spec)
        yield* sys.writeFile(`${bundle}/config.json`, encode(JSON.stringify(container.Spec)), { mode: 0o644 })
        try {
          const shim = yield* self.startShim(ns, id, { group: container.Spec.annotations?.[GROUP_ANNOTATION] ?? '', pin, runtime: container.Runtime.Name })
          self.entries.set(`${ns}/${id}`, { shim })
          self.watch(ns, shim)
          const pid = yield* self.ask(ns, id, (s) => s.create({ id, bundle, rootfs, stdio, options: optionsIn(options ?? container.Runtime.Options), ...(pin.pid === undefined ? {} : { pid: pin.pid }) }))
          return { pid }
        } catch (error) {
          yield* self.cleanUp(ns, id)
          throw error
        }
      },
      *start(ns, id, execId = '') {
        return { pid: yield* self.ask(ns, id, (s) => s.start(id, execId)) }
      },
      *list(ns) {
        checkNamespace(ns)
        const found: TaskProcess[] = []
        for (const name of [...self.entries.keys()]) {
          if (!name.startsWith(`${ns}/`)) continue
          const id = name.slice(ns.length + 1)
          try {
            found.push(yield* self.ask(ns, id, (s) => s.state(id, '')))
          } catch (error) {
            if (!(error instanceof GrpcError)) throw error
          }
        }
        return found
      },
      *get(ns, id, execId = '') {
        return yield* self.ask(ns, id, (s) => s.state(id, execId), execId === '' ? 'no running task found' : '')
      },
      *kill(ns, id, { execId = '', signal, all = false }) {
        yield* self.ask(ns, id, (s) => s.kill(id, execId, signal, all ? 'all' : 'one'))
      },
      *delete(ns, id) {
        const task = yield* self.ask(ns, id, (s) => s.state(id, ''))
        if (task.status !== 'STOPPED' && task.status !== 'CREATED') throw failedPrecondition(`task must be stopped before deletion: ${task.status.toLowerCase()}`)
        const deleted = yield* self.ask(ns, id, (s) => s.delete(id, ''), 'failed to delete task')
        yield* self.cleanUp(ns, id)
        exchange.publish(ns, '/tasks/delete', 'TaskDelete', {
          container_id: id, pid: deleted.pid, ...(deleted.exitStatus ? { exit_status: deleted.exitStatus } : {}), exited_at: deleted.exitedAt,
        })
        return deleted
      },
      *deleteProcess(ns, id, execId) {
        return yield* self.ask(ns, id, (s) => s.delete(id, execId))
      },
      *exec(ns, id, { execId, stdio, spec }) {
        yield* self.ask(ns, id, (s) => s.exec(id, { execId, stdio, spec }))
      },
      *pids(ns, id) {
        return yield* self.ask(ns, id, (s) => s.pids(id))
      },
      *pause(ns, id) {
        yield* self.ask(ns, id, (s) => s.pause(id))
      },
      *resume(ns, id) {
        yield* self.ask(ns, id, (s) => s.resume(id))
      },
      *update(ns, id, resources) {
        yield* self.ask(ns, id, (s) => s.update(id, resources))
      },
      *metrics(ns, id) {
        self.shim(ns, id)
        return yield* metricsOf(context, id, (yield* self.state(ns, id)).cgroup_paths)
      },
      *wait(ns, id, execId = '') {
        return yield* self.ask(ns, id, (s) => s.wait(id, execId))
      },
      *resizePty(ns, id, { execId = '', width, height }) {
        yield* self.ask(ns, id, (s) => s.resizePty(id, execId, { width, height }))
      },
      *closeIO(ns, id, { execId = '' }) {
        yield* self.ask(ns, id, (s) => s.closeIO(id, execId))
      },
    }
  }
}

const workOf = (ns: string, id: string): string => `/var/lib/containerd/io.containerd.runtime.v2.task/${ns}/${id}`

/** Bundle.Delete: its work directory goes with it. */
function removeBundle(sys: Sys, ns: string, id: string): void {
  removeAll(sys, bundleOf(ns, id))
  removeAll(sys, workOf(ns, id))
}

/** What another has left in its place is not taken over. */
function makeBundle(sys: Sys, bundle: string): void {
  try {
    sys.mkdir(bundle, 0o700)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw unknownError(`failed to start shim: mkdir ${bundle}: ${error.message.toLowerCase()}`)
  }
}

/** The root of a container's user namespace may go through its bundle (runtime/v2/bundle_linux.go). */
function openTo(sys: Sys, bundle: string, { linux }: OciSpec): void {
  const group = linux?.gidMappings?.find(({ containerID }) => containerID === 0)?.hostID
  if (group === undefined || group === 0 || !linux?.namespaces?.some(({ type }) => type === 'user')) return
  sys.chown(bundle, 0, group)
  sys.chmod(bundle, 0o710)
}

/** From the files of the container's groups, as github.com/containerd/cgroups reads them. */
export function* metricsOf({ sys }: Context, id: string, paths: Readonly<Record<string, string>>): Run<Metrics> {
  if (paths[''] !== undefined && paths.memory === undefined) return yield* unifiedMetrics(sys, id, paths[''])
  const number = function* (controller: string, file: string): Run<number> {
    return Number((yield* readOrEmpty(sys, `${paths[controller] ?? ''}/${file}`))?.trim() ?? 0) || 0
  }
  const pairs = function* (controller: string, file: string): Run<Record<string, number>> {
    const text = (yield* readOrEmpty(sys, `${paths[controller] ?? ''}/${file}`)) ?? ''
    return Object.fromEntries(text.split('\n').filter((l) => l !== '').map((l): [string, number] => [l.split(' ')[0] ?? '', Number(l.split(' ')[1])]))
  }
  const memory = function* (prefix: string): Run<{ usage: number; max: number; failcnt: number; limit: number }> {
    return {
      usage: yield* number('memory', `${prefix}.usage_in_bytes`), max: yield* number('memory', `${prefix}.max_usage_in_bytes`),
      failcnt: yield* number('memory', `${prefix}.failcnt`), limit: yield* number('memory', `${prefix}.limit_in_bytes`),
    }
  }
  const TICK_NS = 10_000_000
  const stat = yield* pairs('cpuacct', 'cpuacct.stat')
  const perCpu = ((yield* readOrEmpty(sys, `${paths.cpuacct ?? ''}/cpuacct.usage_percpu`)) ?? '').trim().split(/\s+/).filter((t) => t !== '').map(Number)
  return {
    id, timestamp: now(sys),
    pids: { current: yield* number('pids', 'pids.current'), limit: yield* number('pids', 'pids.max') },
    cpu: { total: yield* number('cpuacct', 'cpuacct.usage'), kernel: (stat.system ?? 0) * TICK_NS, user: (stat.user ?? 0) * TICK_NS, perCpu },
    memoryStat: yield* pairs('memory', 'memory.stat'), memory: yield* memory('memory'), kernelMemory: yield* memory('memory.kmem'),
  }
}

/** The same figures from a group of version 2. */
function* unifiedMetrics(sys: Sys, id: string, path: string): Run<Metrics> {
  const text = function* (file: string): Run<string> {
    return ((yield* readOrEmpty(sys, `${path}/${file}`)) ?? '').trim()
  }
  const number = function* (file: string): Run<number> {
    const value = yield* text(file)
    return value === 'max' ? Number.MAX_SAFE_INTEGER * 1024 : Number(value) || 0
  }
  const pairs = function* (file: string): Run<ReadonlyMap<string, number>> {
    return new Map((yield* text(file)).split('\n').map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1] ?? 0)]))
  }
  const cpu = yield* pairs('cpu.stat')
  const memory = yield* pairs('memory.stat')
  const none = { usage: 0, max: 0, failcnt: 0, limit: 0 }
  const counted = function* (file: string): Run<string> {
    const value = yield* text(file)
    return value === 'max' ? '18446744073709551615' : value || '0'
  }
  const unified: [string, string][] = [['pids.current', yield* counted('pids.current')], ['pids.limit', yield* counted('pids.max')]]
  for (const name of ['usage_usec', 'user_usec', 'system_usec', 'nr_periods', 'nr_throttled', 'throttled_usec']) unified.push([`cpu.${name}`, String(cpu.get(name) ?? 0)])
  const limits = [['usage', 'current'], ['usage_limit', 'max'], ['swap_usage', 'swap.current'], ['swap_limit', 'swap.max']] as const
  for (const [name, file] of limits) unified.push([`memory.${name}`, yield* counted(`memory.${file}`)])
  return {
    id, timestamp: now(sys), unified,
    pids: { current: yield* number('pids.current'), limit: yield* number('pids.max') },
    cpu: { total: (cpu.get('usage_usec') ?? 0) * 1000, kernel: (cpu.get('system_usec') ?? 0) * 1000, user: (cpu.get('user_usec') ?? 0) * 1000, perCpu: [] },
    memoryStat: { total_inactive_file: memory.get('inactive_file') ?? 0, total_rss: memory.get('anon') ?? 0, total_pgfault: memory.get('pgfault') ?? 0, total_pgmajfault: memory.get('pgmajfault') ?? 0 },
    memory: { ...none, usage: yield* number('memory.current'), limit: yield* number('memory.max') }, kernelMemory: none,
  }
}
