/** What the live picture shows: plain facts of the machines, read from the same objects as /proc. */
import { decode } from '../kernel/bytes'
import { groupPath } from '../kernel/cgroups/view'
import type { NamespaceType } from '../kernel/namespaces/types'
import { Veth } from '../kernel/net/device'
import type { NetNamespace } from '../kernel/net/namespace'
import { finish } from '../kernel/run'
import { Syscalls } from '../kernel/syscalls'
import type { Task } from '../kernel/task'
import type { Machine, Node } from './machine'

export interface PictureProcess {
  readonly pid: number
  readonly ppid: number
  readonly command: string
  readonly state: string
}

/** A network device, from where it is seen. */
export interface PictureDevice {
  readonly name: string
  readonly kind: string
  readonly up: boolean
  /** With their prefix lengths. */
  readonly addresses: readonly string[]
  /** The bridge that it is a port of. */
  readonly master: string | null
  /** The other end of a veth pair: its network namespace's inode, and its name there. */
  readonly peer: { readonly namespace: number; readonly name: string } | null
}

export interface PictureContainer {
  readonly id: string
  readonly name: string
  readonly kind: 'sandbox' | 'container'
  readonly pid: number
  /** Its control group, as the pids controller has it. */
  readonly cgroup: string
  /** Inode numbers by namespace type. */
  readonly namespaces: Readonly<Record<NamespaceType, number>>
  readonly processes: readonly PictureProcess[]
}

export interface PicturePod {
  readonly uid: string
  readonly name: string
  readonly namespace: string
  readonly hostname: string
  readonly addresses: readonly string[]
  /** Of its own network namespace; none with the node's network. */
  readonly devices: readonly PictureDevice[]
  /** TCP ports that are listened on in it. */
  readonly ports: readonly number[]
  readonly containers: readonly PictureContainer[]
}

export interface PictureNode {
  readonly name: string
  /** Of PID 1: what containers on the host's network share. */
  readonly namespaces: Readonly<Record<NamespaceType, number>>
  readonly pods: readonly PicturePod[]
  /** Of the node's own network namespace. */
  readonly devices: readonly PictureDevice[]
  /** All that are in no pod. */
  readonly processes: readonly PictureProcess[]
}

export interface Picture {
  /** Virtual Unix time, ms. */
  readonly at: number
  readonly nodes: readonly PictureNode[]
}

/** The group of a container: `…/podUID/CONTAINER_ID` at the end of its cgroup path. */
const CONTAINER_GROUP = /\/pod([0-9a-f-]{36})\/([0-9a-f]{64})$/

export function pictureOf(machine: Machine): Picture {
  return { at: machine.now(), nodes: [...machine.nodes.values()].map(nodePicture) }
}

const inodes = (task: Task): Record<NamespaceType, number> => ({
  cgroup: task.ns.cgroup.inum, ipc: task.ns.ipc.inum, mnt: task.ns.mnt.inum, net: task.ns.net.inum, pid: task.ns.pid.inum, time: task.ns.time.inum, user: task.ns.user.inum, uts: task.ns.uts.inum,
})

const processOf = (task: Task): PictureProcess => ({ pid: task.globalPid, ppid: task.parent?.globalPid ?? 0, command: task.argv.join(' ') || `[${task.comm}]`, state: task.state })

function nodePicture(node: Node): PictureNode {
  const pods = new Map<string, Map<string, Task[]>>()
  const rest: Task[] = []
  for (const task of node.kernel.tasks()) {
    const match = CONTAINER_GROUP.exec(groupPath(task, 'pids', node.init) ?? '')
    if (!match?.[1] || !match[2]) {
      rest.push(task)
      continue
    }
    const containers = pods.get(match[1]) ?? new Map<string, Task[]>()
    pods.set(match[1], containers)
    containers.set(match[2], [...(containers.get(match[2]) ?? []), task])
  }
  return { name: node.name, namespaces: inodes(node.init), pods: [...pods].map(([uid, containers]) => podPicture(node, uid, containers)), devices: devicesOf(node.init.ns.net), processes: rest.map(processOf) }
}

function devicesOf(net: NetNamespace): PictureDevice[] {
  return [...net.devices.values()].map((device) => {
    const peer = device instanceof Veth ? device.peer : undefined
    return {
      name: device.name, kind: device.kind, up: device.up, addresses: device.addresses.filter((a) => a.family === 'inet').map((a) => `${a.local}/${a.length}`),
      master: device.master?.name ?? null, peer: peer ? { namespace: peer.namespace.inum, name: peer.name } : null,
    }
  })
}

const portsOf = (net: NetNamespace): number[] => [...new Set(net.sockets.tcp.filter((s) => s.state === 'LISTEN').map((s) => s.local.port))].sort((a, b) => a - b)

function podPicture(node: Node, uid: string, tasksOf: ReadonlyMap<string, readonly Task[]>): PicturePod {
  const containers: PictureContainer[] = []
  let name = uid
  let namespace = ''
  let first: Task | undefined
  for (const [id, tasks] of tasksOf) {
    const leader = tasks.find((t) => t.pid === 1) ?? tasks[0]
    if (!leader) continue
    const annotations = annotationsOf(node, id)
    const kind = annotations['io.kubernetes.cri.container-type'] === 'sandbox' ? 'sandbox' : 'container'
    name = annotations['io.kubernetes.cri.sandbox-name'] ?? name
    namespace = annotations['io.kubernetes.cri.sandbox-namespace'] ?? namespace
    if (kind === 'sandbox' || !first) first = leader
    containers.push({ id, name: annotations['io.kubernetes.cri.container-name'] ?? leader.comm, kind, pid: leader.globalPid, cgroup: groupPath(leader, 'pids', node.init) ?? '', namespaces: inodes(leader), processes: tasks.map(processOf) })
  }
  containers.sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'sandbox' ? -1 : 1))
  const own = first && first.ns.net !== node.init.ns.net ? first.ns.net : undefined
  const addresses = [...(own?.devices.values() ?? [])].flatMap((d) => d.addresses.filter((a) => a.family === 'inet' && a.scope === 'global').map((a) => a.local))
  return { uid, name, namespace, hostname: first?.ns.uts.hostname ?? '', addresses, devices: own ? devicesOf(own) : [], ports: own ? portsOf(own) : [], containers }
}

const ANNOTATIONS = new WeakMap<Node, Map<string, Readonly<Record<string, string>>>>()

/** The annotations of a container's bundle (config.json), which say whose it is. They never change. */
function annotationsOf(node: Node, id: string): Readonly<Record<string, string>> {
  const known = ANNOTATIONS.get(node) ?? new Map<string, Readonly<Record<string, string>>>()
  ANNOTATIONS.set(node, known)
  let annotations = known.get(id)
  if (!annotations) {
    try {
      const text = decode(finish(new Syscalls(node.init).readFile(`/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}/config.json`)))
      annotations = (JSON.parse(text) as { annotations?: Record<string, string> }).annotations ?? {}
    } catch {
      return {}
    }
    known.set(id, annotations)
  }
  return annotations
}
