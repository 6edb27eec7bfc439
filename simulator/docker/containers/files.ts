/** Files that a container gets of the daemon: hostname, hosts and resolv.conf (daemon/container_operations.go, libnetwork sandbox_dns_unix.go, etchosts). */
import { hexDigest } from '../../containerd/digest'
import { readOrEmpty } from '../../containerd/runc/cgroups'
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { HostConfig, Stored } from '../types'
import { containerPath } from './store'

const HOSTS: readonly (readonly [string, string])[] = [
  ['127.0.0.1', 'localhost'], ['::1', 'localhost ip6-localhost ip6-loopback'], ['fe00::0', 'ip6-localnet'], ['ff00::0', 'ip6-mcastprefix'], ['ff02::1', 'ip6-allnodes'], ['ff02::2', 'ip6-allrouters'],
]

/** `address`: none for a container without a network. On the host's network the node's own names are seen. */
export function* writeNetworkFiles(sys: Sys, { ID, Config, HostConfig: host }: Stored, addresses: readonly string[]): Run {
  const put = function* (file: string, text: string): Run {
    yield* sys.writeFile(containerPath(ID, file), encode(text), { mode: 0o644 })
  }
  yield* put('hostname', `${Config.Hostname}\n`)
  const name = Config.Domainname === '' ? Config.Hostname : `${Config.Hostname}.${Config.Domainname} ${Config.Hostname}`
  const extra = (host.ExtraHosts ?? []).map((entry): [string, string] => [entry.slice(entry.indexOf(':') + 1), entry.slice(0, entry.indexOf(':'))])
  const rows = (pairs: readonly (readonly [string, string])[]): string => pairs.map(([address, names]) => `${address}\t${names}\n`).join('')
  if (host.NetworkMode === 'host') yield* put('hosts', ((yield* readOrEmpty(sys, '/etc/hosts')) ?? '') + rows(extra))
  else yield* put('hosts', rows([...HOSTS, ...extra, ...addresses.map((address): [string, string] => [address, name])]))
  const resolv = resolvConf((yield* readOrEmpty(sys, '/etc/resolv.conf')) ?? '', host)
  yield* put('resolv.conf', resolv)
  yield* put('resolv.conf.hash', `sha256:${hexDigest(encode(resolv))}`)
}

/** The node's, or what the client says; name servers of the loopback are not for a container. */
function resolvConf(text: string, { Dns, DnsSearch, DnsOptions, NetworkMode }: HostConfig): string {
  if (NetworkMode === 'host' && Dns.length + DnsSearch.length + DnsOptions.length === 0) return text
  const words = (key: string): string[] => text.split('\n').flatMap((line) => (line.startsWith(`${key} `) ? line.slice(key.length + 1).trim().split(/\s+/) : []))
  if (Dns.length + DnsSearch.length + DnsOptions.length > 0) {
    const search = DnsSearch.length > 0 ? DnsSearch : words('search')
    const options = DnsOptions.length > 0 ? DnsOptions : words('options')
    const servers = Dns.length > 0 ? Dns : words('nameserver')
    return `${search.length > 0 && search.join(' ') !== '.' ? `search ${search.join(' ')}\n` : ''}${servers.map((server) => `nameserver ${server}\n`).join('')}${options.length > 0 ? `options ${options.join(' ')}\n` : ''}`
  }
  const kept = text.split('\n').filter((line) => !/^nameserver (127\.|::1)/.test(line)).join('\n')
  return /^nameserver /m.test(kept) ? kept : `${kept}\nnameserver 8.8.8.8\nnameserver 8.8.4.4`
}

