/** A kubectl command: one file in commands/, found by its place. Its flags are those of the release (tree.ts). */
import type { Run } from '../../../kernel/run'
import { isErrno } from '../../../kernel/errno'
import type { ApiServer } from '../../../kubernetes/api/server'
import { dialApi } from '../../../kubernetes/api/client'
import type { Io } from '../../program'
import type { Flags } from '../../cobra/flags'
import { contextIn, overridden, readKubeConfig, serverUrl } from './kubeconfig'
import { Refused } from './refused'
import type { Release } from './tree'

export { Refused }

export interface Context {
  readonly io: Io
  readonly flags: Flags
  readonly release: Release
  readonly namespace: string
  /** A request to the API server. */
  api<T>(work: (server: ApiServer) => Run<T>): Run<T>
  /** An error that points to the command's help. */
  misused(message: string): Refused
}

export interface KubectlCommand {
  /** Flags that it heeds; another one of the release's is not simulated. */
  readonly flags: readonly string[]
  run(context: Context): Run<number | void>
}

export const command = (spec: KubectlCommand): KubectlCommand => spec

/** The server and the namespace are those of the kubeconfig's context, where no flag says otherwise. */
export function* contextOf(io: Io, flags: Flags, release: Release, words: string): Run<Context> {
  const config = yield* readKubeConfig(io, flags)
  // Below `kubectl config` they name what is written.
  const chosen = words.startsWith('kubectl config ') ? contextIn(config, flags) : overridden(config, contextIn(config, flags), flags)
  const match = /^https?:\/\/([^:/]+)(?::(\d+))?/.exec(flags.text('server') ?? serverUrl(config, chosen))
  const { host, port } = { host: match?.[1] ?? 'localhost', port: Number(match?.[2] ?? 443) }
  const manager = flags.text('field-manager') ?? (flags.standing('field-manager') || 'kubectl')
  return {
    io,
    flags,
    release,
    namespace: flags.text('namespace') ?? chosen.namespace ?? 'default',
    misused: (message) => new Refused(`error: ${message}\nSee '${words} -h' for help and examples`),
    *api(work) {
      try {
        const { api, close } = yield* dialApi(io.sys, host === 'localhost' ? '127.0.0.1' : host, port)
        try {
          return yield* io.sys.call(api, (server) => work(server.as(manager)))
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
