/** Names of addresses and ports: /etc/hosts and /etc/services. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { servicesByPort } from '../libc/services'
import { readText } from '../procps/processes'

export interface Names {
  host(address: string): string
  port(number: number, protocol: string): string
}

/** Rows of /etc/hosts: the address, then its names. */
function* hosts(sys: Sys): Run<string[][]> {
  return ((yield* readText(sys, '/etc/hosts')) ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/)).filter(([first]) => first !== '')
}

/** The address of a name; undefined: there is none. */
export function* addressOf(sys: Sys, name: string): Run<string | undefined> {
  return (yield* hosts(sys)).find((row) => row.slice(1).includes(name))?.[0]
}

/** `numeric`: what stays a number. */
export function* namesFor(sys: Sys, numeric: { readonly hosts: boolean; readonly ports: boolean }): Run<Names> {
  const byAddress = new Map<string, string>()
  if (!numeric.hosts) for (const [address = '', name = ''] of yield* hosts(sys)) if (!byAddress.has(address)) byAddress.set(address, name)
  const services = numeric.ports ? new Map<string, string>() : yield* servicesByPort(sys)
  return {
    host: (address) => byAddress.get(address) ?? address,
    port: (number, protocol) => services.get(`${number}/${protocol}`) ?? String(number),
  }
}
