/** Ports as -p and --expose name them (docker/go-connections nat.go). */
import type { PortBinding } from '../../../docker/types'

const LAST = 65_535

function range(text: string, what: string): [number, number] {
  const [first = '', last = first] = text.split('-')
  if (!/^\d+$/.test(first) || !/^\d+$/.test(last) || Number(first) > Number(last) || Number(last) > LAST) throw new Error(`Invalid ${what}: ${text}`)
  return [Number(first), Number(last)]
}

function protocolOf(text: string): string {
  const protocol = text.toLowerCase() || 'tcp'
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new Error(`Invalid proto: ${text}`)
  return protocol
}

/** `[[ip:]host:]container[/protocol]`, ports or ranges of them. */
export function portBindings(specs: readonly string[]): Record<string, PortBinding[]> {
  const all: Record<string, PortBinding[]> = {}
  for (const spec of specs) {
    const [place = '', protocol = ''] = spec.split('/', 2)
    const parts = place.split(':')
    const container = parts.at(-1) ?? ''
    const host = parts.length > 1 ? (parts.at(-2) ?? '') : ''
    const ip = parts.slice(0, -2).join(':').replace(/^\[|\]$/g, '')
    if (container === '') throw new Error(`No port specified: ${spec}<empty>`)
    if (ip !== '' && !/^\d+(\.\d+){3}$|:/.test(ip)) throw new Error(`Invalid ip address: ${ip}`)
    const [first, last] = range(container, 'containerPort')
    const given = host === '' ? undefined : range(host, 'hostPort')
    if (given && given[1] - given[0] !== last - first && first !== last) throw new Error(`Invalid ranges specified for container and host Ports: ${container} and ${host}`)
    for (let port = first; port <= last; port++) {
      const key = `${port}/${protocolOf(protocol)}`
      const HostPort = given === undefined ? '' : given[1] - given[0] === last - first ? String(given[0] + port - first) : `${given[0]}-${given[1]}`
      all[key] = [...(all[key] ?? []), { HostIp: ip, HostPort }]
    }
  }
  return all
}

export function exposedPorts(specs: readonly string[]): Record<string, object> {
  const all: Record<string, object> = {}
  for (const spec of specs) {
    if (spec.includes(':')) throw new Error(`invalid port format for --expose: ${spec}`)
    const [place = '', protocol = ''] = spec.split('/', 2)
    const [first, last] = range(place, 'range format for --expose')
    for (let port = first; port <= last; port++) all[`${port}/${protocolOf(protocol)}`] = {}
  }
  return all
}
