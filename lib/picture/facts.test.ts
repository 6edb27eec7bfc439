import { PROGRAMS } from '../../simulator/programs/registry'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Lab, parseScenario } from '../../simulator'
import { linesOf, lookedAt, podInWords, reuse, treeOf } from './facts'

const scenario = parseScenario(readFileSync('content/scenarios/notes.yaml', 'utf8'), 'notes.yaml')
const lab = Lab.of(scenario, { programs: PROGRAMS, now: () => performance.now(), load: () => Promise.reject(new Error('none')), distribution: JSON.parse(readFileSync('content/nodes/debian-12.json', 'utf8')) })
const nodes = lab.picture().nodes
const node = nodes.find((n) => n.name === 'node01')
if (!node) throw new Error('no node01')
const pod = (name: string) => {
  const found = node.pods.find((p) => p.name === name)
  if (!found) throw new Error(`no pod ${name}`)
  return found
}

test('a pod shares net, ipc and uts with its pause; one on the host shares the net of the node', () => {
  expect(linesOf(pod('mypod'), node).map((l) => [l.type, l.containers.length, l.ofNode])).toEqual([['net', 2, false], ['ipc', 2, false], ['uts', 2, false]])
  expect(linesOf(pod('canal-v5r8d'), node).find((l) => l.type === 'net')).toMatchObject({ ofNode: true })
  expect(podInWords(pod('canal-v5r8d'), node)).toContain('net of the node')
})

test('every pod has its veth pair: the end in the pod knows the end on the bridge', () => {
  const [eth0] = pod('mypod').devices.filter((d) => d.kind === 'veth')
  const port = node.devices.find((d) => d.name === eth0?.peer?.name)
  expect(port).toMatchObject({ master: 'cni0', peer: { name: 'eth0', namespace: pod('mypod').containers[0]?.namespaces.net } })
})

test('in the tree of processes pause stands below its shim, and the shim below PID 1', () => {
  const rows = treeOf(node)
  const pause = rows.find((r) => r.pod?.name === 'mypod' && r.container?.kind === 'sandbox')
  const shim = rows.find((r) => r.process.pid === pause?.process.ppid)
  expect(shim?.process.command).toContain('containerd-shim')
  expect([shim?.depth, pause?.depth]).toEqual([1, 2])
  expect(rows).toHaveLength(node.processes.length + node.pods.flatMap((p) => p.containers).flatMap((c) => c.processes).length)
})

test('what a command names is marked, but not when it names nearly all', () => {
  const [pause] = pod('lonely').containers
  expect([...lookedAt(`ps -fp ${pause?.pid}\r\n`, nodes)]).toEqual([pause?.id])
  expect(lookedAt(nodes.flatMap((n) => n.pods.map((p) => p.name)).join(' '), nodes).size).toBe(0)
})

test('what did not change stays the same object', () => {
  const again = lab.picture().nodes
  const kept = reuse(nodes, again)
  expect(kept.flatMap((n) => n.pods)).toEqual(again.flatMap((n) => n.pods))
  expect(kept[1]?.pods[0]).toBe(nodes[1]?.pods[0])
})
