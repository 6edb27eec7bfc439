/**
 * containerd-shim-runc-v2 as a daemon (runtime/v2/runc/v2/service.go): it holds the containers of one group (a pod, or one container of
 * `ctr run`), runs runc for them, is their processes' parent (a subreaper), tells containerd what happens, and ends with the last.
 */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Futex, Sys, WaitStatus } from '../../kernel/sys'
import { failedPrecondition, GrpcError, notFound, unknownError } from '../grpc'
import { exists, heldDescriptors, makeDirectories, removeAll, unmountAll } from '../files'
import type { OciProcess } from '../oci/types'
import { frozen, readOrEmpty, setResources } from '../runc/cgroups'
import { RuncError } from '../runc/error'
import { consoleSocket } from '../runc/console'
import { containersIn, pids as runcPids, remove as runcRemove, runcRoot } from '../runc/index'
import { type ContainerState, readState, statePath } from '../runc/state'
import { type DeleteResponse, NO_STDIO, type Stdio, type TaskProcess, type TaskStatus } from '../services'
import { now, ZERO_TIME } from '../time'
import { goOn } from './held'
import { openIo, type ProcessIo } from './io'
import { LogError, type Place } from './log'
import { DEFAULT_RUNTIME, findRuntime, readOptions, stateRoot, writeOptions } from './options'
import { bundleOf, isForwarder, readAddress, SHIM, type ShimService, TTRPC_SOCKET } from './protocol'

const SIGNALED = 128
/** While runc ends and the shim takes notice, ns, what was exec'd runs already: a short program is over by then (seen with runc 1.1.5). */
const EXEC_TAIL = 8_000_000

interface Process {
  readonly containerId: string
  readonly execId: string
  readonly stdio: Stdio
  readonly spec: OciProcess | null
  readonly io: ProcessIo | null
  pid: number
  status: TaskStatus
  exitStatus: number
  exitedAt: string
  /** The terminal's master, when there is one. */
  master: number
}

interface ShimOptions {
  readonly namespace: string
  readonly socket: string
}

/** Serves until it is told to shut down. */
export function* serveShim(sys: Sys, { namespace, socket }: ShimOptions): Run<number> {
  const shim = new Shim(sys, namespace)
  sys.setChildSubreaper()
  yield* shim.restore(socket)
  removeAll(sys, socket)
  sys.serve(socket, shim.service)
  sys.chmod(socket, 0o600)
  sys.go(shim.reap())
  yield* shim.over()
  try {
    sys.unlink(socket)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  return 0
}

class Shim {
  readonly service: ShimService
  private readonly sys: Sys
  private readonly namespace: string
  private readonly root: string
  private readonly processes = new Map<string, Process>()
  /** How children ended, until someone asks. */
  private readonly exits = new Map<number, WaitStatus>()
  private readonly deleting = new Set<Process>()
  private readonly changed: Futex
  private ended = false
  constructor(sys: Sys, namespace: string) {
    this.sys = sys
    this.namespace = namespace
    this.root = runcRoot(namespace)
    this.changed = sys.futex()
    this.service = this.makeService()
  }
  *over(): Run {
    while (!this.ended) yield* this.changed.wait()
  }
  /** A shim of a captured node finds the containers that are its children already. */
  *restore(socket: string): Run {
    const { sys } = this
    const children = new Set(((yield* readOrEmpty(sys, '/proc/thread-self/children')) ?? '').split(' ').filter(Boolean).map(Number))
    if (children.size === 0) return exists(sys, socket) ? yield* this.restoreEnded(socket) : undefined
    const held = heldDescriptors(sys)
    for (const id of yield* this.containersOf(children)) {
      const state = yield* this.stateOf(id)
      if (!state || !children.has(state.init_process_pid)) continue
      const status = (yield* frozen(sys, state.cgroup_paths)) ? 'PAUSED' : 'RUNNING'
      this.takeUp(state, status, yield* goOn(sys, id, state.init_process_pid, held))
    }
  }
  /** What has ended and was not deleted has no process to know it by, but its bundle says who holds it. */
  private *restoreEnded(socket: string): Run {
    const { sys } = this
    for (const id of containersIn(sys, this.root)) {
      if ((yield* readAddress(sys, bundleOf(this.namespace, id))) !== `unix://${socket}`) continue
      const state = yield* this.stateOf(id)
      if (state) this.takeUp(state, 'STOPPED', { stdio: NO_STDIO, io: null })
    }
  }
  /** What runc has written of a container; a directory that somebody else has made is none. */
  private *stateOf(id: string): Run<ContainerState | undefined> {
    return exists(this.sys, statePath(this.root, id)) ? yield* readState(this.sys, this.root, id) : undefined
  }
  private takeUp({ id, init_process_pid: pid }: ContainerState, status: TaskStatus, streams: Pick<Process, 'stdio' | 'io'>): void {
    this.processes.set(key(id, ''), { containerId: id, execId: '', ...streams, spec: null, pid, status, exitStatus: 0, exitedAt: ZERO_TIME, master: -1 })
  }
  /** Those that are named by the groups of these processes; all, where a group was given another name. */
  private *containersOf(pids: ReadonlySet<number>): Run<string[]> {
    const groups: string[] = []
    for (const pid of pids) groups.push((yield* readOrEmpty(this.sys, `/proc/${pid}/cgroup`)) ?? '')
    const ids = containersIn(this.sys, this.root)
    const named = ids.filter((id) => groups.some((group) => group.includes(id)))
    return named.length < pids.size ? ids : named
  }
  /** Takes the end of every child, its own and those that became it. */
  *reap(): Run {
    const { sys } = this
    for (;;) {
      try {
        const ended = yield* sys.wait(-1)
        if (!ended) continue
        this.exits.set(ended.pid, ended.status)
        for (const process of this.processes.values()) if (process.pid === ended.pid && process.status !== 'STOPPED') yield* this.exited(process, ended.status)
        this.changed.wake()
      } catch (error) {
        if (isErrno(error, 'ECHILD')) yield* this.changed.wait()
        else if (!isErrno(error, 'EINTR')) throw error
      }
    }
  }
  private *exited(process: Process, status: WaitStatus): Run {
    process.status = 'STOPPED'
    process.exitStatus = status.kind === 'exited' ? status.code : status.kind === 'signaled' ? SIGNALED + status.signo : 0
    process.exitedAt = now(this.sys)
    if (process.execId === '') yield* this.killRest(process.containerId)
    this.sys.go(this.publishExit(process))
  }
  /** When a container's init dies in a shared pid namespace, the shim kills what is left of the container (`KillAll`). */
  private *killRest(id: string): Run {
    const bundle = bundleOf(this.namespace, id)
    const text = yield* readOrEmpty(this.sys, `${bundle}/config.json`)
    if (text === undefined) return
    const spec: { linux?: { namespaces?: { type: string; path?: string }[] } } = JSON.parse(text)
    const own = spec.linux?.namespaces?.some((n) => n.type === 'pid' && !n.path)
    if (own) return
    for (const pid of yield* runcPids(this.sys, yield* this.rootOf(id), id)) this.sys.kill(pid, 9)
  }
  private *publishExit(process: Process): Run {
    process.io?.closeStdin()
    yield* process.io?.drained() ?? nothing()
    process.io?.close()
    process.master = -1
    yield* this.publish('/tasks/exit', 'TaskExit', {
      container_id: process.containerId, id: process.execId || process.containerId, pid: process.pid, ...(process.exitStatus ? { exit_status: process.exitStatus } : {}), exited_at: process.exitedAt,
    })
  }
  private *publish(topic: string, type: string, event: Readonly<Record<string, unknown>>): Run {
    const { sys } = this
    try {
      const events = sys.dial(TTRPC_SOCKET)
      if (!isForwarder(events)) return
      const envelope = { timestamp: now(sys), namespace: this.namespace, topic, type: `containerd.events.${type}`, event }
      yield* sys.call(events, (e) => e.forward(envelope))
    } catch (error) {
      // containerd is not there: the event is lost, as it is for a real shim once its queue is full.
      if (!isErrno(error)) throw error
    }
  }
  private get(id: string, execId: string): Process {
    const found = this.processes.get(key(id, execId))
    if (!found) throw execId === '' ? notFound(`container not created`) : notFound(`process ${execId} does not exist`)
    return found
  }
  private *waitPid(pid: number): Run<WaitStatus> {
    for (;;) {
      const status = this.exits.get(pid)
      if (status) {
        this.exits.delete(pid)
        return status
      }
      yield* this.changed.wait()
    }
  }
  /** Runs `runc …`; what it wrote to its log when it failed. */
  private *runc(args: readonly string[], options: { readonly bundle: string; readonly io?: ProcessIo; readonly pid?: number }): Run<void> {
    const { sys } = this
    const { bundle } = options
    const log = `${bundle}/log.json`
    const chosen = yield* readOptions(sys, bundle)
    const runtime = findRuntime(sys, chosen)
    if ('failure' in runtime) throw new RuncFailure(yield* this.lastWords(log, runtime.failure))
    const name = chosen.binary_name || DEFAULT_RUNTIME
    const globals = ['--root', stateRoot(chosen, bundle, this.namespace), '--log', log, '--log-format', 'json', ...(chosen.systemd_cgroup ? ['--systemd-cgroup'] : [])]
    const env = new Map(sys.env)
    if (options.pid !== undefined) env.set('SET_TID', String(options.pid))
    const child = sys.fork(function* (self) {
      // What a thread of Go's runtime blocks is not for what it starts.
      self.blockSignals(new Set())
      const streams = options.io?.child
      if (streams) for (const [fd, from] of streams.entries()) self.dup2(from, fd)
      return yield* self.exec(runtime.path, [name, ...globals, ...args], env)
    })
    this.changed.wake()
    const status = yield* this.waitPid(child)
    if (status.kind === 'exited' && status.code === 0) return
    throw new RuncFailure(yield* this.lastWords(log, `${name} did not terminate successfully: exit status ${status.kind === 'exited' ? status.code : -1}`))
  }
  /** Runs the runtime with a socket for the master of the terminal, where there is to be one (pkg/process, runc.NewTempConsoleSocket); the master. */
  private *withConsole(stdio: Stdio, work: (flags: readonly string[]) => Run): Run<number> {
    const { sys } = this
    if (!stdio.terminal) {
      yield* work([])
      return -1
    }
    let master = -1
    const directory = `/tmp/pty${sys.random() >>> 0}`
    const path = `${directory}/pty.sock`
    sys.mkdir(directory, 0o700)
    const listening = sys.serve(path, consoleSocket((passed) => {
      master = sys.takeDescriptor(passed)
    }))
    try {
      yield* work(['--console-socket', path])
    } finally {
      sys.close(listening)
      removeAll(sys, directory)
    }
    return master
  }
  /** What the runtime wrote to its log, where it did (pkg/process runtimeError). */
  private *lastWords(log: string, otherwise: string): Run<string> {
    const text = yield* readOrEmpty(this.sys, log)
    if (text === undefined) return `unable to retrieve OCI runtime error (open ${log}: no such file or directory): ${otherwise}`
    const last: { msg?: string } = JSON.parse(text.trim().split('\n').at(-1) || '{}')
    return last.msg ?? otherwise
  }
  private *rootOf(id: string): Run<string> {
    const bundle = bundleOf(this.namespace, id)
    return stateRoot(yield* readOptions(this.sys, bundle), bundle, this.namespace)
  }
  private makeService(): ShimService {
    const { sys, namespace } = this
    const shim = this
    return {
      [SHIM]: true,
      *create({ id, bundle, rootfs, stdio, options, pid }) {
        yield* writeOptions(sys, bundle, options)
        for (const { Type, Source, Options } of rootfs) sys.mount(Source, `${bundle}/rootfs`, Type, Options.filter((o) => !o.startsWith('index=')).join(','))
        const io = yield* ioOf(sys, stdio, { id, namespace }, `${bundle}/rootfs`)
        let master: number
        try {
          master = yield* shim.withConsole(stdio, (socket) => shim.runc(['create', '--bundle', bundle, ...socket, '--pid-file', `${bundle}/init.pid`, id], { bundle, io, ...(pid === undefined ? {} : { pid }) }))
        } catch (error) {
          // Whatever has the id in the way of it goes too: containerd has the shim's `delete` clean up.
          yield* runcRemove(sys, yield* shim.rootOf(id), id, 'force')
          unmountAll(sys, `${bundle}/rootfs`)
          throw ociError('create', error)
        }
        const init = yield* initOf(sys, bundle)
        const process: Process = {
          containerId: id, execId: '', stdio, spec: null, io, pid: init, status: 'CREATED', exitStatus: 0, exitedAt: ZERO_TIME, master,
        }
        shim.processes.set(key(id, ''), process)
        shim.began(process)
        yield* shim.publish('/tasks/create', 'TaskCreate', {
          container_id: id, bundle, rootfs: rootfs.map((m) => ({ type: m.Type, source: m.Source, options: m.Options })),
          io: { ...(stdio.stdin ? { stdin: stdio.stdin } : {}), ...(stdio.stdout ? { stdout: stdio.stdout } : {}), ...(stdio.stderr ? { stderr: stdio.stderr } : {}), ...(stdio.terminal ? { terminal: true } : {}) },
          pid: init,
        })
        return init
      },
      *start(id, execId) {
        const process = shim.get(id, execId)
        const bundle = bundleOf(namespace, id)
        if (process.status !== 'CREATED') throw unknownError(`cannot start a ${process.status.toLowerCase()} process`)
        try {
          if (execId === '') yield* shim.runc(['start', id], { bundle })
          else {
            const file = `${bundle}/${execId}.json`
            yield* sys.writeFile(file, encode(JSON.stringify(process.spec)), { mode: 0o600 })
            try {
              process.master = yield* shim.withConsole(process.stdio, (socket) =>
                shim.runc(['exec', '--process', file, ...socket, '--detach', '--pid-file', `${bundle}/${execId}.pid`, id], { bundle, ...(process.io ? { io: process.io } : {}) }),
              )
            } finally {
              sys.unlink(file)
            }
            const pid = Number(decode(yield* sys.readFile(`${bundle}/${execId}.pid`)))
            shim.began(process)
            yield* sys.sleep(EXEC_TAIL)
            process.pid = pid
          }
        } catch (error) {
          throw ociError(execId === '' ? 'start' : 'exec', error)
        }
        if (process.status === 'CREATED') process.status = 'RUNNING'
        const early = shim.exits.get(process.pid)
        if (execId === '') yield* shim.publish('/tasks/start', 'TaskStart', { container_id: id, pid: process.pid })
        else yield* shim.publish('/tasks/exec-started', 'TaskExecStarted', { container_id: id, exec_id: execId, pid: process.pid })
        if (early) yield* shim.exited(process, early)
        shim.changed.wake()
        return process.pid
      },
      *state(id, execId) {
        return shown(shim.get(id, execId))
      },
      *kill(id, execId, signal, whom) {
        const process = shim.get(id, execId)
        if (process.status === 'STOPPED') throw notFound('process already finished')
        if (execId === '') {
          try {
            yield* shim.runc(['kill', ...(whom === 'all' ? ['--all'] : []), id, String(signal)], { bundle: bundleOf(namespace, id) })
          } catch (error) {
            if (error instanceof RuncFailure && /container not running|does not exist/.test(error.message)) throw notFound('process already finished')
            if (error instanceof RuncFailure) throw unknownError(`unknown error after kill: runc did not terminate successfully: exit status 1: ${error.message}\n`)
            throw error
          }
        } else if (process.pid > 0) sys.kill(process.pid, signal)
        else throw failedPrecondition('process not created')
      },
      *exec(id, { execId, stdio, spec }) {
        const init = shim.get(id, '')
        if (init.status === 'PAUSED') throw unknownError('cannot exec in a paused state')
        if (init.status === 'STOPPED') throw unknownError('cannot exec in a stopped state')
        if (shim.processes.has(key(id, execId))) throw new GrpcError('AlreadyExists', `id ${execId}: already exists`)
        shim.processes.set(key(id, execId), {
          containerId: id, execId, stdio, spec, io: yield* execIo(sys, stdio, { id: execId, namespace }), pid: 0, status: 'CREATED', exitStatus: 0, exitedAt: ZERO_TIME, master: -1,
        })
        yield* shim.publish('/tasks/exec-added', 'TaskExecAdded', { container_id: id, exec_id: execId })
      },
      *delete(id, execId) {
        const process = shim.get(id, execId)
        if (process.status === 'RUNNING' || process.status === 'PAUSED') throw unknownError(`cannot delete a ${process.status.toLowerCase()} process`)
        // Two may ask at once: the CRI plugin deletes what it hears the end of.
        if (shim.deleting.has(process)) throw notFound('cannot delete a deleted process')
        shim.deleting.add(process)
        if (execId === '') {
          const bundle = bundleOf(namespace, id)
          yield* shim.runc(['delete', ...(process.status === 'CREATED' ? ['--force'] : []), id], { bundle })
          unmountAll(sys, `${bundle}/rootfs`)
          if (process.status === 'CREATED') process.exitStatus = SIGNALED + 9
        }
        else removeAll(sys, `${bundleOf(namespace, id)}/${execId}.pid`)
        shim.processes.delete(key(id, execId))
        return { id: execId || id, pid: process.pid, exitStatus: process.exitStatus, exitedAt: process.exitedAt } satisfies DeleteResponse
      },
      *pids(id) {
        shim.get(id, '')
        const execs = [...shim.processes.values()].filter((p) => p.containerId === id && p.execId !== '')
        return (yield* runcPids(sys, yield* shim.rootOf(id), id)).map((pid) => {
          const exec = execs.find((e) => e.pid === pid)
          return { pid, info: exec ? { execId: exec.execId } : null }
        })
      },
      *pause(id) {
        const process = shim.get(id, '')
        if (process.status !== 'RUNNING') throw unknownError(`cannot pause a ${process.status.toLowerCase()} container`)
        yield* shim.runc(['pause', id], { bundle: bundleOf(namespace, id) })
        process.status = 'PAUSED'
        yield* shim.publish('/tasks/paused', 'TaskPaused', { container_id: id })
      },
      *resume(id) {
        const process = shim.get(id, '')
        if (process.status !== 'PAUSED') throw unknownError(`cannot resume a ${process.status.toLowerCase()} ${process.status === 'RUNNING' ? 'process' : 'container'}`)
        yield* shim.runc(['resume', id], { bundle: bundleOf(namespace, id) })
        // What was killed while it was frozen dies with the thaw.
        if (process.status === 'PAUSED') process.status = 'RUNNING'
        yield* shim.publish('/tasks/resumed', 'TaskResumed', { container_id: id })
      },
      *update(id, resources) {
        try {
          yield* setResources(sys, (yield* readState(sys, yield* shim.rootOf(id), id)).cgroup_paths, resources)
        } catch (error) {
          if (!(error instanceof RuncError)) throw error
          throw unknownError(`runc did not terminate successfully: exit status 1: ${error.message}\n`)
        }
      },
      *wait(id, execId) {
        const process = shim.get(id, execId)
        while (process.status !== 'STOPPED') yield* shim.changed.wait()
        return { exitStatus: process.exitStatus, exitedAt: process.exitedAt }
      },
      *resizePty(id, execId, { width, height }) {
        const process = shim.get(id, execId)
        if (process.status === 'STOPPED') throw unknownError('cannot resize a stopped container')
        if (process.master >= 0) sys.setWindowSize(process.master, { cols: width, rows: height })
      },
      *closeIO(id, execId) {
        shim.get(id, execId).io?.closeStdin()
      },
      *containers() {
        return [...shim.processes.values()].filter((p) => p.execId === '').map((p) => p.containerId)
      },
      *shutdown() {
        if ([...shim.processes.values()].some((p) => p.execId === '')) return
        shim.ended = true
        shim.changed.wake()
      },
    }
  }
  /** A process exists: the shim lets go of the process' ends of its streams and starts copying. */
  private began(process: Process): void {
    const { sys } = this
    process.io?.begin(process.master)
    for (const fd of process.io?.child ?? []) if (sys.isOpen(fd)) sys.close(fd)
  }
}

/** What runc said when it failed. */
/** `delete`, which containerd runs when a shim has died: ends what it held, takes its mounts away (runtime/v2/runc/v2/service.go Cleanup). */
export function* deleteDead(sys: Sys, { namespace, id }: { readonly namespace: string; readonly id: string }): Run<number> {
  const bundle = bundleOf(namespace, id)
  yield* runcRemove(sys, stateRoot(yield* readOptions(sys, bundle), bundle, namespace), id, 'force')
  unmountAll(sys, `${bundle}/rootfs`)
  return 0
}

class RuncFailure extends Error {}

const ociError = (verb: string, error: unknown): unknown =>
  error instanceof RuncFailure ? unknownError(verb === 'exec' ? `OCI runtime exec failed: ${error.message}` : `failed to ${verb} shim task: OCI runtime ${verb} failed: ${error.message}`) : error

const key = (id: string, execId: string): string => `${id}/${execId}`

/** A place that nobody can write to is told before anything is created. */
function* ioOf(sys: Sys, stdio: Stdio, place: Place, rootfs: string): Run<ProcessIo> {
  try {
    return yield* openIo(sys, stdio, place)
  } catch (error) {
    unmountAll(sys, rootfs)
    if (error instanceof LogError) throw unknownError(`failed to create shim task: ${error.message}`)
    if (isErrno(error)) throw unknownError(`failed to create shim task: failed to open stdin fifo ${stdio.stdin}: stat ${stdio.stdin}: ${error.message.toLowerCase()}`)
    throw error
  }
}

function* execIo(sys: Sys, stdio: Stdio, place: Place): Run<ProcessIo> {
  try {
    return yield* openIo(sys, stdio, place)
  } catch (error) {
    if (error instanceof LogError) throw unknownError(error.message)
    throw error
  }
}

function* nothing(): Run {}

/** The pid that the runtime has left; one that is no OCI runtime leaves none. */
function* initOf(sys: Sys, bundle: string): Run<number> {
  const file = `${bundle}/init.pid`
  const text = yield* readOrEmpty(sys, file)
  if (text !== undefined) return Number(text)
  unmountAll(sys, `${bundle}/rootfs`)
  throw unknownError(`failed to create shim task: failed to retrieve OCI runtime container pid: open ${file}: no such file or directory`)
}

const shown = (p: Process): TaskProcess => ({
  containerId: p.containerId, id: p.execId, pid: p.pid, status: p.status, exitStatus: p.exitStatus, exitedAt: p.exitedAt, ...p.stdio,
})

/** `containerd-shim-runc-v2 … start`: forks the daemon and prints its address. */
export function* startShim(sys: Sys, { namespace, id, address, socket }: { readonly namespace: string; readonly id: string; readonly address: string; readonly socket: string }): Run<number> {
  makeDirectories(sys, '/run/containerd/s', 0o600)
  const pinned = sys.env.get('SET_TID')
  const env = new Map(sys.env)
  env.delete('SET_TID')
  const pid = sys.fork(
    function* (daemon) {
      daemon.setpgid(0, 0)
      const nowhere = yield* daemon.open('/dev/null', { read: true, write: true })
      for (const fd of [0, 1]) daemon.dup2(nowhere, fd)
      // Whoever reads what `start` says waits for its end; the daemon's own words go to the log in its bundle.
      daemon.dup2(exists(daemon, 'log') ? yield* daemon.open('log', { read: true, write: true }) : nowhere, 2)
      for (const fd of daemon.descriptors()) if (fd > 2) daemon.close(fd)
      return yield* daemon.exec(sys.argv[0] ?? '', [sys.argv[0] ?? '', '-namespace', namespace, '-id', id, '-address', address], env)
    },
    pinned === undefined ? {} : { setTid: Number(pinned) },
  )
  // The kernel's choice falls on a shim before it falls on containerd (shim.AdjustOOMScore).
  const score = Number((yield* readOrEmpty(sys, `/proc/${sys.ppid}/oom_score_adj`)) ?? 0)
  yield* sys.writeFile(`/proc/${pid}/oom_score_adj`, encode(String(score + 1)))
  yield* sys.write(1, encode(`unix://${socket}`))
  return 0
}
