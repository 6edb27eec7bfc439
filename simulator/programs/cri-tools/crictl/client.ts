/** crictl's connection, and the log line that each failed call leaves (kubelet/cri/remote, which crictl uses). */
import { isGrpc } from '../../../containerd/grpc'
import type { PodSandboxStatus } from '../../../containerd/cri/services'
import { type CriServices, dialContainerd, GrpcError } from '../../../containerd/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { formatDuration } from '../../go/duration'
import { klogError, klogInfo } from '../../go/klog'
import { logrus } from '../../go/logrus'
import { quote } from '../../go/strconv'
import { type Context, Failure } from '../../urfave/context'
import { ownCrictl } from './releases'
import { DEFAULT_ENDPOINTS, endpointsOf, loadConfig } from './settings'

/** How the client's file words a failed call: the place of the line, the message, the fields. Calls without one are not logged. */
export interface CallLog {
  readonly file?: 'remote_image.go'
  readonly at: number
  readonly what: string
  readonly fields: Readonly<Record<string, string>>
}

/** What `--debug` tells of a call: before it, and after it, as far as it tells of those that failed. */
export interface Told<T> {
  request?(): string
  answer?(answer: T): string
  readonly failed?: string
}

export interface Cri {
  call<T>(work: (services: CriServices) => Run<T>, log?: CallLog, told?: Told<NoInfer<T>>): Run<T>
  /** A line of `--debug`. */
  debug(text: string): void
  /** Ends the program when it should tell of what the lab has not: the streaming server's address. */
  needsNoAddress(what: string): void
}

/** An error as gRPC words it; one of crictl's own stays. */
export const reason = (error: Error): string => (isGrpc(error) ? `rpc error: code = ${error.code} desc = ${error.message}` : error.message)

/** The path of an endpoint's socket (kubelet/util util_unix.go GetAddressAndDialer). */
function socketOf(context: Context, url: string): string {
  const { sys, io } = context
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]
  if (scheme === undefined) {
    io.err(klogInfo(sys, 'util_unix.go:103', 'Using this endpoint is deprecated, please consider using full URL format', { endpoint: quote(url), URL: quote(`unix://${url}`) }))
    return socketOf(context, `unix://${url}`)
  }
  if (scheme === 'tcp') throw new Failure('only support unix socket endpoint')
  if (scheme !== 'unix') throw new Failure(`protocol ${quote(scheme)} not supported`)
  // What stands between the slashes and the path is a host, and no part of it.
  return url.replace(/^unix:(?:\/\/[^/]*)?/, '')
}

const unreachable = (path: string, why: string): GrpcError => new GrpcError('Unavailable', `connection error: desc = "transport: Error while dialing dial unix${path === '' ? ': missing address' : ` ${path}: connect: ${why}`}"`)

const NS_PER_S = 1_000_000_000
/** What a connection and a call take: a shorter timeout runs out (run beside the real one with --timeout of 1ns to 5ms). */
const CONNECT_NS = 300_000
const CALL_NS = 700_000

/** The timeout in nanoseconds; 0 or less, and none at all, mean two seconds. */
function* timeoutOf(command: Context): Run<number> {
  // `exec` and `run` have timeouts of their own.
  const context = command.parent ?? command
  const given = context.isSet('timeout') ? context.duration('timeout') : Number((yield* loadConfig(context))?.get('timeout') ?? 0) * NS_PER_S
  return given > 0 ? given : 2 * NS_PER_S
}

export type Service = 'runtime' | 'image'

const CONNECT_FAILED = {
  runtime: { file: 'remote_runtime.go', at: 98, what: 'Connect remote runtime failed' },
  image: { file: 'remote_image.go', at: 77, what: 'Connect remote image service failed' },
} as const

/** 1.29 asks whoever it connects to for the version first, and of the default endpoints takes the first one that answers. */
function validated(context: Context, service: Service, given: string | undefined): string {
  const { sys, io } = context
  let last: Failure | undefined
  for (const endpoint of given === undefined ? DEFAULT_ENDPOINTS : [given]) {
    const path = socketOf(context, endpoint)
    try {
      dialContainerd(sys, path)
      return path
    } catch (error) {
      if (!isErrno(error)) throw error
      last = new Failure(
        `validate service connection: validate CRI v1 ${service} API for endpoint ${quote(endpoint)}: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${path}: connect: ${error.message.toLowerCase()}"`,
      )
      if (given === undefined) io.err(logrus(sys, 'error', last.message))
    }
  }
  throw last ?? new Failure('no endpoint')
}

/** Connects to the services that the command uses, in that order (main.go getRuntimeService, getImageService). */
export function* connect(context: Context, ...services: readonly [Service, ...Service[]] | []): Run<Cri> {
  const { sys, io } = context
  const { line, lines } = yield* ownCrictl(sys)
  const timeout = yield* timeoutOf(context)
  const debugging = context.isSet('debug') ? context.bool('debug') : (yield* loadConfig(context))?.get('debug') === 'true'
  const debug = (text: string): void => {
    if (debugging) io.err(logrus(sys, 'debug', text))
  }
  // How later ones word what they tell is not simulated.
  if (debugging && line !== '1.26') context.refuse('--debug')
  const endpoints = yield* endpointsOf(context)
  const paths = new Map<Service, string>()
  for (const service of services.length === 0 ? (['runtime'] as const) : services) {
    if (service === 'runtime' && endpoints.runtime === '') throw new Failure('--runtime-endpoint is not set')
    if (service === 'image' && endpoints.image === '') throw new Failure('--image-endpoint is not set')
    debug(`get ${service} connection`)
    const given = endpoints[service]
    if (given === undefined) {
      io.err(logrus(sys, 'warning', `${service} connect using default endpoints: [${DEFAULT_ENDPOINTS.join(' ')}]. As the default settings are now deprecated, you should set the endpoint instead.`))
      debug('Note that performance maybe affected as each default connection attempt takes n-seconds to complete before timing out and going to the next in sequence.')
      debug(`Connect using endpoint ${quote(DEFAULT_ENDPOINTS[0])} with ${quote(formatDuration(timeout))} timeout`)
    }
    if (line !== '1.26') {
      paths.set(service, validated(context, service, given))
      continue
    }
    // The first always does: a connection is made when it is used, and only a server without the CRI would be passed over.
    const path = socketOf(context, given ?? DEFAULT_ENDPOINTS[0])
    if (timeout < CONNECT_NS) {
      const { file, at, what } = CONNECT_FAILED[service]
      io.err(klogError(sys, `${file}:${lines[what] ?? at}`, what, 'context deadline exceeded', { address: quote(path) }))
      throw new Failure('context deadline exceeded')
    }
    if (given === undefined) debug(`Connected successfully using endpoint: ${DEFAULT_ENDPOINTS[0]}`)
    paths.set(service, path)
  }
  const dial = (path: string) => {
    try {
      return dialContainerd(sys, path)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw unreachable(path, error.message.toLowerCase())
    }
  }
  return {
    debug,
    needsNoAddress(what) {
      if (debugging) context.refuse(`--debug ${what}`)
    },
    *call(work, log, told) {
      const at = paths.get(log?.file === 'remote_image.go' ? 'image' : 'runtime') ?? ''
      if (told?.request && debugging) debug(told.request())
      try {
        if (timeout < CALL_NS) throw new GrpcError('DeadlineExceeded', 'context deadline exceeded')
        const answer = yield* sys.call(dial(at), (s) => work(s.cri))
        if (told?.answer && debugging) debug(told.answer(answer))
        return answer
      } catch (thrown) {
        const error = isErrno(thrown, 'ECONNREFUSED', 'ECONNRESET') ? unreachable(at, 'connection refused') : thrown
        if (log && isGrpc(error)) io.err(klogError(sys, `${log.file ?? 'remote_runtime.go'}:${lines[log.what] ?? log.at}`, log.what, reason(error), log.fields))
        if (told?.failed !== undefined) debug(told.failed)
        throw error
      }
    },
  }
}

/** crictl asks nobody about an id that is empty. */
export function needId(id: string): string {
  if (id === '') throw new Failure('ID cannot be empty')
  return id
}

/** Runs `work`; what fails is told as the end of `sentence`. */
export function* within<T>(sentence: string, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (!isGrpc(error) && !(error instanceof Failure)) throw error
    throw new Failure(`${sentence}: ${reason(error)}`)
  }
}

/** What the client finds wrong with a sandbox's status (remote/utils.go verifySandboxStatus). */
export function sandboxStatusFault({ metadata, createdAt }: PodSandboxStatus): string | undefined {
  const { name, uid, namespace, attempt } = metadata
  if (name === '' || namespace === '' || uid === '') {
    return `metadata.Name, metadata.Namespace or metadata.Uid is not in metadata ${quote(`&PodSandboxMetadata{Name:${name},Uid:${uid},Namespace:${namespace},Attempt:${attempt},}`)}`
  }
  return createdAt === 0n ? 'status.CreatedAt is not set' : undefined
}

const failed = (at: number, method: string, fields: CallLog['fields']): CallLog => ({ at, what: `${method} from runtime service failed`, fields })

export const plainLog = (at: number, method: string): CallLog => failed(at, method, {})
export const containerLog = (at: number, method: string, id: string): CallLog => failed(at, method, { containerID: quote(id) })
export const sandboxLog = (at: number, method: string, id: string): CallLog => failed(at, method, { podSandboxID: quote(id) })
export const filterLog = (at: number, method: string, filter: string): CallLog => ({ at, what: `${method} with filter from runtime service failed`, fields: { filter: quote(filter) } })
export const imageLog = (at: number, what: string, fields: CallLog['fields']): CallLog => ({ file: 'remote_image.go', at, what, fields })
