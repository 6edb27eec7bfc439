/** What the network plugins keep of captured pods (host-local's addresses, libcni's results): it follows from what they gave each pod. */
import * as z from 'zod/mini'
import { cacheEntry, LOOPBACK_CONFLIST } from '../../cni/invoke'
import { capabilityArgs } from '../../containerd/cri/network'
import { parseTime } from '../../containerd/time'
import { encode } from '../../kernel/bytes'
import { MemoryFile, type MemoryFs } from '../../kernel/fs/memory'
import type { Timespec } from '../../kernel/time'
import { directoryAt } from './disk'
import { cutPath } from './listing'
import { readOnce } from './once'
import type { Capture } from './schema'

const NS_PER_S = 1_000_000_000n
const NETWORKS = '/var/lib/cni/networks'
const RESULTS = '/var/lib/cni/results'

const Given = z.object({
  Interfaces: z.record(z.string(), z.object({ IPConfigs: z.nullable(z.array(z.object({ IP: z.string(), Gateway: z.string() }))), Mac: z.string(), Sandbox: z.string() })),
  Routes: z.nullish(z.array(z.looseObject({ dst: z.string() }))),
})
const strings = z.optional(z.array(z.string()))
const Config = z.object({
  metadata: z.record(z.string(), z.unknown()), annotations: z.optional(z.record(z.string(), z.string())), dns_config: z.optional(z.object({ servers: strings, searches: strings, options: strings })),
})
const Pods = z.object({
  inspectp: z.record(z.string(), z.object({ status: z.looseObject({ createdAt: z.string() }), info: z.object({ config: Config, cniResult: z.nullish(Given) }) })),
})
const Network = z.object({ netns: z.string() })
const Conflist = z.object({ name: z.string(), plugins: z.array(z.looseObject({ ipam: z.optional(z.looseObject({ ranges: z.optional(z.array(z.array(z.object({ subnet: z.string() })))) })) })) })

const podsOf = readOnce(({ cri }: Capture) => Object.entries(z.parse(Pods, cri).inspectp).sort(([, a], [, b]) => (a.status.createdAt < b.status.createdAt ? -1 : 1)))

export function layNetworkState(capture: Capture, disk: MemoryFs, now: Timespec): void {
  const conflist = Object.entries(capture.files).find(([path]) => /^\/etc\/cni\/net\.d\/.*\.conflist$/.test(path))?.[1]
  if (conflist === undefined) return
  const { netns } = z.parse(Network, capture.network)
  const { name, plugins } = z.parse(Conflist, JSON.parse(conflist))
  const subnet = plugins[0]?.ipam?.ranges?.[0]?.[0]?.subnet ?? '0.0.0.0/24'
  const put = (path: string, text: string, mode: number, time: Timespec): void => {
    const { directory, name: last } = cutPath(path)
    const parent = directoryAt(disk.root, directory, now)
    if (parent.lookup(last, null)) parent.remove(last)
    parent.insert(last, new MemoryFile(disk, { mode, uid: 0, gid: 0, now: time }, encode(text)))
    parent.setAttributes({ mtime: time, ctime: time })
  }
  for (const directory of [`${NETWORKS}/${name}`, RESULTS]) {
    const at = directoryAt(disk.root, directory, now)
    for (const [entry] of [...at.entries(null)]) if (entry !== 'lock') at.remove(entry)
  }
  for (const [id, { info, status }] of podsOf(capture)) {
    const made = parseTime(status.createdAt)
    const time = { sec: Number(made / NS_PER_S), nsec: Number(made % NS_PER_S) }
    const given = info.cniResult
    const eth0 = given?.Interfaces.eth0
    const config = eth0?.IPConfigs?.[0]
    if (!given || !eth0 || !config) continue
    put(`${NETWORKS}/${name}/last_reserved_ip.0`, config.IP, 0o644, time)
    // A pod that was stopped has given its address back, and its namespace is gone.
    if (!netns.includes(cutPath(eth0.Sandbox).name)) continue
    put(`${NETWORKS}/${name}/${config.IP}`, `${id}\r\neth0`, 0o644, time)
    const text = (key: string): string => String(info.config.metadata[key] ?? '')
    const args = [['K8S_POD_UID', text('uid')], ['IgnoreUnknown', '1'], ['K8S_POD_NAMESPACE', text('namespace')], ['K8S_POD_NAME', text('name')], ['K8S_POD_INFRA_CONTAINER_ID', id]] as const
    const target = { containerId: id, netnsPath: eth0.Sandbox, args, capabilityArgs: capabilityArgs(info.config) }
    const names = Object.keys(given.Interfaces)
    const ordered = [...names.filter((n) => !['eth0', 'lo'].includes(n) && !n.startsWith('veth')), ...names.filter((n) => n.startsWith('veth')), 'eth0']
    const interfaces = ordered.map((n) => ({ name: n, mac: given.Interfaces[n]?.Mac ?? '', ...(n === 'eth0' ? { sandbox: eth0.Sandbox } : {}) }))
    const address = { version: '4', interface: interfaces.length - 1, address: `${config.IP}/${subnet.split('/')[1] ?? '24'}`, gateway: config.Gateway }
    const kept = [
      cacheEntry({ ...target, ifName: 'eth0', conflist }, { cniVersion: '0.3.1', interfaces, ips: [address], routes: (given.Routes ?? []).map(({ dst }) => ({ dst })), dns: {} }),
      cacheEntry(
        { ...target, ifName: 'lo', conflist: LOOPBACK_CONFLIST },
        {
          cniVersion: '0.3.1', interfaces: [{ name: 'lo', mac: '00:00:00:00:00:00', sandbox: eth0.Sandbox }],
          ips: [{ interface: 0, address: '127.0.0.1/8' }, { interface: 0, address: '::1/128' }], dns: {},
        },
      ),
    ]
    for (const entry of kept) put(entry.path, entry.text, 0o600, time)
  }
}
