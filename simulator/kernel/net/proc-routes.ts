/** Routes of a network namespace as /proc/PID/net has them (net/ipv4/fib_trie.c, net/ipv6/route.c): fib_trie, fib_triestat, ipv6_route, rt_cache. */
import { lastAddress, network, numberOf } from './address'
import { type Branch, FibTrie, type Leaf, type Node } from './fib'
import type { NetNamespace } from './namespace'

const dotted = (key: number): string => [24, 16, 8, 0].map((shift) => (key >>> shift) & 255).join('.')
const keyOf = (address: string): number => Number(numberOf(address))

/** The main and the local table are one trie until somebody adds a rule. */
function trieOf(ns: NetNamespace): FibTrie {
  const trie = new FibTrie()
  for (const device of ns.devices.values()) {
    if (!device.up) continue
    for (const a of device.addresses) {
      if (a.family !== 'inet') continue
      const first = network(a.local, a.length)
      trie.add(keyOf(a.local), { length: 32, scope: 'host', type: 'LOCAL' })
      if (device.kind === 'loopback' && a.length < 32) trie.add(keyOf(first.address), { length: a.length, scope: 'host', type: 'LOCAL' })
      if (a.length < 31) trie.add(keyOf(lastAddress(first)), { length: 32, scope: 'link', type: 'BROADCAST' })
    }
  }
  for (const route of ns.routes) {
    if (route.destination.family !== 'inet') continue
    const scope = route.gateway ? 'universe' : route.scope === 'global' ? 'universe' : route.scope
    trie.add(keyOf(route.destination.address), { length: route.destination.length, scope, type: route.type === 'unicast' ? 'UNICAST' : route.type.toUpperCase() })
  }
  return trie
}

function leafText({ key, routes }: Leaf, indent: string): string {
  return `${indent}|-- ${dotted(key)}\n${routes.map(({ length, scope, type }) => `${indent}   /${length} ${scope} ${type}\n`).join('')}`
}

function nodeText(node: Node, depth: number): string {
  const indent = ' '.repeat(3 * depth - 1)
  if (node.kind === 'leaf') return leafText(node, indent)
  const { key, pos, bits, children } = node
  return `${indent}+-- ${dotted(key)}/${32 - pos - bits} ${bits} ${FibTrie.full(node)} ${FibTrie.empty(node)}\n${children.map((child) => (child ? nodeText(child, depth + 1) : '')).join('')}`
}

function fibTrie(ns: NetNamespace): string {
  const { root } = trieOf(ns)
  // The root holds one child only: a table with a single leaf shows just that.
  const text = root ? nodeText(root, 1) : ''
  return ['Main', 'Local'].map((name) => (text === '' ? '' : `${name}:\n${text}`)).join('')
}

interface Sums {
  leaves: number
  prefixes: number
  depth: number
  deepest: number
  inner: number
  pointers: number
  nulls: number
  readonly sizes: Map<number, number>
}

function count(node: Node, depth: number, sums: Sums): void {
  if (node.kind === 'leaf') {
    sums.leaves++
    sums.prefixes += node.routes.length
    sums.depth += depth
    sums.deepest = Math.max(sums.deepest, depth)
    return
  }
  const branch: Branch = node
  sums.inner++
  sums.pointers += branch.children.length
  sums.sizes.set(branch.bits, (sums.sizes.get(branch.bits) ?? 0) + 1)
  for (const child of branch.children) {
    if (child) count(child, depth + 1, sums)
    else sums.nulls++
  }
}

function fibTriestat(ns: NetNamespace): string {
  const { root } = trieOf(ns)
  const sums: Sums = { leaves: 0, prefixes: 0, depth: 0, deepest: 0, inner: 0, pointers: 0, nulls: 0, sizes: new Map() }
  if (root) count(root, 0, sums)
  const average = sums.leaves === 0 ? 0 : Math.floor((sums.depth * 100) / sums.leaves)
  const bytes = 48 * sums.leaves + 40 * sums.inner + 8 * sums.pointers + 56 * sums.prefixes
  const text =
    `\tAver depth:     ${Math.floor(average / 100)}.${String(average % 100).padStart(2, '0')}\n\tMax depth:      ${sums.deepest}\n\tLeaves:         ${sums.leaves}\n\tPrefixes:       ${sums.prefixes}\n` +
    `\tInternal nodes: ${sums.inner}\n\t${[...sums.sizes].sort((a, b) => a[0] - b[0]).map(([bits, n]) => `  ${bits}: ${n}`).join('')}\n\tPointers: ${sums.pointers}\nNull ptrs: ${sums.nulls}\nTotal size: ${Math.ceil(bytes / 1024)}  kB\n`
  return `Basic info: size of leaf: 48 bytes, size of tnode: 40 bytes.\nMain:\n${text}Local:\n${text}`
}

const hex128 = (address: string): string => numberOf(address).toString(16).padStart(32, '0')
const hex = (value: number, width: number): string => (value >>> 0).toString(16).padStart(width, '0')
const ANY = '::'

function ipv6Route(ns: NetNamespace): string {
  const row = (to: string, length: number, via: string, metric: number, references: number, flags: number, name: string): string =>
    `${hex128(to)} ${hex(length, 2)} ${hex128(ANY)} 00 ${hex128(via)} ${hex(metric, 8)} ${hex(references, 8)} 00000000 ${hex(flags, 8)} ${name.padStart(8)}\n`
  const devices = [...ns.devices.values()].filter((d) => d.up && d.addresses.some((a) => a.family === 'inet6'))
  const routes = ns.sortedRoutes.filter((r) => r.destination.family === 'inet6')
  const nowhere = row(ANY, 0, ANY, 0xffffffff, 1, 0x00200200, 'lo')
  return (
    routes.map((r) => row(r.destination.address, r.destination.length, r.gateway ?? ANY, r.metric, 1, r.gateway ? 3 : 1, r.device.name)).join('') + nowhere +
    devices.flatMap((d) => d.addresses.filter((a) => a.family === 'inet6').map((a) => ({ at: numberOf(a.local), text: row(a.local, 128, ANY, 0, 2, 0x80200001, d.name) })))
      .sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ text }) => text).join('') +
    devices.filter((d) => d.kind !== 'loopback').map((d) => row('ff00::', 8, ANY, 256, 2, 1, d.name)).join('') + nowhere
  )
}

export const ROUTE_FILES: { readonly [name: string]: (ns: NetNamespace) => string } = {
  fib_trie: fibTrie,
  fib_triestat: fibTriestat,
  ipv6_route: ipv6Route,
  rt_cache: () => `${'Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource\t\tMTU\tWindow\tIRTT\tTOS\tHHRef\tHHUptod\tSpecDst'.padEnd(127)}\n`,
}
