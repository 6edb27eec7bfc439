import type { Picture, PictureContainer, PictureNode, PicturePod } from '../../simulator'

const SHARED = ['net', 'ipc', 'uts', 'pid'] as const
type Shared = (typeof SHARED)[number]
const COLORS: Record<Shared, string> = { net: 'var(--ns-net)', ipc: 'var(--ns-ipc)', uts: 'var(--ns-uts)', pid: 'var(--ns-pid)' }
const ROOM = { width: 112, height: 46, gap: 14 }
const BASE = { height: 30 }
const LINE = 17

/** The node as a street: a pod is a house, its containers the rooms, pause the ground they stand on, a namespace a coloured line. */
export function NodePicture({ picture }: { picture: Picture }) {
  const nodes = picture.nodes.filter((node) => node.pods.length > 0)
  return (
    <div className="p-4">
      {nodes.map((node) => (
        <figure key={node.name} className="mb-6">
          <figcaption className="mb-2 font-mono text-sm font-semibold">
            {node.name} <span className="font-normal text-faint">· {node.pods.length} pods</span>
          </figcaption>
          <div className="flex flex-wrap gap-4">
            {node.pods.map((pod) => (
              <House key={pod.uid} pod={pod} node={node} />
            ))}
          </div>
        </figure>
      ))}
      <details className="mt-2">
        <summary className="cursor-pointer font-mono text-sm">The same in words</summary>
        {nodes.map((node) => (
          <ul key={node.name} className="mt-2 list-disc ps-5 text-sm">
            {node.pods.map((pod) => (
              <li key={pod.uid}>{inWords(pod, node)}</li>
            ))}
          </ul>
        ))}
      </details>
    </div>
  )
}

const holders = (pod: PicturePod, type: Shared): Map<number, PictureContainer[]> => {
  const groups = new Map<number, PictureContainer[]>()
  for (const container of pod.containers) groups.set(container.namespaces[type], [...(groups.get(container.namespaces[type]) ?? []), container])
  return groups
}

function House({ pod, node }: { pod: PicturePod; node: PictureNode }) {
  const rooms = pod.containers.filter((c) => c.kind === 'container')
  const pause = pod.containers.find((c) => c.kind === 'sandbox')
  const width = Math.max(1, rooms.length) * (ROOM.width + ROOM.gap) + ROOM.gap
  const lines = SHARED.flatMap((type) => [...holders(pod, type)].filter(([, group]) => group.length > 1).map(([inum, group]) => ({ type, inum, group })))
  const top = 34
  const roomsAt = top + 8
  const linesAt = roomsAt + ROOM.height + 12
  const baseAt = linesAt + lines.length * LINE + 4
  const height = baseAt + BASE.height + 4
  const center = (container: PictureContainer): number => {
    const i = rooms.indexOf(container)
    return i < 0 ? width / 2 : ROOM.gap + i * (ROOM.width + ROOM.gap) + ROOM.width / 2
  }
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={inWords(pod, node)} className="font-mono">
      <path d={`M2 ${height - 2} V${top} L${width / 2} 18 L${width - 2} ${top} V${height - 2} Z`} fill="var(--paper)" stroke="var(--ink)" strokeWidth="1.5" />
      <text x={width / 2} y={11} textAnchor="middle" fontSize="10.5" fontWeight="600" fill="var(--ink)">
        {short(pod.name, Math.floor(width / 7.5))}
      </text>
      {rooms.map((room) => (
        <g key={room.id}>
          <rect x={center(room) - ROOM.width / 2} y={roomsAt} width={ROOM.width} height={ROOM.height} fill="var(--sheet)" stroke="var(--ink)" />
          <text x={center(room)} y={roomsAt + 19} textAnchor="middle" fontSize="12" fill="var(--ink)">
            {short(room.name, 14)}
          </text>
          <text x={center(room)} y={roomsAt + 35} textAnchor="middle" fontSize="10" fill="var(--faint)">
            pid {room.pid}
          </text>
        </g>
      ))}
      {lines.map(({ type, inum, group }, i) => {
        const y = linesAt + i * LINE + 6
        const xs = group.map(center)
        return (
          <g key={`${type}${inum}`} stroke={COLORS[type]} fill={COLORS[type]}>
            <line x1={ROOM.gap} x2={width - ROOM.gap} y1={y} y2={y} strokeWidth="3" />
            {group.map((c, k) => (
              <circle key={c.id} cx={xs[k]} cy={y} r="4" />
            ))}
            <text x={ROOM.gap} y={y - 4} fontSize="9" stroke="none">
              {type} {inum === node.namespaces[type] ? 'of the node' : inum}
            </text>
          </g>
        )
      })}
      <rect x="8" y={baseAt} width={width - 16} height={BASE.height} fill={pause ? 'var(--ink)' : 'none'} stroke="var(--ink)" strokeDasharray={pause ? undefined : '4 3'} />
      <text x={width / 2} y={baseAt + 19} textAnchor="middle" fontSize="11" fill={pause ? 'var(--paper)' : 'var(--wrong)'}>
        {pause ? `pause · pid ${pause.pid}` : 'no pause'}
      </text>
    </svg>
  )
}

const short = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

function inWords(pod: PicturePod, node: PictureNode): string {
  const names = pod.containers.map((c) => (c.kind === 'sandbox' ? `pause (pid ${c.pid})` : `${c.name} (pid ${c.pid})`)).join(', ')
  const shared = SHARED.flatMap((type) => [...holders(pod, type)].filter(([, group]) => group.length > 1).map(([inum]) => `${type} ${inum === node.namespaces[type] ? 'of the node' : inum}`))
  return `Pod ${pod.namespace}/${pod.name}: ${names}. Shared: ${shared.join(', ') || 'nothing'}.`
}
