/** A node of containerd 2 with cgroup v2: what differs from the node of the notes (PROFILES.md beside this file names the sources). */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PROGRAMS } from '../../programs/registry'
import { Session } from '../../machine/session'
import { loadWritten } from './load'
import { profileOf } from './facts'
import { parseScenario } from './schema'

const read = (path: string): string => readFileSync(new URL(`../../../content/${path}`, import.meta.url), 'utf8')
const scenario = parseScenario(read('scenarios/modern.yaml'), 'modern.yaml')
const distribution = JSON.parse(read('nodes/debian-12.json'))
const hostNow = (): number => performance.now()

function node(of = scenario) {
  const machine = loadWritten(of, { distribution, hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')) })
  const session = new Session(machine, { host: 'node01', hostNow })
  const on = async (cmd: string): Promise<string> => {
    const { stdout, stderr } = await session.run({ cmd })
    return `${stdout}${stderr}`.trim()
  }
  return { machine, on }
}

interface Spec {
  readonly ociVersion: string
  readonly process: { readonly oomScoreAdj: number }
  readonly linux: { readonly cgroupsPath: string; readonly namespaces: readonly { readonly type: string; readonly path?: string }[] }
}
const specOf = (info: string): Spec => JSON.parse(info).info.runtimeSpec

test('containers have a cgroup namespace of their own, pause has none; groups are scopes in slices', async () => {
  const { machine, on } = node()
  const pod = await on('crictl pods -q')
  const pause = specOf(await on(`crictl inspectp ${pod}`))
  const web = specOf(await on('crictl inspect $(crictl ps -q --name web1)'))
  expect([pause.ociVersion, web.ociVersion]).toEqual(['1.2.1', '1.2.1'])
  expect(pause.linux.namespaces.map(({ type }) => type)).toEqual(['pid', 'ipc', 'uts', 'mount', 'network'])
  expect(web.linux.namespaces.map(({ type }) => type)).toEqual(['pid', 'ipc', 'uts', 'mount', 'network', 'cgroup'])
  const uid = (await on("kubectl get pod mypod -o jsonpath='{.metadata.uid}'")).replaceAll('-', '_')
  expect(pause.linux.cgroupsPath).toBe(`kubepods-besteffort-pod${uid}.slice:cri-containerd:${pod}`)
  const slice = `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${uid}.slice`
  const pid = String(JSON.parse(await on(`crictl inspectp ${pod}`)).info.pid)
  expect(await on(`cat /proc/${pid}/cgroup`)).toBe(`0::${slice}/cri-containerd-${pod}.scope`)
  expect(await on(`cat /sys/fs/cgroup${slice}/cri-containerd-${pod}.scope/cgroup.procs`)).toBe(pid)
  expect(await on(`readlink /proc/${pid}/ns/cgroup`)).toBe(await on('readlink /proc/self/ns/cgroup'))
  expect(await on(`cat /proc/${pid}/oom_score_adj`)).toBe(String(pause.process.oomScoreAdj))
  expect(pause.process.oomScoreAdj).toBe(-998)
  expect(machine.oopses()).toEqual([])
})

test('programs name their release', async () => {
  const { on } = node()
  expect(await on('crictl version | sed -n 3p')).toBe('RuntimeVersion:  v2.2.0')
  expect(await on('ctr --version')).toBe('ctr github.com/containerd/containerd/v2 v2.2.0')
  expect(await on('ctr -n k8s.io c ls | grep -c pause:3.10.1')).toBe('1')
  expect(await on("kubectl get node node01 -o jsonpath='{.status.nodeInfo.containerRuntimeVersion}'")).toBe('containerd://2.2.0')
})

test('the same scenario with another profile and no configuration file takes that release and its sandbox image', async () => {
  const [first, ...rest] = scenario.nodes
  if (!first) throw new Error('no node')
  const { '/etc/containerd/config.toml': _, ...files } = first.files ?? {}
  const older = { ...scenario, profile: 'containerd-1.7' as const, nodes: [{ ...first, files }, ...rest] }
  expect(profileOf(older)).toEqual({ containerd: '1.7.28', runc: '1.3.0', crictl: '1.29.0', cgroup: 2, cgroupDriver: 'systemd' })
  const { on } = node(older)
  expect(await on('containerd --version')).toBe('containerd github.com/containerd/containerd v1.7.28 b98a3aace656320842a23f4a392a33f46af97866')
  expect(await on('crictl images | grep -c "pause  *3.8 "')).toBe('1')
})

test('a process finds its own descriptors below /dev, as udev links them', async () => {
  const { on } = node()
  expect(await on('readlink /dev/fd /dev/stdin /dev/core')).toBe('/proc/self/fd\n/proc/self/fd/0\n/proc/kcore')
  expect(await on('wc -l < <(echo a); echo b | cat /dev/stdin - <(echo c)')).toBe('1\nb\nc')
})
