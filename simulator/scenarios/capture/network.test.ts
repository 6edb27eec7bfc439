import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { NetNamespace } from '../../kernel/net/namespace'
import { NET_FILES } from '../../kernel/net/proc'
import { bootTestNode } from '../../testing/node'
import { loadNetwork } from './network'
import { parseCapture } from './schema'

const base = new URL('../../../content/recordings/cri-node/', import.meta.url)
const capture = parseCapture(JSON.parse(readFileSync(new URL('capture.json', base), 'utf8')))

function node() {
  const lab = bootTestNode()
  const { kernel } = lab
  kernel.clock.monotonic = kernel.clock.monotonicAt({ sec: Math.floor(capture.recorded_at), nsec: Math.round((capture.recorded_at % 1) * 1e9) })
  const inumOf = (comm: string, pod?: string) => {
    const found = capture.processes.find((p) => p.comm.trim() === comm && (pod === undefined || p.cmdline.includes(pod)))
    return Number(/\d+/.exec(found?.ns.net ?? '')?.[0])
  }
  const hostNs = new NetNamespace(inumOf('.initd'), kernel)
  const inums = [...new Set(capture.processes.map((p) => Number(/\d+/.exec(p.ns.net ?? '')?.[0])))].filter((inum) => inum !== hostNs.inum)
  const names = ['coredns-787d4945fb-q4bmd', 'coredns-787d4945fb-tz9lk', 'nginx-6d666844f6-2xkwd', 'nginx-6d666844f6-h5vqn', 'mypod', 'shared-pid', 'lonely']
  const podNs = new Map(names.map((name, i) => [name, new NetNamespace(inums[i] ?? 0, kernel)]))
  const sockets = loadNetwork(kernel, capture, { hostNs, podNs })
  const enter = (ns: NetNamespace | undefined) => {
    if (ns) lab.init.ns = { ...lab.init.ns, net: ns }
  }
  return { lab, hostNs, podNs, sockets, enter }
}

const recorded = readFileSync(new URL('query/namespaces.jsonl', base), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { cmd: string; stdout: string; stderr: string; code: number })

const HOST = ['ip -4 addr', 'ip -br link', 'ip route', 'ip link show type bridge', 'ip -br link show type veth', 'ip addr show cni0', 'ip addr show nope', 'bridge link', 'ss -ltn', 'curl localhost:1111']
const MYPOD = [
  'nsenter -t 12029 -n ip addr', 'nsenter -t 12029 -n ip -br a', 'nsenter -t 12029 -n ip route', 'nsenter -t 12029 -n -u sh -c "hostname; ip -4 -o addr show eth0"', 'nsenter -t 12072 -n ss -ltnp',
]

test.each([...HOST.map((cmd) => [cmd, 'host'] as const), ...MYPOD.map((cmd) => [cmd, 'mypod'] as const)])('%s', (cmd, where) => {
  const { lab, podNs, hostNs, enter } = node()
  enter(where === 'host' ? hostNs : podNs.get('mypod'))
  const wanted = recorded.find((each) => each.cmd === cmd)
  const inner = cmd.replace(/^nsenter -t \d+ -n (-u sh -c "hostname; |)/, '').replace(/"$/, '')
  const got = lab.run(inner.split(' '))
  // Who holds a socket needs the node's processes.
  const strip = (text: string) => text.replace(/^mypod\n/, '').replace(/users:.*/g, '').replace(/ +\n/g, '\n')
  const exact = cmd.includes('ss -ltnp') ? strip : (text: string) => text.replace(/^mypod\n/, '')
  expect({ ...got, stdout: exact(got.stdout) }).toEqual({ stdout: exact(wanted?.stdout ?? ''), stderr: wanted?.stderr, code: wanted?.code })
})

test('ip -j a and ip -d -j link give the capture back', () => {
  const { lab, hostNs, enter } = node()
  enter(hostNs)
  const network = capture.network as { addr: unknown; link: { linkinfo?: { info_data?: { gc_timer?: number } } }[] }
  expect(JSON.parse(lab.run(['ip', '-j', 'a']).stdout)).toEqual(network.addr)
  const link = JSON.parse(JSON.stringify(network.link)) as typeof network.link
  for (const each of link) if (each.linkinfo?.info_data) each.linkinfo.info_data.gc_timer = 0
  expect(JSON.parse(lab.run(['ip', '-d', '-j', 'link']).stdout)).toEqual(link)
})

test('/proc/net of host and pod', () => {
  const { hostNs, podNs } = node()
  const of = (pid: number) => capture.processes.find((p) => p.pid === pid)
  for (const [ns, pid] of [[hostNs, 1], [podNs.get('mypod'), 12029]] as const) {
    if (!ns) throw new Error('no such pod')
    expect(NET_FILES.dev?.(ns).split('\n').filter(Boolean).sort()).toEqual((of(pid)?.['net/dev'] ?? '').split('\n').filter(Boolean).sort())
    const addresses = /[0-9a-f]{16} ?/g
    expect(NET_FILES.tcp?.(ns).replace(addresses, '').replace(/ +\n/g, '\n')).toBe((of(pid)?.['net/tcp'] ?? '').replace(addresses, '').replace(/ +\n/g, '\n'))
  }
})
