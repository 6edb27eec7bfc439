/** Leases as containerd's Go client makes them: while one holds, what is made is not collected (lease.go, leases/id.go). */
import type { Client } from './client'
import { randomHex } from '../../../containerd/digest'
import { isGrpc } from '../../../containerd/grpc'
import type { Labels } from '../../../containerd/services'
import { rfc3339 } from '../../../containerd/time'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { nowNanoseconds } from '../../go/time'

const DAY_NS = 86_400_000_000_000n
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** leases.WithRandomID: nanoseconds of the clock, and three random bytes in URL-safe base64. */
export function leaseId(sys: Sys): string {
  const bits = Number.parseInt(randomHex(sys, 6), 16)
  const text = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63] ?? '').join('')
  return `${sys.now().nsec}-${text}`
}

/** Does the work under a lease that ends with it: then what nothing refers to is collected. Work within such work has its lease. */
export function* withLease<T>(client: Client, work: () => Run<T>): Run<T> {
  if (client.lease !== '') return yield* work()
  const id = leaseId(client.sys)
  yield* leaseFor(client, id, {})
  client.lease = id
  try {
    return yield* work()
  } finally {
    client.lease = ''
    yield* ended(client, id)
  }
}

/** A lease for a day; false where it is there already. */
export function* leaseFor(client: Client, id: string, labels: Labels): Run<boolean> {
  const until = rfc3339(nowNanoseconds(client.sys) + DAY_NS).replace(/\.\d+/, '')
  try {
    yield* client.call((s, ns) => s.leases.create(ns, { id, labels: { ...labels, 'containerd.io/gc.expire': until } }))
    return true
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
    return false
  }
}

/** How its end went does not matter to the work (`done` is called without a look at its error). */
function* ended(client: Client, id: string): Run {
  try {
    yield* client.call((s, ns) => s.leases.delete(ns, id))
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}
