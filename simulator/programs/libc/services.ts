/** Ports by name (/etc/services), as getservbyport(3) reads them: `80/tcp` is http. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { readText } from '../procps/processes'

export function* servicesByPort(sys: Sys): Run<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const line of ((yield* readText(sys, '/etc/services')) ?? '').split('\n')) {
    const [name, port] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (name && port && !names.has(port)) names.set(port, name)
  }
  return names
}
