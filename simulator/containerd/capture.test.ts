import { PROGRAMS } from '../programs/registry'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spawnFrom } from '../machine/init'
import { loadCapture } from '../scenarios/capture/load'
import { parseCapture } from '../scenarios/capture/schema'
import { dialContainerd } from './services'

const read = (name: string): string => readFileSync(new URL(`../../content/recordings/cri-node/${name}`, import.meta.url), 'utf8')

test('a captured containerd serves what it knew, its shims their tasks', () => {
  const capture = parseCapture(JSON.parse(read('capture.json')))
  const { machine, node } = loadCapture(capture, { rootfs: read('rootfs.txt'), etc: JSON.parse(read('etc.json')), hostNow: () => performance.now(), programs: PROGRAMS, load: () => Promise.reject(new Error('none')) })
  const seen: unknown[] = []
  spawnFrom(node.init, function* (sys) {
    const client = dialContainerd(sys)
    seen.push((yield* sys.call(client, (c) => c.containers.list('k8s.io'))).length)
    seen.push((yield* sys.call(client, (c) => c.tasks.list('k8s.io'))).filter((t) => t.status === 'RUNNING').length)
    seen.push((yield* sys.call(client, (c) => c.cri.runtime.listPodSandbox())).filter((s) => s.state === 'SANDBOX_READY').length)
    seen.push((yield* sys.call(client, (c) => c.cri.runtime.listContainers())).length)
    const id = yield* sys.call(client, (c) => c.cri.runtime.runPodSandbox({ metadata: { name: 'p', namespace: 'default', uid: 'u' }, log_directory: '/var/log/pods/p', linux: { security_context: { namespace_options: { network: 2, pid: 1 } } } }))
    seen.push(id.length)
    const out = yield* sys.call(client, (c) => c.cri.runtime.podSandboxStatus(id))
    seen.push(out.status.state)
    const created = yield* sys.call(client, (c) => c.cri.runtime.createContainer(id, { metadata: { name: 'main' }, image: { image: 'webratio/nodejs-http-server' }, log_path: 'main/0.log', linux: {} }, { metadata: { name: 'p', namespace: 'default', uid: 'u' }, linux: {} }))
    yield* sys.call(client, (c) => c.cri.runtime.startContainer(created))
    seen.push((yield* sys.call(client, (c) => c.cri.runtime.containerStatus(created))).status.state)
    yield* sys.call(client, (c) => c.cri.runtime.stopPodSandbox(id))
    seen.push((yield* sys.call(client, (c) => c.cri.runtime.containerStatus(created))).status.exitCode)
    yield* sys.call(client, (c) => c.cri.runtime.removePodSandbox(id))
    seen.push((yield* sys.call(client, (c) => c.containers.list('k8s.io'))).length)
    return 0
  })
  for (let i = 0; i < 50 && seen.length < 9; i++) machine.run({ budget: 200, until: machine.now() + 1000 })
  expect(machine.oopses()).toEqual([])
  expect(seen).toEqual([20, 20, 9, 11, 64, 'SANDBOX_READY', 'CONTAINER_RUNNING', 137, 20])
})
