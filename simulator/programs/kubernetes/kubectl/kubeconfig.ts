/** The kubeconfig file (client-go tools/clientcmd): clusters, users and contexts, of which one is current. */
import { parse } from 'yaml'
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import type { Flags } from '../../cobra/flags'
import { toYaml } from './output'
import { Refused } from './refused'

export interface KubeContext {
  cluster?: string
  user?: string
  namespace?: string
}

export interface KubeConfig {
  apiVersion?: string
  kind?: string
  clusters?: { name: string; cluster?: Record<string, unknown> & { server?: string } }[]
  contexts?: { name: string; context?: KubeContext }[]
  'current-context'?: string
  users?: { name: string; user?: Record<string, unknown> }[]
}

export const kubeConfigPath = (io: Io, flags: Flags): string => flags.text('kubeconfig') ?? io.env('KUBECONFIG') ?? `${io.env('HOME') ?? '/root'}/.kube/config`

/** `--kubeconfig`, `$KUBECONFIG`, `~/.kube/config`; one that was not named need not be there. */
export function* readKubeConfig(io: Io, flags: Flags): Run<KubeConfig> {
  const path = kubeConfigPath(io, flags)
  try {
    const config: unknown = parse(decode(yield* io.sys.readFile(path)))
    return typeof config === 'object' && config !== null ? config : {}
  } catch (error) {
    if (!isErrno(error)) throw error
    if (flags.text('kubeconfig') !== undefined) throw new Refused(`error: stat ${path}: ${error.message.toLowerCase()}`)
    return {}
  }
}

/** The context that is in force: `--context`, or the current one. */
export function contextIn(config: KubeConfig, flags: Flags): KubeContext {
  const named = flags.text('context')
  const name = named ?? config['current-context'] ?? ''
  const found = config.contexts?.find((c) => c.name === name)
  if (named !== undefined && !found) throw new Refused(`Error in configuration: context was not found for specified context: ${named}`)
  return found?.context ?? {}
}

/** `--cluster` and `--user` in the place of what the context says. */
export function overridden(config: KubeConfig, context: KubeContext, flags: Flags): KubeContext {
  const [cluster, user] = [flags.text('cluster'), flags.text('user')]
  if (cluster !== undefined && !config.clusters?.some((c) => c.name === cluster)) throw new Refused(`error: no server found for cluster "${cluster}"`)
  if (user !== undefined && !config.users?.some((u) => u.name === user)) throw new Refused(`error: auth info "${user}" does not exist`)
  return { ...context, ...(cluster === undefined ? {} : { cluster }), ...(user === undefined ? {} : { user }) }
}

/** `https://172.30.1.2:6443`; without any, http://localhost:8080. */
export function serverUrl(config: KubeConfig, context: KubeContext = {}): string {
  const { clusters = [] } = config
  return (clusters.find((c) => c.name === context.cluster) ?? clusters[0])?.cluster?.server ?? 'http://localhost:8080'
}

export function* writeKubeConfig({ io, flags }: { readonly io: Io; readonly flags: Flags }, config: KubeConfig): Run {
  yield* io.sys.writeFile(kubeConfigPath(io, flags), encode(toYaml({ preferences: {}, ...config })), { mode: 0o600 })
}
