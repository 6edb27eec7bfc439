/** What a pod's configuration offers network plugins (pkg/cri/sbserver/sandbox_run.go `cniNamespaceOpts`; go-cni's types have no names of their own in JSON). */
import type { PodSandboxConfig } from './services'

export const capabilityArgs = ({ annotations, dns_config: dns }: Pick<PodSandboxConfig, 'annotations' | 'dns_config'>): Readonly<Record<string, unknown>> => ({
  ...(dns ? { dns: { Servers: dns.servers ?? null, Searches: dns.searches ?? null, Options: dns.options ?? null } } : {}),
  'io.kubernetes.cri.pod-annotations': annotations ?? null,
})
