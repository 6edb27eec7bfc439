import { expect, test } from 'vitest'
import { ROOT } from '../credentials'
import { Random } from '../random'
import { formatAddress, linkLocal, parseAddress } from './address'
import { NetNamespace } from './namespace'
import { NetlinkSocket } from './netlink'
import { NET_FILES } from './proc'
import { EthernetSegment } from './segment'
import { TcpSocket } from './tcp'
import { travel } from './topology'

/** Two nodes on a wire, each with a bridge and a pod behind it. */
function cluster() {
  let inode = 1000
  const machine = { clock: { monotonic: 5e9 }, random: new Random('net'), nextSocketInode: () => inode++ }
  const wire = new EthernetSegment('lan')
  const node = (n: number) => {
    const host = new NetNamespace(4026531840 + 10 * n, machine)
    const pod = new NetNamespace(4026531841 + 10 * n, machine)
    const card = host.addEthernet('enp1s0')
    wire.plug(card)
    card.segment = wire
    host.forwarding = true
    const net = new NetlinkSocket({ namespace: host, credentials: ROOT, find: () => pod })
    const inside = new NetlinkSocket({ namespace: pod, credentials: ROOT, find: () => host })
    net.setLink('lo', { up: true })
    net.addAddress('enp1s0', { local: `172.30.2.${n}`, length: 24 })
    net.setLink('enp1s0', { up: true })
    net.addLink({ name: 'cni0', kind: 'bridge' })
    net.addAddress('cni0', { local: `192.168.${n}.1`, length: 24, broadcast: `192.168.${n}.255` })
    net.addLink({ name: 'veth0', kind: 'veth', peer: { name: 'eth0', netns: { pid: 1 } } })
    net.setLink('veth0', { master: 'cni0', up: true })
    net.setLink('cni0', { up: true })
    inside.setLink('lo', { up: true })
    inside.setLink('eth0', { up: true })
    inside.addAddress('eth0', { local: `192.168.${n}.2`, length: 24, broadcast: `192.168.${n}.255` })
    inside.addRoute({ destination: { family: 'inet', address: '0.0.0.0', length: 0 }, gateway: `192.168.${n}.1` }, 'add')
    const other = 3 - n
    net.addRoute({ destination: { family: 'inet', address: `192.168.${other}.0`, length: 24 }, gateway: `172.30.2.${other}`, onlink: true, device: 'enp1s0' }, 'add')
    return { host, pod, net, inside }
  }
  return { machine, one: node(1), two: node(2) }
}

function listen(namespace: NetNamespace, port: number): TcpSocket {
  const server = new TcpSocket(namespace, 'inet', 0)
  server.bind({ family: 'inet', address: '0.0.0.0', port }, ROOT)
  server.listen(128)
  return server
}
const connect = (namespace: NetNamespace, address: string, port: number) => {
  const socket = new TcpSocket(namespace, 'inet', 0)
  return { socket, outcome: socket.connect({ family: 'inet', address, port }) }
}

test('bytes go from a pod to another node’s pod and back, and the closer waits', () => {
  const { one, two, machine } = cluster()
  const server = listen(two.pod, 80)
  const { socket, outcome } = connect(one.pod, '192.168.2.2', 80)
  expect(outcome.error).toBeUndefined()
  expect(outcome.after).toBeGreaterThan(0)
  const accepted = server.tryAccept()
  expect(accepted?.peerAddress).toMatchObject({ address: '192.168.1.2' })
  socket.tryWrite(new Uint8Array([1, 2, 3]))
  expect(accepted?.tryRead(10)).toEqual(new Uint8Array([1, 2, 3]))
  expect(accepted?.tryRead(10)).toBeUndefined()
  socket.close()
  expect(accepted?.tryRead(10)).toHaveLength(0)
  accepted?.close()
  expect(one.inside.sockets().map((s) => s.state)).toEqual(['TIME_WAIT'])
  expect(two.inside.sockets().map((s) => s.state)).toEqual(['LISTEN'])
  machine.clock.monotonic += 61e9
  expect(one.inside.sockets()).toEqual([])
  expect(one.inside.neighbours().map((n) => n.address)).toContain('192.168.1.1')
})

test('who cannot be reached says why', () => {
  const { one, two } = cluster()
  expect(connect(one.pod, '192.168.1.1', 81).outcome.error).toBe('ECONNREFUSED')
  expect(connect(one.pod, '192.168.1.77', 81).outcome.error).toBe('EHOSTUNREACH')
  expect(connect(one.host, '10.0.0.1', 81).outcome).toEqual({ after: 0, error: 'ENETUNREACH' })
  expect(connect(one.pod, '10.0.0.1', 81).outcome.error).toBe('ENETUNREACH')
  one.host.forwarding = false
  expect(connect(one.pod, '192.168.2.2', 81).outcome.error).toBe('ETIMEDOUT')
  two.net.setLink('cni0', { up: false })
  expect(connect(two.pod, '192.168.2.1', 81).outcome.error).toBe('EHOSTUNREACH')
  const alone = new NetNamespace(1, one.host.machine)
  expect(connect(alone, '127.0.0.1', 81).outcome.error).toBe('ENETUNREACH')
})

test('a port is taken once', () => {
  const { one } = cluster()
  listen(one.pod, 80)
  expect(() => listen(one.pod, 80)).toThrow('Address already in use')
  expect(() => listen(one.host, 80)).not.toThrow()
})

test('a namespace takes its devices and their other ends along', () => {
  const { one } = cluster()
  expect(one.host.idOf(one.pod)).toBe(0)
  one.pod.destroy()
  expect(one.net.links().map((link) => link.name)).toEqual(['lo', 'enp1s0', 'cni0'])
  expect(one.net.links().at(-1)?.flags).toEqual(['NO-CARRIER', 'BROADCAST', 'MULTICAST', 'UP'])
  expect(one.host.idOf(one.pod)).toBeUndefined()
})

test('a mapped port leads to the pod', () => {
  const { one, two } = cluster()
  const server = listen(one.pod, 80)
  one.net.addNat({ kind: 'dnat', protocol: 'tcp', port: 8080, targets: [{ address: '192.168.1.2', port: 80 }], owner: 'x' })
  expect(connect(two.pod, '172.30.2.1', 8080).outcome.error).toBeUndefined()
  expect(server.tryAccept()?.peerAddress).toMatchObject({ address: '192.168.2.2' })
})

test('/proc/net/route and addresses in memory order', () => {
  const { one } = cluster()
  expect(NET_FILES.route?.(one.pod)).toBe(
    [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT                                                       ',
      'eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0                                                                               ',
      'eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0                                                                               ',
      '',
    ].join('\n'),
  )
})

test.each([['::1'], ['fe80::3cb8:f1ff:fedc:deaa'], ['2001:db8::1:0:0:1'], ['192.168.1.6'], ['::']])('%s keeps its text', (text) => {
  const parsed = parseAddress(text)
  expect(parsed && formatAddress(parsed)).toBe(text)
})

test('link-local from a MAC', () => {
  expect(linkLocal('3e:b8:f1:dc:de:aa')).toBe('fe80::3cb8:f1ff:fedc:deaa')
})

test('the way counts hops', () => {
  const { one, two } = cluster()
  const way = travel(one.pod, { protocol: 'icmp', to: { address: '192.168.2.2', port: 0 } })
  expect('path' in way && [way.path.forwards, way.path.namespace === two.pod]).toEqual([2, true])
})
