/**
 * A container's network namespace (libnetwork sandbox.go, osl/namespace_linux.go): runc makes it, the hook of the specification names it to the daemon, which
 * keeps it by a bind mount and plugs it in.
 */
import { makeDirectories, removeAll, unmountAll } from '../../containerd/files'
import { randomHex } from '../../containerd/digest'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { lastAddress } from '../../kernel/net/address'
import { defaultRoute } from '../../kernel/net/netlink'
import { inNetns } from '../../kernel/net/visit'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { EXEC_ROOT } from '../context'
import type { EndpointSettings } from '../types'
import { prefixOf } from './addresses'
import type { Network } from './networks'

const KEYS = `${EXEC_ROOT}/netns`
export const keyOf = (sandboxId: string): string => `${KEYS}/${sandboxId.slice(0, 12)}`

/** Binds a namespace to the sandbox's own path and turns IPv6 off in it, where no network has any. */
export function* keepSandbox(sys: Sys, sandboxId: string, namespace: string): Run {
  makeDirectories(sys, KEYS)
  const key = keyOf(sandboxId)
  yield* sys.writeFile(key, new Uint8Array(), { mode: 0o644 })
  sys.mount(namespace, key, 'bind', 'bind')
  yield* inNetns(sys, key, function* () {
    sys.net.setLink('lo', { up: true })
    yield* sys.writeFile('/proc/sys/net/ipv6/conf/all/disable_ipv6', encode('1'))
  })
}

export function dropSandbox(sys: Sys, sandboxId: string): void {
  if (sandboxId === '') return
  unmountAll(sys, keyOf(sandboxId))
  removeAll(sys, keyOf(sandboxId))
}

/** A cable from the sandbox to the network's bridge. */
export function* plugIn(sys: Sys, sandboxId: string, network: Network, { IPAddress, IPPrefixLen, MacAddress, Gateway }: EndpointSettings, route: 'default' | 'none'): Run {
  const hostName = `veth${randomHex(sys, 7)}`
  yield* inNetns(sys, keyOf(sandboxId), (home) => {
    const names = sys.net.links().map(({ name }) => name)
    let number = 0
    while (names.includes(`eth${number}`)) number++
    const name = `eth${number}`
    sys.net.addLink({ name, kind: 'veth', mac: MacAddress, txqlen: 0, peer: { name: hostName, netns: { fd: home } } })
    sys.net.addAddress(name, { local: IPAddress, length: IPPrefixLen, broadcast: lastAddress(prefixOf(network.subnet)) })
    sys.net.setLink(name, { up: true })
    if (route === 'default' && !network.internal) sys.net.addRoute({ destination: defaultRoute('inet'), device: name, gateway: Gateway }, 'add')
  })
  sys.net.setLink(hostName, { master: network.device })
  sys.net.setLink(hostName, { up: true })
}

/** Takes the cable with that address out. */
export function* unplug(sys: Sys, sandboxId: string, address: string): Run {
  try {
    yield* inNetns(sys, keyOf(sandboxId), () => {
      const device = sys.net.links().find(({ addresses }) => addresses.some(({ local }) => local === address))
      if (device) sys.net.removeLink(device.name)
    })
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
