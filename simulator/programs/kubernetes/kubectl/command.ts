/** A kubectl command: one file in commands/, found by its place. */
import type { Run } from '../../../kernel/run'
import { isErrno } from '../../../kernel/errno'
import type { ApiServer } from '../../../kubernetes/api/server'
import { dialApi } from '../../../kubernetes/api/client'
import type { Io } from '../../program'
import type { FlagSpec, Flags } from './flags'
import { contextIn, readKubeConfig, serverUrl } from './kubeconfig'
import { Refused } from './refused'

export { Refused }

export interface Context {
  readonly io: Io
  readonly flags: Flags
  readonly namespace: string
  /** A request to the API server. */
  api<T>(work: (server: ApiServer) => Run<T>): Run<T>
}

export interface KubectlCommand {
  readonly flags: readonly FlagSpec[]
  run(context: Context): Run<number | void>
}

export const command = (spec: KubectlCommand): KubectlCommand => spec

/** The server and the namespace are those of the kubeconfig's context, where no flag says otherwise. */
export function* contextOf(io: Io, flags: Flags): Run<Context> {
  const config = yield* readKubeConfig(io, flags)
  const chosen = contextIn(config, flags)
  const match = /^https?:\/\/([^:/]+)(?::(\d+))?/.exec(flags.text('server') ?? serverUrl(config, chosen))
  const { host, port } = { host: match?.[1] ?? 'localhost', port: Number(match?.[2] ?? 443) }
  return {
    io,
    flags,
    namespace: flags.text('namespace') ?? chosen.namespace ?? 'default',
    *api(work) {
      try {
        const { api, close } = yield* dialApi(io.sys, host === 'localhost' ? '127.0.0.1' : host, port)
        try {
          return yield* io.sys.call(api, work)
        } finally {
          close()
        }
      } catch (error) {
        if (!isErrno(error)) throw error
        if (error.code === 'EINTR') throw error
        throw new Refused(`The connection to the server ${host}:${port} was refused - did you specify the right host or port?`)
      }
    },
  }
}
