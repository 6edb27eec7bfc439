/**
 * Tells the API server of the pods' statuses, one after the other and no faster than the kubelet's client may ask (pkg/kubelet/status;
 * --kube-api-qps 5, --kube-api-burst 10). Recording: golden restart-policy, where five pods begin at once.
 */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { WaitQueue } from '../../kernel/waitqueue'
import type { Pod, PodStatus } from '../api/objects'
import type { ApiServer } from '../api/server'

const QPS = 5
const BURST = 10
/** A status is told in two requests: GET and PATCH. */
const REQUESTS = 2

export class StatusManager {
  private readonly sys: Sys
  private readonly api: <T>(work: (api: ApiServer) => Run<T>) => Run<T>
  private readonly pending: { readonly pod: Pod; readonly status: PodStatus }[] = []
  private readonly queue = new WaitQueue()
  /** When the last of the requests that have been let through would have come, had all come evenly: client-go's token bucket. */
  private paid = 0
  constructor(sys: Sys, api: <T>(work: (api: ApiServer) => Run<T>) => Run<T>) {
    this.sys = sys
    this.api = api
  }
  set(pod: Pod, status: PodStatus): void {
    this.pending.push({ pod, status })
    this.queue.wake()
  }
  /** Waits until so many requests may be made. */
  *admit(requests: number): Run {
    const now = this.sys.monotonic() / 1e9
    this.paid = Math.max(this.paid, now - BURST / QPS) + requests / QPS
    if (this.paid > now) yield* this.sys.sleep(Math.round((this.paid - now) * 1e9))
  }
  *run(): Run<never> {
    for (;;) {
      const next = this.pending.shift()
      if (!next) {
        yield* this.sys.waitOn(this.queue)
        continue
      }
      yield* this.admit(REQUESTS)
      const { namespace = 'default', name, uid } = next.pod.metadata
      yield* this.api((server) => server.updatePodStatus(namespace, name, (pod) => (pod.metadata.uid === uid ? { ...pod, status: next.status } : pod)))
    }
  }
}
