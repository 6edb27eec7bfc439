/** Starts tasks and further processes and stays with them until they end (cmd/ctr/commands/tasks/{start,exec,attach}.go). */
import { attend, rawTerminal } from './attend'
import type { Client } from './client'
import { deleteTask } from './container'
import { userOf } from './user'
import { joinStreams, nullStreams, openStreams, type Streams } from './stdio'
import { cniAdd, cniDel, CniError, type CniTarget } from '../../../cni/invoke'
import { loadNetwork } from '../../../containerd/gocni'
import { invalidArgument, isGrpc } from '../../../containerd/grpc'
import { optionsMessage } from '../../../containerd/shim/options'
import type { Container } from '../../../containerd/services'
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { quote } from '../../go/strconv'
import { type Context, ExitError, Failure } from '../../urfave/context'

type Terminal = 'tty' | 'pipes'

/** The first of containerd's runtimes, with a shim and a state of another kind. */
const OLDEST_RUNTIME = 'io.containerd.runtime.v1.linux'

/** Creates and starts a container's task; unless detached, waits for it and deletes it. */
export function* runTask(context: Context, client: Client, container: Container, choice: { readonly terminal: Terminal }): Run<void> {
  const { sys } = context
  const { terminal } = choice
  const id = container.ID
  if (container.Runtime.Name === OLDEST_RUNTIME) context.refuse(OLDEST_RUNTIME)
  if (terminal === 'tty' && context.bool('null-io')) throw new Failure('tty and null-io cannot be used together')
  const before = terminal === 'tty' ? rawTerminal(context) : null
  try {
    const network = context.bool('cni') ? yield* configuredNetwork(sys) : undefined
    const log = terminal === 'tty' ? '' : context.string('log-uri')
    const streams: Streams = context.bool('null-io')
      ? nullStreams
      : log !== ''
        ? logStreams(log)
      : openStreams(sys, { id, terminal, directory: context.string('fifo-dir'), onInputEnd: () => client.call((s, ns) => s.tasks.closeIO(ns, id, {})) })
    const rootfs = container.SnapshotKey === '' ? [] : yield* client.call((s, ns) => s.snapshots.mounts(ns, container.Snapshotter || 'overlayfs', container.SnapshotKey))
    let pid: number
    try {
      const options = context.bool('no-pivot') ? { options: optionsMessage({ no_pivot_root: true }) } : {}
      pid = (yield* client.call((s, ns) => s.tasks.create(ns, { containerId: id, rootfs, stdio: streams.stdio, ...options }))).pid
    } catch (error) {
      streams.discard()
      throw error
    }
    streams.created()
    const isDetached = context.bool('detach')
    const target = network === undefined ? undefined : { containerId: `${client.ns}-${id}`, netnsPath: `/proc/${pid}/ns/net`, ifName: 'eth0', conflist: network }
    try {
      if (context.isSet('pid-file')) yield* writePid(sys, context.string('pid-file'), pid)
      if (target) yield* connectTo(sys, target)
      yield* client.call((s, ns) => s.tasks.start(ns, id))
    } catch (error) {
      if (!isDetached) yield* quietly(deleteTask(client, id))
      throw error
    }
    if (isDetached) return
    const code = yield* attend(context, client, { id, execId: '' }, () => client.call((s, ns) => s.tasks.wait(ns, id)), terminal)
    yield* streams.finish()
    if (target) yield* cniDel(sys, target)
    yield* deleteTask(client, id)
    if (code !== 0) throw new ExitError('', code)
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

/** gocni.New with the default configuration: the first file of /etc/cni/net.d. */
function* configuredNetwork(sys: Sys): Run<string> {
  const network = yield* loadNetwork(sys)
  if (network.kind === 'failed') throw new Failure(network.why)
  return network.conflist
}

function* connectTo(sys: Sys, target: CniTarget): Run {
  try {
    yield* cniAdd(sys, target)
  } catch (error) {
    if (!(error instanceof CniError)) throw error
    throw new Failure(error.message)
  }
}

/** cio.LogURI: the shim finds where to write itself. */
function logStreams(uri: string): Streams {
  if (/^:/.test(uri)) throw new Failure(`parse ${quote(uri)}: missing protocol scheme`)
  return { stdio: { stdin: '', stdout: uri, stderr: uri, terminal: false }, created() {}, *finish() {}, discard() {} }
}

/** commands.WritePidFile: written beside its place, then moved there. */
function* writePid(sys: Sys, path: string, pid: number): Run {
  const [directory, name] = [path.slice(0, path.lastIndexOf('/') + 1), path.slice(path.lastIndexOf('/') + 1)]
  const beside = `${directory || `${sys.getcwd()}/`}.${name}`
  try {
    yield* sys.writeFile(beside, encode(String(pid)), { mode: 0o666 })
    sys.rename(beside, path)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`open ${beside}: ${error.message.toLowerCase()}`)
  }
}

/** What is deferred: how it goes matters to nobody. */
export function* quietly(work: Run<unknown>): Run {
  try {
    yield* work
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}

/** Runs one more process in a container's task. */
export function* execInTask(context: Context, client: Client, container: Container, args: readonly string[]): Run<void> {
  const { sys } = context
  const id = container.ID
  const execId = context.string('exec-id')
  checkExecId(execId)
  const terminal: Terminal = context.bool('tty') ? 'tty' : 'pipes'
  const process = container.Spec.process
  if (process === undefined) throw new Failure('container has no process')
  const who = context.string('user')
  const user = who === '' ? process.user : yield* userOf(sys, yield* client.call((s, ns) => s.snapshots.mounts(ns, container.Snapshotter || 'overlayfs', container.SnapshotKey)), who, 'exec')
  const spec = { ...process, user, terminal: terminal === 'tty', args: [...args], cwd: context.string('cwd') || process.cwd }
  yield* client.call((s, ns) => s.tasks.get(ns, id))
  const before = terminal === 'tty' ? rawTerminal(context) : null
  try {
    const log = context.string('log-uri')
    const streams = log === '' ? openStreams(sys, {
      id: execId,
      terminal,
      directory: context.string('fifo-dir'),
      onInputEnd: () => client.call((s, ns) => s.tasks.closeIO(ns, id, { execId })),
    }) : logStreams(log)
    try {
      yield* client.call((s, ns) => s.tasks.exec(ns, id, { execId, stdio: streams.stdio, spec }))
    } catch (error) {
      streams.discard()
      throw error
    }
    streams.created()
    const isDetached = context.bool('detach')
    try {
      yield* client.call((s, ns) => s.tasks.start(ns, id, execId))
    } catch (error) {
      streams.discard()
      if (!isDetached) yield* quietDeleteProcess(client, id, execId)
      throw error
    }
    if (isDetached) return
    const code = yield* attend(context, client, { id, execId }, () => client.call((s, ns) => s.tasks.wait(ns, id, execId)), terminal)
    yield* streams.finish()
    yield* quietDeleteProcess(client, id, execId)
    if (code !== 0) throw new ExitError('', code)
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

const IDENTIFIER = /^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$/

const LONGEST_IDENTIFIER = 76

function checkExecId(id: string): void {
  if (id === '') throw invalidArgument('exec id must not be empty')
  if (id.length > LONGEST_IDENTIFIER) throw new Failure(`invalid exec id ${id}: identifier "${id}" greater than maximum length (${LONGEST_IDENTIFIER} characters): invalid argument`)
  if (!IDENTIFIER.test(id)) throw new Failure(`invalid exec id ${id}: identifier "${id}" must match ${IDENTIFIER.source}: invalid argument`)
}

function* quietDeleteProcess(client: Client, id: string, execId: string): Run {
  try {
    yield* client.call((s, ns) => s.tasks.deleteProcess(ns, id, execId))
  } catch (error) {
    if (!isGrpc(error)) throw error
  }
}

/** Joins the streams of a task that runs: what its FIFOs carry from now on. */
export function* attachTask(context: Context, client: Client, container: Container): Run<void> {
  const { sys } = context
  const id = container.ID
  const task = yield* client.call((s, ns) => s.tasks.get(ns, id))
  const terminal: Terminal = container.Spec.process?.terminal ? 'tty' : 'pipes'
  const before = terminal === 'tty' ? rawTerminal(context) : null
  try {
    // What has ended has nothing more to say.
    const streams = task.status === 'STOPPED' ? nullStreams : joinStreams(sys, task, { directory: directoryOf(task.stdout || task.stdin), onInputEnd: nothing })
    streams.created()
    const code = yield* attend(context, client, { id, execId: '' }, () => client.call((s, ns) => s.tasks.wait(ns, id)), terminal)
    yield* streams.finish()
    yield* quietly(deleteTask(client, id))
    if (code !== 0) throw new ExitError('', code)
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

/** An end of input is not told: another may attach. */
function* nothing(): Run {}

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
