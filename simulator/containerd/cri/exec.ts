/** Commands in containers and attaching (pkg/cri/server container_execsync.go, container_exec.go, container_attach.go). */
import { concat } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { randomHex } from '../digest'
import { removeAll } from '../files'
import { GrpcError, isGrpc, notFound } from '../grpc'
import type { Stdio } from '../services'
import { findContainer } from './containers'
import type { CriContext } from './context'
import { K8S } from './images'
import { makeFifos } from './logs'
import type { RuntimeService } from './services'

const CHUNK = 32_768
const NS_PER_S = 1_000_000_000

export function execCalls(context: CriContext): Pick<RuntimeService, 'exec' | 'execSync' | 'attach'> {
  const { sys, db, services } = context
  const begin = function* (id: string, cmd: readonly string[], stdio: Stdio): Run<{ containerId: string; execId: string }> {
    const c = findContainer(context, id)
    if (!c) throw notFound(`failed to find container "${id}" in store`)
    if (c.pid === 0) throw new GrpcError('Unknown', `container is in ${c.finishedAt !== '0' ? 'CONTAINER_EXITED' : 'CONTAINER_CREATED'} state`)
    const process = db.containers(K8S).get(c.id)?.Spec.process
    if (!process) throw new GrpcError('Unknown', 'failed to load task')
    const execId = randomHex(sys, 64)
    const { terminal: _, ...rest } = process
    yield* services.tasks.exec(K8S, c.id, { execId, stdio, spec: { ...(stdio.terminal ? { terminal: true } : {}), ...rest, args: [...cmd] } })
    try {
      yield* services.tasks.start(K8S, c.id, execId)
    } catch (error) {
      if (!isGrpc(error)) throw error
      yield* services.tasks.deleteProcess(K8S, c.id, execId)
      throw new GrpcError(error.code, `failed to exec in container: failed to start exec "${execId}": ${error.message}`)
    }
    return { containerId: c.id, execId }
  }
  const wait = function* ({ containerId, execId }: { containerId: string; execId: string }): Run<number> {
    const { exitStatus } = yield* services.tasks.wait(K8S, containerId, execId)
    yield* services.tasks.deleteProcess(K8S, containerId, execId)
    return exitStatus
  }
  return {
    *execSync(id, cmd, timeout) {
      const directory = `/run/containerd/fifo/${sys.random()}`
      const fifos = makeFifos(sys, directory, 'exec')
      const collected = { stdout: new Uint8Array(0), stderr: new Uint8Array(0) }
      let open = 2
      const closed = sys.futex()
      const collect = function* (name: 'stdout' | 'stderr'): Run {
        const parts: Uint8Array[] = []
        try {
          const fd = yield* sys.open(fifos[name], { read: true, closeOnExec: true })
          for (;;) {
            const part = yield* sys.read(fd, CHUNK)
            if (part.length === 0) break
            parts.push(part)
          }
          sys.close(fd)
        } catch (error) {
          if (!isErrno(error)) throw error
        }
        if (parts.length > 0) collected[name] = new Uint8Array(concat(parts))
        open--
        closed.wake()
      }
      sys.go(collect('stdout'))
      sys.go(collect('stderr'))
      try {
        const process = yield* begin(id, cmd, { stdin: '', stdout: fifos.stdout, stderr: fifos.stderr, terminal: false })
        let late = false
        if (timeout > 0) sys.go(killAfter(timeout, process, () => { late = true }))
        const exitCode = yield* wait(process)
        if (late) throw new GrpcError('DeadlineExceeded', `failed to exec in container: timeout ${timeout}s exceeded: context deadline exceeded`)
        while (open > 0) yield* closed.wait()
        return { ...collected, exitCode }
      } finally {
        removeAll(sys, directory)
      }
    },
    *exec(id, cmd, stdio) {
      const process = yield* begin(id, cmd, stdio)
      return {
        wait: () => wait(process),
        *resize({ width, height }) {
          yield* services.tasks.resizePty(K8S, process.containerId, { execId: process.execId, width, height })
        },
      }
    },
    *attach() {
      throw new GrpcError('Unimplemented', 'attach is not simulated in this lab')
    },
  }
  function* killAfter(seconds: number, { containerId, execId }: { containerId: string; execId: string }, mark: () => void): Run {
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
