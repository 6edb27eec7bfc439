/** The event exchange (events/exchange/exchange.go): what services and shims publish, subscribers get in order. */
import type { Run } from '../../kernel/run'
import type { Futex, Sys } from '../../kernel/sys'
import { type Filter, parseFilters } from '../filters'
import { GrpcError, invalidArgument, isGrpc } from '../grpc'
import type { Envelope, EventStream, EventsService } from '../services'
import { now } from '../time'
import { checkIdentifier, checkNamespace } from './context'

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

/** exchange.go validateTopic. */
function checkTopic(topic: string): void {
  const wrong = (why: string): GrpcError => invalidArgument(`envelope topic ${JSON.stringify(topic)}: ${why}`)
  if (topic === '') throw wrong('must not be empty')
  if (!topic.startsWith('/')) throw wrong("must start with '/'")
  if (topic.length === 1) throw wrong('must have at least one component')
  for (const component of topic.slice(1).split('/')) {
    try {
      checkIdentifier(component)
    } catch (error) {
      if (!isGrpc(error)) throw error
      throw new GrpcError(error.code, `envelope topic ${JSON.stringify(topic)}: failed validation on component ${JSON.stringify(component)}: ${error.message}`)
    }
  }
}

export const eventsService = (exchange: Exchange, sys: Sys): EventsService => ({
  *subscribe(filters) {
    return exchange.subscribe(filters)
  },
  *publish(namespace, topic, { type, payload }) {
    try {
      checkNamespace(namespace)
    } catch (error) {
      if (!isGrpc(error)) throw error
      throw new GrpcError(error.code, `failed publishing event: ${error.message}`)
    }
    checkTopic(topic)
    exchange.forward({ timestamp: now(sys), namespace, topic, type, event: {}, payload })
  },
})
