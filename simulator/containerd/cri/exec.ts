/**
 * Commands in containers, attaching and forwarding: the calls themselves, and what the streaming server then does on the connection
 * (pkg/cri/server container_execsync.go, container_exec.go, container_attach.go, sandbox_portforward_linux.go; pkg/cri/streaming).
 */
import { concat } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { randomHex } from '../digest'
import { removeAll } from '../files'
import { GrpcError, isGrpc } from '../grpc'
import type { StoredContainer } from '../metadata/records'
import { mergeEnv } from '../oci/image'
import { CONTAINER_STATE, type ContainerStreams, stateOf } from './containers'
import type { CriContext } from './context'
import { K8S } from './images'
import { needByPrefix } from './ids'
import { drain, type Fifos, makeFifos, stdioOf, streamsOf } from './io'
import { type Chunk, type RuntimeService, StreamError } from './services'
import { Output } from './streams'
import { connectInPod } from './portforward'

const NS_PER_S = 1_000_000_000
/** Of each stream, so much comes back from ExecSync; the rest is dropped. */
const MOST_OUTPUT = 16 * 1024 * 1024

interface Process {
  readonly containerId: string
  readonly execId: string
  readonly directory: string
}

type Calls = Pick<RuntimeService, 'exec' | 'execSync' | 'attach' | 'portForward'>

export function execCalls(context: CriContext, streams: ContainerStreams): Calls {
  const { sys, db, services } = context
  const running = (id: string, sentence: string): StoredContainer => {
    const container = needByPrefix(db.criContainers.values(), id, sentence, context.release)
    const state = stateOf(container)
    if (state !== 'CONTAINER_RUNNING') throw new GrpcError('Unknown', `container is in ${state} state`)
    return container
  }
  /** Starts the process with FIFOs of its own; `read` begins to read them. */
  const begin = function* (c: StoredContainer, cmd: readonly string[], options: { readonly stdin: 'stdin' | 'none'; readonly terminal: 'tty' | 'pipes' }, read: (fifos: Fifos) => void): Run<Process> {
    const process = db.containers(K8S).get(c.id)?.Spec.process
    if (!process) throw new GrpcError('Unknown', 'failed to load task')
    const execId = randomHex(sys, 64)
    const directory = `${CONTAINER_STATE}/${c.id}/io/${sys.random() % 4_294_967_296}`
    const fifos = makeFifos(sys, directory, execId, options)
    const { terminal: _, ...rest } = process
    const spec = options.terminal === 'tty' ? { terminal: true, ...rest, env: mergeEnv(process.env ?? [], ['TERM=xterm']) } : rest
    try {
      try {
        yield* services.tasks.exec(K8S, c.id, { execId, stdio: stdioOf(fifos), spec: { ...spec, args: [...cmd] } })
      } catch (error) {
        if (!isGrpc(error)) throw error
        throw new GrpcError(error.code, `failed to create exec "${execId}": ${error.message}`)
      }
      try {
        read(fifos)
        yield* services.tasks.start(K8S, c.id, execId)
      } catch (error) {
        if (!isGrpc(error)) throw error
        yield* services.tasks.deleteProcess(K8S, c.id, execId)
        throw new GrpcError(error.code, `failed to start exec "${execId}": ${error.message}`)
      }
    } catch (error) {
      removeAll(sys, directory)
      throw error
    }
    return { containerId: c.id, execId, directory }
  }
  /** The process' end: its status, once all its output has been read. */
  const finish = function* ({ containerId, execId, directory }: Process, drained: () => Run): Run<number> {
    const { exitStatus } = yield* services.tasks.wait(K8S, containerId, execId)
    yield* drained()
    yield* services.tasks.deleteProcess(K8S, containerId, execId)
    removeAll(sys, directory)
    return exitStatus
  }
  /** Copies a command's FIFOs to the client. */
  const read = (fifos: Fifos, output: Output): void => {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (fifos[stream] !== '') sys.go(each(stream, fifos[stream], output))
    }
  }
  const each = function* (stream: Chunk['stream'], path: string, output: Output): Run {
    yield* drain(sys, path, (bytes) => output.push(stream, bytes))
    output.end()
  }
  return {
    *execSync(id, cmd, timeout) {
      const words = 'failed to exec in container'
      const output = new Output(sys, 2)
      let process: Process
      try {
        process = yield* begin(running(id, `failed to find container "${id}" in store`), cmd, { stdin: 'none', terminal: 'pipes' }, (fifos) => read(fifos, output))
      } catch (error) {
        if (!isGrpc(error)) throw error
        throw new GrpcError(error.code, `${words}: ${error.message}`)
      }
      const collected: Record<Chunk['stream'], Uint8Array[]> = { stdout: [], stderr: [] }
      const kept = { stdout: 0, stderr: 0 }
      const drained = sys.futex()
      let isOpen = true
      sys.go(
        (function* (): Run {
          let seen = 0
          for (;;) {
            const chunk = yield* output.next(seen)
            if (chunk === null) break
            seen = chunk.number
            const bytes = chunk.bytes.subarray(0, MOST_OUTPUT - kept[chunk.stream])
            collected[chunk.stream].push(bytes)
            kept[chunk.stream] += bytes.length
          }
          isOpen = false
          drained.wake()
        })(),
      )
      let late = false
      if (timeout > 0) sys.go(killAfter(timeout, process, () => { late = true }))
      const exitCode = yield* finish(process, function* () {
        while (isOpen) yield* drained.wait()
      })
      if (late) throw new GrpcError('DeadlineExceeded', `${words}: timeout ${timeout}s exceeded: context deadline exceeded`)
      return { stdout: concat(collected.stdout), stderr: concat(collected.stderr), exitCode }
    },
    *exec(id, cmd, options) {
      const container = running(id, `failed to find container "${id}" in store`)
      const output = new Output(sys, options.terminal === 'tty' ? 1 : 2)
      let stdin = ''
      let process: Process
      try {
        process = yield* begin(container, cmd, options, (fifos) => {
          stdin = fifos.stdin
          read(fifos, output)
        })
      } catch (error) {
        if (!isGrpc(error)) throw error
        throw new StreamError(`Internal error occurred: error executing command in container: failed to exec in container: ${error.message}`)
      }
      const { containerId, execId } = process
      let input = -1
      const openInput = function* (): Run {
        if (input < 0) input = yield* sys.open(stdin, { write: true, closeOnExec: true })
      }
      return {
        *write(bytes) {
          if (stdin === '') return
          yield* openInput()
          try {
            yield* sys.write(input, bytes)
          } catch (error) {
            // The command has ended: nobody reads any more.
            if (!isErrno(error)) throw error
          }
        },
        *closeInput() {
          if (stdin === '') return
          yield* openInput()
          sys.close(input)
          stdin = ''
          try {
            yield* services.tasks.closeIO(K8S, containerId, { execId })
          } catch (error) {
            if (!isGrpc(error)) throw error
          }
        },
        next: (seen) => output.next(seen),
        resize: (size) => services.tasks.resizePty(K8S, containerId, { execId, ...size }),
        wait: () => finish(process, nothing),
      }
    },
    *attach(id) {
      const container = running(id, 'failed to find container in store')
      const { id: containerId, config } = container
      const io = streamsOf(sys, streams, CONTAINER_STATE, container)
      const output = io.attach()
      return {
        write: (bytes) => io.write(bytes),
        *closeInput() {
          if (!config.stdin_once) return
          io.closeInput()
          yield* services.tasks.closeIO(K8S, containerId, {})
        },
        next: (seen) => output.next(seen),
        resize: (size) => services.tasks.resizePty(K8S, containerId, size),
        *wait() {
          return 0
        },
      }
    },
    *portForward(id) {
      const sandbox = needByPrefix(db.sandboxes.values(), id, `failed to find sandbox "${id}"`, context.release)
      if (sandbox.state !== 'READY') throw new GrpcError('Unknown', 'sandbox container is not running')
      return { connect: (port) => connectInPod(context, sandbox, port) }
    },
  }
  function* killAfter(seconds: number, { containerId, execId }: Process, mark: () => void): Run {
    yield* sys.sleep(seconds * NS_PER_S)
    try {
      const { status } = yield* services.tasks.get(K8S, containerId, execId)
      if (status !== 'RUNNING') return
      mark()
      yield* services.tasks.kill(K8S, containerId, { execId, signal: 9 })
    } catch (error) {
      if (!isGrpc(error)) throw error
    }
  }
}

function* nothing(): Run {}
