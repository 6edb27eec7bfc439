/** A kubectl command: one file in commands/, found by its place. */
import type { Run } from '../../../kernel/run'
import { isErrno } from '../../../kernel/errno'
import { decode } from '../../../kernel/bytes'
import { parse } from 'yaml'
import type { ApiServer } from '../../../kubernetes/api/server'
import { dialApi } from '../../../kubernetes/api/client'
import type { Io } from '../../program'
import type { FlagSpec, Flags } from './flags'

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

interface KubeConfig {
  readonly clusters?: readonly { readonly cluster?: { readonly server?: string } }[]
}

/** The server of the kubeconfig file: `--kubeconfig`, `$KUBECONFIG`, `~/.kube/config`; without any, localhost:8080. */
function* serverOf(io: Io, flags: Flags): Run<{ host: string; port: number }> {
  const path = flags.text('kubeconfig') ?? io.env('KUBECONFIG') ?? `${io.env('HOME') ?? '/root'}/.kube/config`
  try {
    const config = parse(decode(yield* io.sys.readFile(path))) as KubeConfig
    const match = /^https?:\/\/([^:/]+):(\d+)/.exec(config.clusters?.[0]?.cluster?.server ?? '')
    if (match?.[1]) return { host: match[1], port: Number(match[2]) }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  return { host: 'localhost', port: 8080 }
}

export function contextOf(io: Io, flags: Flags): Context {
  return {
    io,
    flags,
    namespace: flags.text('namespace') ?? 'default',
    *api(work) {
      const { host, port } = yield* serverOf(io, flags)
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

/** An error that kubectl prints as it is. */
export class Refused extends Error {}
