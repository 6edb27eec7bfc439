import { expect, test } from 'vitest'
import { decode } from '../kernel/bytes'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { bootTestNode } from '../testing/node'
import { CniError, type PodNetwork, cniAdd, podAddress, setUpPod, tearDownPod } from './invoke'

/** /etc/cni/net.d/10-bridge.conflist of the recorded node. */
const CONFLIST =
  '{"cniVersion":"0.3.1","name":"k8s-pod-network","plugins":[{"type":"bridge","bridge":"cni0","isGateway":true,"ipMasq":false,"hairpinMode":true,"ipam":{"type":"host-local","ranges":[[{"subnet":"192.168.1.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}},{"type":"portmap","capabilities":{"portMappings":true}}]}'

function node() {
  const lab = bootTestNode()
  lab.main(function* (sys) {
    for (const path of ['/opt', '/opt/cni', '/var/lib', '/var/lib/cni', '/run/netns']) sys.mkdir(path)
    sys.symlink('/usr/lib/cni', '/opt/cni/bin')
    yield* sys.sleep(0)
    return 0
  })
  lab.run(['ip', 'link', 'set', 'lo', 'up'])
  const pod = <T>(id: string, work: (sys: Sys, target: { containerId: string; netnsPath: string; ifName: string; conflist: string }) => Run<T>): T | undefined => {
    let value: T | undefined
    lab.run(['ip', 'netns', 'add', `cni-${id}`])
    lab.main(function* (sys) {
      value = yield* work(sys, { containerId: id, netnsPath: `/run/netns/cni-${id}`, ifName: 'eth0', conflist: CONFLIST })
      return 0
    })
    return value
  }
  return { lab, pod }
}

const read = (lab: ReturnType<typeof bootTestNode>, path: string): string => {
  let text = ''
  lab.main(function* (sys) {
    text = decode(yield* sys.readFile(path))
    return 0
  })
  return text
}

test('pods get the next addresses and reach each other', () => {
  const { lab, pod } = node()
  const a = pod('a'.repeat(64), (sys, target) => setUpPod(sys, target)) as PodNetwork
  const b = pod('b'.repeat(64), (sys, target) => setUpPod(sys, target)) as PodNetwork
  expect([podAddress(a), podAddress(b)]).toEqual(['192.168.1.2', '192.168.1.3'])
  expect(Object.keys(a.Interfaces)).toEqual(['cni0', 'eth0', 'lo', expect.stringMatching(/^veth[0-9a-f]{8}$/)])
  expect(a.Interfaces.lo?.IPConfigs).toEqual([{ IP: '127.0.0.1', Gateway: '' }, { IP: '::1', Gateway: '' }])
  expect(a.Routes).toEqual([{ dst: '0.0.0.0/0' }])
  expect(read(lab, '/var/lib/cni/networks/k8s-pod-network/192.168.1.2')).toBe(`${'a'.repeat(64)}\r\neth0`)
  expect(read(lab, '/var/lib/cni/networks/k8s-pod-network/last_reserved_ip.0')).toBe('192.168.1.3')
  expect(lab.run(['ip', 'route']).stdout).toBe('192.168.1.0/24 dev cni0 proto kernel scope link src 192.168.1.1 \n')
  expect(lab.run(['ip', 'netns', 'exec', `cni-${'a'.repeat(64)}`, 'ip', 'route']).stdout).toBe(
    'default via 192.168.1.1 dev eth0 \n192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.2 \n',
  )
  // The size that the recorded node's files have.
  expect(read(lab, `/var/lib/cni/results/cni-loopback-${'a'.repeat(64)}-lo`).length).toBeGreaterThan(400)
})

test('what goes away gives its address back, and the next one is still new', () => {
  const { lab, pod } = node()
  pod('a'.repeat(64), function* (sys, target) {
    yield* setUpPod(sys, target)
    yield* tearDownPod(sys, target)
  })
  expect(lab.run(['ip', '-br', 'link', 'show', 'type', 'veth']).stdout).toBe('')
  const b = pod('b'.repeat(64), (sys, target) => setUpPod(sys, target)) as PodNetwork
  expect(podAddress(b)).toBe('192.168.1.3')
})

test('a plugin that is missing, and a range that is used up', () => {
  const { pod } = node()
  const refused = (id: string, conflist: string) =>
    pod(id, function* (sys, target) {
      try {
        yield* cniAdd(sys, { ...target, conflist })
        return ''
      } catch (error) {
        return error instanceof CniError ? error.message : 'another error'
      }
    })
  expect(refused('x', '{"name":"n","cniVersion":"0.3.1","plugins":[{"type":"calico"}]}')).toBe('failed to find plugin "calico" in path [/opt/cni/bin]')
  const small = CONFLIST.replace('192.168.1.0/24', '10.9.0.0/30')
  expect(refused('y', small)).toBe('')
  expect(refused('z', small)).toBe(
    'plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.9.0.1-10.9.0.2',
  )
})
