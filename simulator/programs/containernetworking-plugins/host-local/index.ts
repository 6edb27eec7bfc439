/**
 * CNI host-local (plugins/ipam/host-local): gives out addresses of a range in turn. Its memory is a directory: one file for each
 * address, holding the container's id and interface, and the last one given out.
 */
import { CniFailure, type Request, cniPlugin } from '../plugin'
import type { CniResult, Ipam } from '../../../cni/types'
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { contains, lastAddress, numberOf, offsetAddress, parsePrefix } from '../../../kernel/net/address'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

const DATA = '/var/lib/cni/networks'
const LINE_BREAK = '\r\n'

interface Range {
  readonly subnet: string
  readonly rangeStart?: string | undefined
  readonly rangeEnd?: string | undefined
  readonly gateway?: string | undefined
}

const setsOf = (ipam: Ipam): readonly (readonly Range[])[] => {
  const sets: (readonly Range[])[] = [...(ipam.ranges ?? [])]
  if (ipam.subnet) sets.unshift([{ subnet: ipam.subnet, rangeStart: ipam.rangeStart, rangeEnd: ipam.rangeEnd, gateway: ipam.gateway }])
  return sets
}

function directoryOf({ config }: Request): string {
  return `${config.ipam?.dataDir ?? DATA}/${config.name ?? ''}`
}

function makeDirectory(sys: Sys, path: string): void {
  let at = ''
  for (const name of path.split('/').filter(Boolean)) {
    at += `/${name}`
    try {
      sys.mkdir(at, 0o755)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
  }
}

function* text(sys: Sys, path: string): Run<string | undefined> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Addresses that may be given out: from the start (the network's first) to the end (before the broadcast address). */
function bounds(range: Range) {
  const prefix = parsePrefix(range.subnet)
  if (!prefix) throw new CniFailure(`invalid CIDR address: ${range.subnet}`)
  const first = range.rangeStart ?? offsetAddress(prefix.address, 1n)
  const last = range.rangeEnd ?? (prefix.family === 'inet' ? offsetAddress(lastAddress(prefix), -1n) : lastAddress(prefix))
  return { prefix, first, last, gateway: range.gateway ?? offsetAddress(prefix.address, 1n) }
}

function* allocate(request: Request, set: readonly Range[], index: number): Run<{ address: string; gateway: string }> {
  const { sys, containerId, ifName } = request
  const directory = directoryOf(request)
  const ranges = set.map(bounds)
  const lastFile = `${directory}/last_reserved_ip.${index}`
  const previous = yield* text(sys, lastFile)
  let at = ranges.findIndex((range) => previous !== undefined && contains(range.prefix, previous))
  let next = at >= 0 && previous ? offsetAddress(previous, 1n) : undefined
  if (at < 0) at = 0
  const start = { at, next }
  let wrapped = false
  for (;;) {
    const range = ranges[at]
    if (!range) break
    const candidate: string = next ?? range.first
    if (numberOf(candidate) > numberOf(range.last)) {
      if (wrapped && at === start.at) break
      at = (at + 1) % ranges.length
      if (at === 0 || ranges.length === 1) wrapped = true
      next = undefined
      continue
    }
    next = offsetAddress(candidate, 1n)
    if (candidate !== range.gateway && (yield* reserve(sys, `${directory}/${candidate.replaceAll(':', '_')}`, `${containerId}${LINE_BREAK}${ifName}`))) {
      yield* sys.writeFile(lastFile, encode(candidate), { mode: 0o644 })
      return { address: `${candidate}/${range.prefix.length}`, gateway: range.gateway }
    }
    yield* sys.sleep(0)
  }
  const named = set.map((range) => `${bounds(range).first}-${bounds(range).last}`).join(',')
  throw new CniFailure(`failed to allocate for range ${index}: no IP addresses available in range set: ${named}`)
}

/** open(O_EXCL): the file is the reservation. */
function* reserve(sys: Sys, path: string, contents: string): Run<boolean> {
  try {
    const fd = yield* sys.open(path, { write: true, create: true, exclusive: true }, 0o644)
    yield* sys.write(fd, encode(contents))
    sys.close(fd)
    return true
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false
    throw error
  }
}

export default cniPlugin({
  name: 'host-local',
  summary: 'CNI plugin: gives out addresses of a range',
  *add(request) {
    const { sys, config } = request
    if (!config.ipam) throw new CniFailure('IPAM config missing \'ipam\' key')
    const directory = directoryOf(request)
    makeDirectory(sys, directory)
    sys.close(yield* sys.open(`${directory}/lock`, { read: true, create: true }, 0o750))
    const version = config.cniVersion ?? '0.3.1'
    const ips: NonNullable<CniResult['ips']> = []
    for (const [index, set] of setsOf(config.ipam).entries()) {
      const { address, gateway } = yield* allocate(request, set, index)
      ips.push({ ...(version.startsWith('1.') ? {} : { version: address.includes(':') ? '6' : '4' }), address, gateway })
    }
    return { cniVersion: version, ips, ...(config.ipam.routes ? { routes: config.ipam.routes } : {}), dns: {} }
  },
  *del(request) {
    const { sys, containerId, ifName } = request
    const directory = directoryOf(request)
    let names: string[] = []
    try {
      names = sys.readdir(directory).map((entry) => entry.name)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    for (const name of names) {
      if (name === 'lock' || name.startsWith('last_reserved_ip')) continue
      if ((yield* text(sys, `${directory}/${name}`)) === `${containerId}${LINE_BREAK}${ifName}`) sys.unlink(`${directory}/${name}`)
    }
  },
})
