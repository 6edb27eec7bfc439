/** What go-cni gives back for a pod (containerd/go-cni result.go), and the door to the plugins. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface CniResult {
  readonly Interfaces: Readonly<Record<string, { readonly IPConfigs: readonly { readonly IP: string; readonly Gateway: string }[] | null; readonly Mac: string; readonly Sandbox: string }>>
  readonly DNS: readonly object[]
  readonly Routes: readonly { readonly dst: string; readonly gw?: string }[] | null
}

export interface CniPod {
  readonly id: string
  readonly netns: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly portMappings: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string; readonly hostIP: string }[]
}

/** The plugins of /etc/cni/net.d. */
export interface Cni {
  /** Throws what the plugin said. */
  setup(sys: Sys, pod: CniPod): Run<CniResult>
  remove(sys: Sys, pod: CniPod): Run<void>
  /** '' when a network is configured, else why not. */
  status(sys: Sys): Run<string>
}
