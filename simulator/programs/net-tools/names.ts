/** Names of addresses and ports: /etc/hosts, /etc/networks and /etc/services, as the C library finds them. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { readText } from '../procps/processes'

export interface Names {
  host(address: string): string
  port(number: number, protocol: string): string
}

function* rows(sys: Sys, path: string): Run<string[][]> {
  return ((yield* readText(sys, path)) ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/)).filter(([first]) => first !== '')
}

/** `numeric`: what stays a number. */
export function* namesFor(sys: Sys, numeric: { readonly hosts: boolean; readonly ports: boolean }): Run<Names> {
  const hosts = new Map<string, string>()
  if (!numeric.hosts) for (const [address = '', name = ''] of yield* rows(sys, '/etc/hosts')) if (!hosts.has(address)) hosts.set(address, name)
  const services = new Map<string, string>()
  if (!numeric.ports) for (const [name = '', port = ''] of yield* rows(sys, '/etc/services')) if (!services.has(port)) services.set(port, name)
  return {
    host: (address) => hosts.get(address) ?? address,
    port: (number, protocol) => services.get(`${number}/${protocol}`) ?? String(number),
  }
}
