/** The event exchange (events/exchange/exchange.go): what services and shims publish, subscribers get in order. */
import type { Run } from '../../kernel/run'
import type { Futex, Sys } from '../../kernel/sys'
import { type Filter, parseFilters } from '../filters'
import type { Envelope, EventStream, EventsService } from '../services'
import { now } from '../time'

export class Exchange {
  private readonly sys: Sys
  private readonly subscribers = new Set<Subscription>()
  constructor(sys: Sys) {
    this.sys = sys
  }
  publish(namespace: string, topic: string, type: string, event: Readonly<Record<string, unknown>>): void {
    this.forward({ timestamp: now(this.sys), namespace, topic, type: `containerd.events.${type}`, event })
  }
  /** An event that a shim has published. */
  forward(envelope: Envelope): void {
    for (const subscriber of this.subscribers) subscriber.offer(envelope)
  }
  subscribe(filters: readonly string[] = []): EventStream {
    const subscription = new Subscription(parseFilters(filters), this.sys.futex(), () => this.subscribers.delete(subscription))
    this.subscribers.add(subscription)
    return subscription
  }
}

class Subscription implements EventStream {
  private readonly queue: Envelope[] = []
  private readonly filter: Filter
  private readonly arrived: Futex
  private readonly leave: () => void
  constructor(filter: Filter, arrived: Futex, leave: () => void) {
    this.filter = filter
    this.arrived = arrived
    this.leave = leave
  }
  offer(envelope: Envelope): void {
    if (!this.filter((path) => fieldOf(envelope, path))) return
    this.queue.push(envelope)
    this.arrived.wake()
  }
  *next(): Run<Envelope> {
    for (;;) {
      const first = this.queue.shift()
      if (first) return first
      yield* this.arrived.wait()
    }
  }
  close(): void {
    this.leave()
  }
}

function fieldOf(envelope: Envelope, path: readonly string[]): string | undefined {
  const [first, ...rest] = path
  if (first === 'namespace') return envelope.namespace
  if (first === 'topic') return envelope.topic
  if (first !== 'event') return undefined
  const value = envelope.event[rest.join('.')]
  return typeof value === 'string' ? value : undefined
}

export const eventsService = (exchange: Exchange): EventsService => ({
  *subscribe(filters) {
    return exchange.subscribe(filters)
  },
  *publish(namespace, topic, { type, event }) {
    exchange.publish(namespace, topic, type, event)
  },
})
