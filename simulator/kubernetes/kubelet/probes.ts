/** Liveness, readiness and startup probes: a coroutine each (pkg/kubelet/prober: worker.go, prober_manager.go). Recording: golden probes. */
import type { Run } from '../../kernel/run'
import type { Container, ContainerStatus, Pod, Probe } from '../api/objects'
import type { KubeletContext } from './context'
import { probeOnce } from './probing'

const KINDS = ['startup', 'readiness', 'liveness'] as const
type Kind = (typeof KINDS)[number]

const WORDS: Readonly<Record<Kind, { readonly field: 'startupProbe' | 'readinessProbe' | 'livenessProbe'; readonly name: string }>> = {
  startup: { field: 'startupProbe', name: 'Startup' }, readiness: { field: 'readinessProbe', name: 'Readiness' }, liveness: { field: 'livenessProbe', name: 'Liveness' },
}

/** What a container is before it has been probed. */
const AT_FIRST: Readonly<Record<Kind, Result>> = { startup: 'unknown', readiness: 'failure', liveness: 'success' }

type Result = 'success' | 'failure' | 'unknown'

const PERIOD_S = 10
const FAILURES = 3

/** Whom a pod's probes tell. */
export interface Listener {
  /** A container has to be restarted, or has come up. */
  changed(): void
  ready(): Run
  tell(type: 'Warning', reason: string, message: string, container: string): Run
}

/** One probe of one container. */
interface Worker {
  readonly kind: Kind
  readonly container: Container
  readonly probe: Probe
  containerID: string
  result: Result
  last: Result
  run: number
  /** Nothing more is asked of this container: it is to be restarted. */
  held: boolean
}

export class Prober {
  private readonly kubelet: Pick<KubeletContext, 'sys' | 'cri'>
  private readonly pod: () => Pod
  private readonly listener: Listener
  private workers: readonly Worker[] = []
  private stopped = false
  constructor(kubelet: Pick<KubeletContext, 'sys' | 'cri'>, pod: () => Pod, listener: Listener) {
    this.kubelet = kubelet
    this.pod = pod
    this.listener = listener
  }
  start(): void {
    this.workers = this.pod().spec.containers.flatMap((container) =>
      KINDS.flatMap((kind): Worker[] => {
        const probe = container[WORDS[kind].field]
        return probe ? [{ kind, container, probe, containerID: '', result: AT_FIRST[kind], last: 'unknown', run: 0, held: false }] : []
      }),
    )
    for (const worker of this.workers) this.kubelet.sys.go(this.loop(worker))
  }
  stop(): void {
    this.stopped = true
  }
  private of(container: string, kind: Kind): Worker | undefined {
    return this.workers.find((w) => w.kind === kind && w.container.name === container)
  }
  verdict(container: string): { started: boolean; ready: boolean } {
    const startup = this.of(container, 'startup')
    const started = !startup || startup.result === 'success'
    const readiness = this.of(container, 'readiness')
    return { started, ready: started && (!readiness || readiness.result === 'success') }
  }
  /** Why a running container is to be restarted. */
  fault({ name }: Container, id: string): string | undefined {
    const failed = (kind: Kind): boolean => {
      const worker = this.of(name, kind)
      return worker?.result === 'failure' && worker.containerID === `containerd://${id}`
    }
    if (failed('liveness')) return `Container ${name} failed liveness probe`
    return failed('startup') ? `Container ${name} failed startup probe` : undefined
  }
  private *loop(worker: Worker): Run {
    const { sys } = this.kubelet
    const period = (worker.probe.periodSeconds ?? PERIOD_S) * 1e9
    let tick = sys.monotonic()
    while (!this.stopped && (yield* this.step(worker))) {
      tick += period
      // A probe that takes longer than its period misses ticks.
      while (tick < sys.monotonic()) tick += period
      yield* sys.sleep(tick - sys.monotonic())
    }
  }
  /** One tick. Its value is whether there will be another. */
  private *step(worker: Worker): Run<boolean> {
    const { sys } = this.kubelet
    const { kind, container, probe } = worker
    const { status, spec, metadata } = this.pod()
    if (status.phase === 'Failed' || status.phase === 'Succeeded') return false
    const own = status.containerStatuses?.find((s) => s.name === container.name)
    if (!own?.containerID) return true
    if (worker.containerID !== own.containerID) {
      worker.containerID = own.containerID
      worker.held = false
      yield* this.conclude(worker, AT_FIRST[kind])
    }
    if (worker.held) return true
    if (!own.state.running) {
      yield* this.conclude(worker, 'failure')
      return own.state.terminated === undefined || spec.restartPolicy !== 'Never'
    }
    if (metadata.deletionTimestamp && kind !== 'readiness') return false
    if (sys.now().sec - Date.parse(own.state.running.startedAt) / 1000 < (probe.initialDelaySeconds ?? 0)) return true
    if (this.verdict(container.name).started === (kind === 'startup')) return true
    const result = yield* this.ask(worker, own)
    worker.run = result === worker.last ? worker.run + 1 : 1
    worker.last = result
    const enough = result === 'failure' ? (probe.failureThreshold ?? FAILURES) : (probe.successThreshold ?? 1)
    if (worker.run < enough) return true
    yield* this.conclude(worker, result)
    if (result === 'failure' && kind !== 'readiness') {
      worker.held = true
      worker.run = 0
    }
    return true
  }
  private *ask({ kind, container, probe }: Worker, { containerID = '' }: ContainerStatus): Run<'success' | 'failure'> {
    const { result, output } = yield* probeOnce(this.kubelet, { probe, container, id: containerID.replace('containerd://', ''), ip: this.pod().status.podIP ?? '' })
    if (result !== 'success') yield* this.listener.tell('Warning', 'Unhealthy', `${WORDS[kind].name} probe ${result === 'error' ? 'errored' : 'failed'}: ${output}`, container.name)
    return result === 'success' ? 'success' : 'failure'
  }
  private *conclude(worker: Worker, result: Result): Run {
    if (worker.result === result) return
    worker.result = result
    if (worker.kind === 'readiness') yield* this.listener.ready()
    else if (result === 'failure') this.listener.changed()
    else if (worker.kind === 'startup' && result === 'success') yield* this.listener.ready()
  }
}
