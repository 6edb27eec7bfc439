/** A shim that dies, as a run of containerd 1.6.20 showed it: what it held ends, both ends are told, and the CRI says 255. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../testing/scenario'


test('a killed shim takes its pod along', async () => {
  const session = sessionOn(machineOf('notes'), 'node01')
  const out = async (cmd: string): Promise<string> => (await session.run({ cmd })).stdout
  await session.run({ cmd: 'pkill -x kubelet; S=$(crictl pods --name web-7b6c8f9d5-zq8lc -q); C=$(crictl ps --pod $S -q); (ctr -n k8s.io events >/root/ev &); sleep 1; kill -9 $(pgrep -f "shim-runc-v2.*$S"); sleep 2' })
  expect(await out('crictl inspect -o go-template --template "{{.status.state}} {{.status.exitCode}} {{.status.reason}}" $C; crictl inspectp -o go-template --template "{{.status.state}}" $S')).toBe('CONTAINER_EXITED 255 Error\nSANDBOX_NOTREADY\n')
  expect(await out('grep -o "/tasks/[a-z]*" /root/ev; grep -o \'"exit_status":[0-9]*\' /root/ev | sort -u')).toBe('/tasks/exit\n/tasks/delete\n/tasks/exit\n/tasks/delete\n"exit_status":137\n')
  expect(await out('ls /run/containerd/runc/k8s.io /run/containerd/io.containerd.runtime.v2.task/k8s.io | grep -c -e $S -e $C')).toBe('0\n')
})
