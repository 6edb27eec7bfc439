/**
 * A pod on the host's network and a container in it, made by crictl: their records in containerd equal those that containerd 1.7.28 and 2.2.0 kept for the
 * same configurations on a node with cgroup v2. Ids, pids, the options of the runtime and the group's path were taken out.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../testing/scenario'

const POD = {
  metadata: { name: 'p', namespace: 'default', uid: 'u-1', attempt: 0 }, log_directory: '/tmp/logs',
  linux: { cgroup_parent: 'kubepods-pod1.slice', security_context: { namespace_options: { network: 2 } } },
}
const CONTAINER = {
  metadata: { name: 'c' }, image: { image: 'docker.io/library/busybox:latest' }, command: ['sleep', '1000'], log_path: 'c.log',
  linux: { security_context: { namespace_options: { network: 2 }, masked_paths: ['/proc/acpi'], readonly_paths: ['/proc/bus'] } },
}
const SCRIPT = `echo '${JSON.stringify(POD)}' > pod.json
echo '${JSON.stringify(CONTAINER)}' > container.json
mkdir -p /tmp/logs
crictl pull docker.io/library/busybox:latest > pulled
P=$(crictl runp pod.json)
K=$(crictl create $P container.json pod.json)`

interface Kept {
  readonly Labels: object
  readonly Runtime: object
  readonly Snapshotter: string
  readonly Spec: object
}

const NOT_COMPARED = ['cgroupsPath', 'Options']
const masked = ({ Labels, Runtime, Snapshotter, Spec }: Kept): Kept =>
  JSON.parse(
    JSON.stringify({ Labels, Runtime, Snapshotter, Spec }, (key, value: unknown) => (NOT_COMPARED.includes(key) ? undefined : value))
      .replace(/\b[0-9a-f]{64}\b/g, 'ID')
      .replace(/\/proc\/\d+\/ns/g, '/proc/PID/ns'),
  )

test.each([['releases-1.7.json', 'lts'], ['releases-2.json', 'modern']])('%s', async (file, scenario) => {
  const session = sessionOn(machineOf(scenario), 'node01')
  await session.run({ cmd: SCRIPT })
  const kept = async (id: string): Promise<Kept> => masked(JSON.parse((await session.run({ cmd: `ctr -n k8s.io c info $${id}` })).stdout))
  const real: { readonly pause: Kept; readonly container: Kept } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
  expect(await kept('P')).toEqual(masked(real.pause))
  expect(await kept('K')).toEqual(masked(real.container))
})
