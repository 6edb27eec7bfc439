/** One look at a container: a command in it, an HTTP request, a connection (pkg/kubelet/prober/prober.go, pkg/probe). */
import { isGrpc } from '../../containerd/grpc'
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { WaitQueue } from '../../kernel/waitqueue'
import type { Container, Probe } from '../api/objects'
import type { KubeletContext } from './context'

export interface Outcome {
  readonly result: 'success' | 'failure' | 'error'
  readonly output: string
}

export interface Probed {
  readonly probe: Probe
  readonly container: Container
  readonly id: string
  readonly ip: string
}

const TIMEOUT_S = 1
const LONGEST_ANSWER = 10_240

export function* probeOnce({ sys, cri }: Pick<KubeletContext, 'sys' | 'cri'>, { probe, container, id, ip }: Probed): Run<Outcome> {
  const timeout = probe.timeoutSeconds ?? TIMEOUT_S
  const { exec, httpGet, tcpSocket } = probe
  if (exec) {
    try {
      // 1.20 gives a command the time it wants (ExecProbeTimeout came later on).
      const { exitCode, stdout, stderr } = yield* cri((services) => services.runtime.execSync(id, exec.command, 0))
      return { result: exitCode === 0 ? 'success' : 'failure', output: decode(stdout) + decode(stderr) }
    } catch (error) {
      if (!isGrpc(error)) throw error
      return { result: 'error', output: `rpc error: code = ${error.code} desc = ${error.message}` }
    }
  }
  const asked = httpGet ?? tcpSocket
  const port = portOf(container, asked?.port ?? 0)
  const host = asked?.host ?? ip
  if (httpGet) {
    const path = httpGet.path ?? '/'
    return yield* within(sys, timeout, () => getOnce(sys, { host, port, path: path.startsWith('/') ? path : `/${path}` }), () => `Get "${urlOf(host, port, path)}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`)
  }
  return yield* within(sys, timeout, () => connectOnce(sys, host, port), () => `dial tcp ${host}:${port}: i/o timeout`)
}

const urlOf = (host: string, port: number, path: string): string => `http://${host}:${port}${path.startsWith('/') ? path : `/${path}`}`

const portOf = (container: Container, port: number | string): number => (typeof port === 'number' ? port : (container.ports?.find((p) => p.name === port)?.containerPort ?? Number(port)))

/** The work's outcome, or that it took too long. */
function* within(sys: Sys, seconds: number, work: () => Run<Outcome>, late: () => string): Run<Outcome> {
  const queue = new WaitQueue()
  const state: { outcome?: Outcome } = {}
  sys.go(
    (function* () {
      state.outcome = yield* work()
      queue.wake()
    })(),
  )
  const end = sys.monotonic() + seconds * 1e9
  while (!state.outcome && sys.monotonic() < end) yield* sys.waitOn(queue, end - sys.monotonic())
  return state.outcome ?? { result: 'failure', output: late() }
}

function* connectOnce(sys: Sys, host: string, port: number): Run<Outcome> {
  const fd = sys.socket('inet', 'stream')
  try {
    yield* sys.connect(fd, { family: 'inet', address: host, port })
    return { result: 'success', output: '' }
  } catch (error) {
    if (!isErrno(error)) throw error
    return { result: 'failure', output: `dial tcp ${host}:${port}: connect: ${error.message.toLowerCase()}` }
  } finally {
    sys.close(fd)
  }
}

function* getOnce(sys: Sys, { host, port, path }: { readonly host: string; readonly port: number; readonly path: string }): Run<Outcome> {
  const url = urlOf(host, port, path)
  const fd = sys.socket('inet', 'stream')
  try {
    yield* sys.connect(fd, { family: 'inet', address: host, port })
  } catch (error) {
    sys.close(fd)
    if (!isErrno(error)) throw error
    return { result: 'failure', output: `Get "${url}": dial tcp ${host}:${port}: connect: ${error.message.toLowerCase()}` }
  }
  try {
    yield* sys.write(fd, encode(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUser-Agent: kube-probe/1.20\r\nAccept: */*\r\nConnection: close\r\n\r\n`))
    let answer = ''
    while (answer.length < LONGEST_ANSWER) {
      const part = yield* sys.read(fd, 4096)
      if (part.length === 0) break
      answer += decode(part)
    }
    const code = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? NaN)
    if (Number.isNaN(code)) return { result: 'failure', output: `Get "${url}": ${answer === '' ? 'EOF' : 'net/http: HTTP/1.x transport connection broken: malformed HTTP response'}` }
    return code >= 200 && code < 400 ? { result: 'success', output: '' } : { result: 'failure', output: `HTTP probe failed with statuscode: ${code}` }
  } catch (error) {
    if (!isErrno(error)) throw error
    return { result: 'failure', output: `Get "${url}": read tcp ${host}:${port}: read: ${error.message.toLowerCase()}` }
  } finally {
    sys.close(fd)
  }
}
