/** ctr's connection to containerd, and what several commands do over it (cmd/ctr/commands/client.go, containerd's Go client). */
import { type Container, type Containerd, dialContainerd, type TaskProcess } from '../../../containerd/services'
import { type GrpcError, isGrpc } from '../../../containerd/grpc'
import { underLease } from '../../../containerd/leased'
import { ownRelease, type Release } from '../../../containerd/release'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { type Context, Failure } from '../../urfave/context'
import { logrus } from '../../go/logrus'

const DIAL_TIMEOUT_NS = 10_000_000_000
/** A call takes so long at least. */
const CALL_NS = 500_000
const DIAL_RETRY_NS = 10_000_000

export interface Client {
  readonly sys: Sys
  /** The namespace that `-n` chose. */
  readonly ns: string
  /** The release of which ctr itself is. */
  readonly line: Release['line']
  /** The lease under which things are made from now on; '' for none (leases.WithLease). */
  lease: string
  /** One call. */
  call<T>(work: (services: Containerd, ns: string) => Run<T>): Run<T>
}

const dialing = (why: string): string => `connection error: desc = "transport: error while dialing: ${why}"`

/** Connects; a socket that is not there yet is awaited for as long as the real client does. */
export function* connect(context: Context): Run<Client> {
  const { sys } = context
  const address = context.string('address')
  const { line } = yield* ownRelease(sys)
  if (line === '2') checkSocket(sys, address)
  const ns = context.string('namespace')
  const started = sys.monotonic()
  const deadline = started + (context.duration('connect-timeout') || DIAL_TIMEOUT_NS)
  for (;;) {
    try {
      const services = dialContainerd(sys, address)
      const end = context.duration('timeout') > 0 ? started + context.duration('timeout') : Number.POSITIVE_INFINITY
      const client: Client = {
        sys, ns, line, lease: '',
        call(work) {
          if (sys.monotonic() + CALL_NS > end) throw new Failure('context deadline exceeded')
          const { lease } = client
          return sys.call(services, (s) => work(lease === '' ? s : underLease(s, ns, lease), ns))
        },
      }
      return client
    } catch (error) {
      if (!isErrno(error)) throw error
      // A socket that is not there may still come; one that refuses will not.
      if (error.code !== 'ENOENT') throw new Failure(`failed to dial "${address}": ${dialing(`dial unix ${address}: connect: ${error.message.toLowerCase()}`)}`)
      if (sys.monotonic() >= deadline) {
        // The dialler's own 10 s tell why it failed; a shorter patience does not wait for that in 1.6.
        const why = line === '1.6' && deadline - started < DIAL_TIMEOUT_NS ? '' : `: ${dialing(`dial unix://${address}: timeout`)}`
        throw new Failure(`failed to dial "${address}": context deadline exceeded${why}`)
      }
      yield* sys.sleep(DIAL_RETRY_NS)
    }
  }
}

/** From 2.0 on a socket that is not there is not awaited. */
function checkSocket(sys: Sys, address: string): void {
  try {
    sys.stat(address)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`cannot access socket ${address}: stat ${address}: ${error.message.toLowerCase()}`)
  }
}

export const loadContainer = (client: Client, id: string): Run<Container> => client.call((s, ns) => s.containers.get(ns, id))

/** Container first, as its absence is worded otherwise than that of a task. */
export function* loadTask(client: Client, id: string): Run<TaskProcess> {
  yield* loadContainer(client, id)
  return yield* client.call((s, ns) => s.tasks.get(ns, id))
}

/** A further process of a task; the client's own words for one that is not there. */
export function* loadProcess(client: Client, id: string, execId: string): Run<TaskProcess> {
  try {
    return yield* client.call((s, ns) => s.tasks.get(ns, id, execId))
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    throw new Failure(`process does not exist ${execId}: not found`)
  }
}

/** `key=value` arguments; without `=` the value is `true`. */
export const labelArgs = (args: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    args.map((arg) => {
      const at = arg.indexOf('=')
      return at < 0 ? [arg, 'true'] : [arg.slice(0, at), arg.slice(at + 1)]
    }),
  )

const pairs = (labels: Readonly<Record<string, string>>): string[] => Object.entries(labels).map(([key, value]) => `${key}=${value}`).sort()

/** Labels of a command that sorts them. */
export const joinLabels = (labels: Readonly<Record<string, string>>): string => pairs(labels).join(',')

/**
 * Labels of a command that lists them as its map has them. Go begins a small map anywhere, at its first entry most often, and goes round; its
 * entries stand as they were read from the wire, where gogo's messages of 1.6 have them back to front (60 runs of each command beside 1.6.20,
 * 1.7.28 and 2.2.0).
 */
export const joinMapped = ({ line }: Client, labels: Readonly<Record<string, string>>): string => (line === '1.6' ? pairs(labels).reverse() : pairs(labels)).join(',')

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A failed call in the command's own words. */
export function* worded<T>(words: (error: GrpcError) => string, call: Run<T>): Run<T> {
  try {
    return yield* call
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw new Failure(words(error))
  }
}

/** What a client prints that does not translate a status into an error of its own (google.golang.org/grpc/status). */
export const statusText = ({ code, message }: GrpcError): string => `rpc error: code = ${code} desc = ${message}`

/** Logs a failure of one of several arguments; the first is also the command's. */
export class Failures {
  private first: unknown
  private readonly context: Context
  constructor(context: Context) {
    this.context = context
  }
  add(error: unknown, message: string, as: unknown = error): void {
    if (!(error instanceof Error)) throw error
    this.first ??= as
    this.context.io.err(logrus(this.context.sys, 'error', message, { fields: { error: error.message } }))
  }
  /** Throws the first one, if any. */
  end(): void {
    if (this.first !== undefined) throw this.first
  }
}
