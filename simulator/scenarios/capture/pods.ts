/** What a captured pod's specification says of the machine: limits of its control groups, and the files that its sandbox is given. */
import * as z from 'zod/mini'
import { encode } from '../../kernel/bytes'
import type { Cgroups } from '../../kernel/cgroups/cgroups'
import { MemoryFile, type MemoryFs } from '../../kernel/fs/memory'
import { deviceRules } from '../../containerd/runc/devices'
import type { Timespec } from '../../kernel/time'
import { directoryAt } from './disk'
import { cutPath } from './listing'
import { readOnce } from './once'
import type { Capture } from './schema'

const Containers = z.object({
  containers: z.record(
    z.string(),
    z.object({
      Spec: z.object({
        linux: z.object({
          cgroupsPath: z.optional(z.string()),
          resources: z.optional(
            z.object({
              cpu: z.optional(z.object({ shares: z.optional(z.number()), quota: z.optional(z.number()), period: z.optional(z.number()) })),
              memory: z.optional(z.object({ limit: z.optional(z.number()) })),
              pids: z.optional(z.object({ limit: z.optional(z.number()) })),
              devices: z.optional(z.array(z.object({ allow: z.boolean(), type: z.optional(z.string()), major: z.optional(z.number()), minor: z.optional(z.number()), access: z.optional(z.string()) }))),
            }),
          ),
        }),
      }),
    }),
  ),
})

const containersOf = readOnce(({ containerd }: Capture) => z.parse(Containers, containerd).containers)

/** Files of version 1 by what the OCI spec calls the limit (runtime-spec config-linux.md). */
export function applyLimits(capture: Capture, cgroups: Cgroups): void {
  for (const { Spec } of Object.values(containersOf(capture))) {
    const { cgroupsPath, resources } = Spec.linux
    if (!cgroupsPath || !resources) continue
    const set = (controller: string, file: string, value: number | undefined): void => {
      if (value !== undefined) cgroups.hierarchy(controller)?.find(cgroupsPath)?.values.set(file, String(value))
    }
    set('cpu', 'cpu.shares', resources.cpu?.shares)
    set('cpu', 'cpu.cfs_quota_us', resources.cpu?.quota)
    set('cpu', 'cpu.cfs_period_us', resources.cpu?.period)
    set('memory', 'memory.limit_in_bytes', resources.memory?.limit)
    set('pids', 'pids.max', resources.pids?.limit)
    const devices = deviceRules(resources.devices)
    if (devices) cgroups.hierarchy('devices')?.find(cgroupsPath)?.values.set('devices.list', devices.join('\n'))
  }
}

const Names = z.optional(z.array(z.string()))
const Sandboxes = z.object({
  inspectp: z.record(
    z.string(),
    z.object({
      info: z.object({
        config: z.looseObject({
          metadata: z.optional(z.looseObject({ name: z.string() })),
          hostname: z.optional(z.string()),
          dns_config: z.optional(z.object({ servers: Names, searches: Names, options: Names })),
        }),
      }),
    }),
  ),
})

const sandboxesOf = readOnce(({ cri }: Capture) => z.parse(Sandboxes, cri).inspectp)

const ROOT = '/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes'

/** What the kubelet's part wrote for each pod; query/ctr-tasks read it in a container. */
const KUBELET_HOSTS = '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n'

/** `home`: files that lay in root's home. hostname, hosts and resolv.conf of each sandbox as containerd's CRI plugin writes them (pkg/cri/server/sandbox_run_unix.go). */
export function writeSandboxFiles(capture: Capture, disk: MemoryFs, now: Timespec, home: Readonly<Record<string, string>>): void {
  const put = (path: string, text: string): void => {
    const { directory, name } = cutPath(path)
    const at = directoryAt(disk.root, directory, now)
    const there = at.lookup(name, null)
    if (there instanceof MemoryFile) there.write(0, encode(text))
    else if (!there) at.insert(name, new MemoryFile(disk, { mode: 0o644, uid: 0, gid: 0, now }, encode(text)))
  }
  for (const path of Object.values(capture.tree).flatMap((text) => text.split('\n'))) if (path.endsWith('/etc-hosts')) put(path, KUBELET_HOSTS)
  for (const [path, text] of Object.entries(home)) put(path, text)
  for (const [id, { info }] of Object.entries(sandboxesOf(capture))) {
    const { hostname, dns_config: dns, metadata } = info.config
    // The pods were made with `crictl runp` from files kept in root's home.
    if (metadata) put(`/root/.pods/${metadata.name}/pod.json`, `${JSON.stringify({ ...info.config, metadata: { ...metadata, attempt: 0 } })}\n`)
    put(`${ROOT}/${id}/hostname`, `${hostname || capture.hostname}\n`)
    put(`${ROOT}/${id}/hosts`, capture.files['/etc/hosts'] ?? '')
    const lines = [
      ...(dns?.searches?.length ? [`search ${dns.searches.join(' ')}\n`] : []),
      ...(dns?.servers ?? []).map((server) => `nameserver ${server}\n`),
      ...(dns?.options?.length ? [`options ${dns.options.join(' ')}\n`] : []),
    ]
    put(`${ROOT}/${id}/resolv.conf`, lines.length > 0 ? lines.join('') : (capture.files['/etc/resolv.conf'] ?? ''))
  }
}
