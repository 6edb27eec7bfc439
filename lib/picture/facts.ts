/** What the views of the picture say: who shares what, in which command it is seen, the same in words. Pure functions of the machine's facts. */
import type { PictureContainer, PictureNode, PicturePod, PictureProcess } from '../../simulator'

/** The kinds that are drawn as lines when they are shared. */
export const SHARED = ['net', 'ipc', 'uts', 'pid'] as const
export type Shared = (typeof SHARED)[number]

export interface Line {
  readonly type: Shared
  readonly inum: number
  readonly containers: readonly PictureContainer[]
  /** It is the node's own. */
  readonly ofNode: boolean
}

/** Pause is all that is left, or that is there yet. */
const alone = (pod: PicturePod): boolean => pod.containers.every((c) => c.kind === 'sandbox')

/** The namespaces that more than one container of a pod is in, that are the node's, or that pause alone holds. */
export function linesOf(pod: PicturePod, node: PictureNode): Line[] {
  return SHARED.flatMap((type) => {
    const groups = new Map<number, PictureContainer[]>()
    for (const container of pod.containers) groups.set(container.namespaces[type], [...(groups.get(container.namespaces[type]) ?? []), container])
    return [...groups].map(([inum, containers]) => ({ type, inum, containers, ofNode: inum === node.namespaces[type] })).filter((l) => l.containers.length > 1 || l.ofNode || (l.type !== 'pid' && alone(pod)))
  })
}

/** In the place of houses, where there are none: a node of Docker has containers all the same. */
export const noPods = (node: PictureNode): string => `No pod runs on ${node.name}. Containers that are in no pod stand among its processes.`

/** What shows a thing at the terminal. */
export const COMMANDS = {
  pod: (pod: PicturePod) => `crictl pods --name '^${pod.name}$'`,
  container: (c: PictureContainer) => (c.kind === 'sandbox' ? `ps -fp ${c.pid}` : `crictl ps --id ${c.id.slice(0, 13)}`),
  namespace: (line: Line) => `lsns -t ${line.type} -p ${line.containers[0]?.pid ?? 1}`,
  process: (pid: number) => `ps -fp ${pid}`,
  device: (name: string) => `ip addr show ${name}`,
  podNetwork: (pod: PicturePod) => `nsenter -t ${pod.containers[0]?.pid ?? 1} -n ip addr`,
} as const

const saysNamespace = ({ type, inum, ofNode }: Line): string => `${type} ${ofNode ? 'of the node' : inum}`

export function podInWords(pod: PicturePod, node: PictureNode): string {
  const names = pod.containers.map((c) => (c.kind === 'sandbox' ? `pause (pid ${c.pid})` : `${c.name} (pid ${c.pid})`)).join(', ')
  const shared = linesOf(pod, node).filter((l) => l.containers.length > 1).map(saysNamespace)
  const pause = pod.containers.some((c) => c.kind === 'sandbox') ? '' : '; its pause is gone'
  return `Pod ${pod.namespace}/${pod.name}: ${names}; shared: ${shared.join(', ') || 'nothing'}${pod.addresses.length > 0 ? `; address ${pod.addresses.join(', ')}` : ''}${pause}`
}

/** A pod at its end of the network, as the network's view has it. */
export function networkInWords(pod: PicturePod): string {
  if (pod.devices.length === 0) return `Pod ${pod.name}: on the node's own network`
  const devices = pod.devices.map((d) => `${d.name} ${d.addresses.join(' ')}`.trim()).join(', ')
  return `Pod ${pod.name}: ${devices}, in net ${pod.containers[0]?.namespaces.net ?? 'that is gone'}, ${pod.ports.length > 0 ? `listens on ${pod.ports.join(', ')}` : 'listens on nothing'}`
}

/** What the rooms show on demand. */
export function detailsInWords(pod: PicturePod): string[] {
  return pod.containers.map((c) => `${c.name}: ${c.processes.map((p) => `${p.pid} ${shortCommand(p.command)}`).join(', ')}; cgroup ${c.cgroup}`).concat(pod.ports.length > 0 ? [`ports ${pod.ports.join(' ')}`] : [])
}

// ── processes ─────────────────────────────────────────────────────────────────────────────────────────────
export interface TreeRow {
  readonly process: PictureProcess
  readonly depth: number
  /** For each depth above: does a line go on there. */
  readonly rails: readonly boolean[]
  readonly last: boolean
  readonly container: PictureContainer | null
  readonly pod: PicturePod | null
}

/** All processes of a node under their parents, in the order of their pids. */
export function treeOf(node: PictureNode): TreeRow[] {
  const owners = new Map<number, { container: PictureContainer; pod: PicturePod }>()
  const processes = [...node.processes]
  for (const pod of node.pods) {
    for (const container of pod.containers) {
      for (const process of container.processes) {
        owners.set(process.pid, { container, pod })
        processes.push(process)
      }
    }
  }
  const known = new Set(processes.map((p) => p.pid))
  const children = new Map<number, PictureProcess[]>()
  for (const process of processes.sort((a, b) => a.pid - b.pid)) {
    const parent = known.has(process.ppid) ? process.ppid : 0
    children.set(parent, [...(children.get(parent) ?? []), process])
  }
  const rows: TreeRow[] = []
  const walk = (parent: number, depth: number, rails: readonly boolean[]): void => {
    const mine = children.get(parent) ?? []
    mine.forEach((process, i) => {
      const last = i === mine.length - 1
      const owner = owners.get(process.pid)
      rows.push({ process, depth, rails, last, container: owner?.container ?? null, pod: owner?.pod ?? null })
      if (process.pid !== parent) walk(process.pid, depth + 1, [...rails, !last])
    })
  }
  walk(0, 0, [])
  return rows
}

/** What a command line is about, short. */
export function shortCommand(command: string): string {
  const [path = '', ...rest] = command.split(' ')
  const name = path.startsWith('/') ? path.slice(path.lastIndexOf('/') + 1) : path
  const id = rest[rest.indexOf('-id') + 1]
  return name.startsWith('containerd-shim') && id ? `${name} ${id.slice(0, 13)}` : [name || path, ...rest].join(' ')
}

// ── what was looked at ────────────────────────────────────────────────────────────────────────────────────
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g

/** Containers that a command and its output name, by pid, id or pod; none when it was about nearly all. */
export function lookedAt(text: string, nodes: readonly PictureNode[]): ReadonlySet<string> {
  const words = new Set(text.replace(ESCAPES, '').match(/[A-Za-z0-9][\w.-]*/g))
  const all = nodes.flatMap((n) => n.pods.flatMap((pod) => pod.containers.map((container) => ({ pod, container }))))
  const found = all.filter(({ pod, container: c }) => words.has(String(c.pid)) || words.has(c.id) || words.has(c.id.slice(0, 13)) || words.has(pod.name) || c.processes.some((p) => words.has(String(p.pid))))
  return new Set(found.length * 2 > all.length ? [] : found.map(({ container }) => container.id))
}

/** The same facts as the same objects, so that only what changed is drawn again. */
export function reuse(before: readonly PictureNode[], after: readonly PictureNode[]): readonly PictureNode[] {
  return after.map((node) => {
    const old = before.find((n) => n.name === node.name)
    if (!old) return node
    const pods = node.pods.map((pod) => {
      const known = old.pods.find((p) => p.uid === pod.uid)
      return known && JSON.stringify(known) === JSON.stringify(pod) ? known : pod
    })
    return { ...node, pods }
  })
}
