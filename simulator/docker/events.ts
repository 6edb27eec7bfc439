/** What has happened, for whoever listens and for some time afterwards (moby daemon/events). */
import { nanoseconds } from '../containerd/time'
import type { Run } from '../kernel/run'
import type { Futex, Sys } from '../kernel/sys'
import type { EventStream, Filters } from './services'
import type { EventMessage, Labels } from './types'

/** So many are remembered. */
const KEPT = 256

export class Events {
  private readonly sys: Sys
  private readonly changed: Futex
  private kept: EventMessage[] = []
  /** How many have been forgotten. */
  private gone = 0
  constructor(sys: Sys) {
    this.sys = sys
    this.changed = sys.futex()
  }
  log(type: string, action: string, id: string, attributes: Labels): void {
    this.kept.push({ Type: type, Action: action, Actor: { ID: id, Attributes: attributes }, scope: 'local', timeNano: nanoseconds(this.sys) })
    if (this.kept.length > KEPT) {
      this.kept.shift()
      this.gone++
    }
    this.changed.wake()
  }
  /** Those since a moment, then those to come until another. */
  listen({ since, until, filters }: { readonly since?: bigint; readonly until?: bigint; readonly filters: Filters }): EventStream {
    const { sys } = this
    let seen = this.gone + (since === undefined ? this.kept.length : 0)
    const isWanted = (event: EventMessage): boolean => (since === undefined || event.timeNano >= since) && (until === undefined || event.timeNano <= until) && fits(event, filters)
    const rest = function* (this: Events): Run<EventMessage | null> {
      for (;;) {
        seen = Math.max(seen, this.gone)
        while (seen < this.gone + this.kept.length) {
          const event = this.kept[seen++ - this.gone]
          if (event && isWanted(event)) return event
        }
        if (until === undefined) yield* this.changed.wait()
        else {
          const left = until - nanoseconds(sys)
          if (left <= 0n) return null
          yield* this.changed.wait(Number(left))
        }
      }
    }
    return { next: () => rest.call(this) }
  }
}

/** What else may be filtered by; nothing happens to those here. */
const ELSEWHERE = ['daemon', 'plugin', 'node', 'service', 'secret', 'config']

/** daemon/events/filter.go: any value of a name is enough, all names must fit. */
function fits({ Type, Action, Actor, scope }: EventMessage, filters: Filters): boolean {
  const { ID, Attributes } = Actor
  const is = (name: string, test: (value: string) => boolean): boolean => filters[name] === undefined || filters[name].some(test)
  const named = (type: string, value: string): boolean => Type === type && (ID.startsWith(value) || Attributes.name === value || Attributes.name === value.replace(/^\//, ''))
  return (
    is('event', (value) => Action === value || (Action.startsWith('exec_') && Action.startsWith(`${value}:`))) && is('type', (value) => Type === value) && is('scope', (value) => scope === value) &&
    is('container', (value) => named('container', value)) && is('image', (value) => (Type === 'image' && named('image', value)) || Attributes.image?.replace(/:.*/, '') === value || Attributes.image === value) &&
    is('network', (value) => named('network', value)) && is('volume', (value) => Type === 'volume' && ID.startsWith(value)) &&
    ELSEWHERE.every((type) => is(type, (value) => named(type, value))) &&
    is('label', (value) => {
      const [key = '', wanted] = value.split(/=(.*)/s)
      return wanted === undefined ? key in Attributes : Attributes[key] === wanted
    })
  )
}
