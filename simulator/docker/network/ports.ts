/** Published ports (libnetwork portmapper): a docker-proxy for each, which takes what comes to the node's port into the container. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import type { Sys } from '../../kernel/sys'
import { internal } from '../error'
import type { PortBinding, PortMap } from '../types'

const PROXY = '/usr/bin/docker-proxy'
const FIRST = 49_153
const LAST = 65_535

export interface Published {
  readonly ports: PortMap
  readonly proxies: readonly number[]
}

/** `wanted` has every port that the container shows, with the bindings that were asked for. */
export function* publish(sys: Sys, container: string, address: string, wanted: PortMap): Run<Published> {
  const ports: Record<string, readonly PortBinding[] | null> = {}
  const proxies: number[] = []
  try {
    for (const [port, bindings] of Object.entries(wanted)) {
      const [number = '', protocol = 'tcp'] = port.split('/')
      if (!bindings || bindings.length === 0) {
        ports[port] = null
        continue
      }
      const given: PortBinding[] = []
      for (const { HostIp, HostPort } of bindings) {
        const host = HostIp === '' ? '0.0.0.0' : HostIp
        const fixed = HostPort === '' || HostPort === '0' ? undefined : Number(HostPort)
        const own = fixed ?? (yield* freePort(sys, host, protocol))
        if (fixed !== undefined && !isFree(sys, host, fixed, protocol)) {
          throw internal(`driver failed programming external connectivity on endpoint ${container}: Error starting userland proxy: listen ${protocol}4 ${host}:${fixed}: bind: address already in use`)
        }
        proxies.push(startProxy(sys, ['-proto', protocol, '-host-ip', host, '-host-port', String(own), '-container-ip', address, '-container-port', number]))
        given.push({ HostIp: host, HostPort: String(own) })
      }
      ports[port] = given
    }
  } catch (error) {
    for (const pid of proxies) endProxy(sys, pid)
    throw error
  }
  return { ports, proxies }
}

function startProxy(sys: Sys, args: readonly string[]): number {
  const pid = sys.fork(function* (child) {
    const nowhere = yield* child.open('/dev/null', { read: true, write: true })
    for (const fd of [0, 1, 2]) child.dup2(nowhere, fd)
    for (const fd of child.descriptors()) if (fd > 2) child.setCloseOnExec(fd, true)
    return yield* child.exec(PROXY, [PROXY, ...args], child.env)
  })
  sys.go(reap(sys, pid))
  return pid
}

function* reap(sys: Sys, pid: number): Run {
  yield* sys.wait(pid)
}

export function endProxy(sys: Sys, pid: number): void {
  try {
    sys.kill(pid, SIG.SIGINT)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

const kindOf = (protocol: string): 'stream' | 'dgram' => (protocol === 'udp' ? 'dgram' : 'stream')

function isFree(sys: Sys, address: string, port: number, protocol: string): boolean {
  const fd = sys.socket('inet', kindOf(protocol))
  try {
    sys.bind(fd, { family: 'inet', address, port })
    if (protocol !== 'udp') sys.listen(fd, 1)
    return true
  } catch (error) {
    if (!isErrno(error)) throw error
    return false
  } finally {
    sys.close(fd)
  }
}

function* freePort(sys: Sys, address: string, protocol: string): Run<number> {
  for (let port = FIRST; port <= LAST; port++) if (isFree(sys, address, port, protocol)) return port
  throw internal('all ports are allocated')
}
