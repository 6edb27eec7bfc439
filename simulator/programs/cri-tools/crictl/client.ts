/** crictl's connection: the endpoint from flags or /etc/crictl.yaml, and the log line that each failed call leaves (remote_runtime.go). */
import { parse } from 'yaml'
import { isGrpc } from '../../../containerd/grpc'
import { CONTAINERD_SOCKET, type CriServices, dialContainerd, GrpcError } from '../../../containerd/services'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { klogError } from '../../go/klog'
import { quote } from '../../go/strconv'
import type { Context } from '../../urfave/context'

/** How remote_runtime.go words a failed call: the place of the line, the message, the fields. Calls without one are not logged. */
export interface CallLog {
  readonly at: number
  readonly what: string
  readonly fields: Readonly<Record<string, string>>
}

export interface Cri {
  call<T>(work: (services: CriServices) => Run<T>, log?: CallLog): Run<T>
}

/** An error as gRPC words it; one of crictl's own stays. */
export const reason = (error: Error): string => (isGrpc(error) ? `rpc error: code = ${error.code} desc = ${error.message}` : error.message)

const config = (text: string): Record<string, unknown> => {
  const value: unknown = parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function* endpoint(context: Context): Run<string> {
  if (context.isSet('runtime-endpoint')) return context.string('runtime-endpoint')
  try {
    const value = config(decode(yield* context.sys.readFile(context.string('config'))))['runtime-endpoint']
    if (typeof value === 'string' && value !== '') return value
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  return `unix://${CONTAINERD_SOCKET}`
}

export function* connect(context: Context): Run<Cri> {
  const { sys, io } = context
  const path = (yield* endpoint(context)).replace(/^unix:\/\//, '')
  return {
    *call(work, log) {
      try {
        const services = dial(path)
        return yield* sys.call(services, (s) => work(s.cri))
      } catch (error) {
        if (log && isGrpc(error)) io.err(klogError(sys, `remote_runtime.go:${log.at}`, log.what, reason(error), log.fields))
        throw error
      }
    },
  }
  function dial(socket: string) {
    try {
      return dialContainerd(sys, socket)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new GrpcError('Unavailable', `connection error: desc = "transport: Error while dialing dial unix ${socket}: connect: ${error.message.toLowerCase()}"`)
    }
  }
}

export const containerLog = (at: number, method: string, id: string): CallLog => ({ at, what: `${method} from runtime service failed`, fields: { containerID: quote(id) } })
export const sandboxLog = (at: number, method: string, id: string): CallLog => ({ at, what: `${method} from runtime service failed`, fields: { podSandboxID: quote(id) } })
