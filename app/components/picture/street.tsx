'use client'
import { memo } from 'react'
import type { PictureContainer, PictureNode, PicturePod } from '../../../simulator'
import { COMMANDS, linesOf, noPods, podInWords, shortCommand } from '../../../lib/picture/facts'
import { type Ask, Asks } from './asks'
import { useLinger } from './linger'

const ROOM = { width: 118, height: 44, gap: 12 }
const DETAIL = 14
const MOST_PROCESSES = 4
const ROOF = 20
const NAME = 18
const LINE = 21
const BASE = 28
const BETWEEN = { x: 18, y: 20 }
const STREET = 22

interface Plan {
  readonly width: number
  readonly height: number
}

const roomsOf = (pod: PicturePod) => pod.containers.filter((c) => c.kind === 'container')
const detailLines = (pod: PicturePod, details: boolean): number => (details ? 2 + Math.max(1, ...pod.containers.map((c) => Math.min(MOST_PROCESSES, c.processes.length))) : 0)

function planOf(pod: PicturePod, node: PictureNode, details: boolean): Plan {
  const rooms = Math.max(1, roomsOf(pod).length)
  return { width: rooms * (ROOM.width + ROOM.gap) + ROOM.gap, height: NAME + ROOF + ROOM.height + detailLines(pod, details) * DETAIL + 10 + linesOf(pod, node).length * LINE + 6 + BASE }
}

/** The houses in rows, as wide as the pane; below each row the street, which is the node's own network. */
export function Street({ node, width, details, looked, onAsk }: { node: PictureNode; width: number; details: boolean; looked: ReadonlySet<string>; onAsk: Ask }) {
  const pods = useLinger(node.pods, uidOf)
  const rows: { pods: { pod: PicturePod; leaving: boolean; plan: Plan; x: number }[]; height: number }[] = []
  let x = Number.POSITIVE_INFINITY
  for (const { item: pod, leaving } of pods) {
    const plan = planOf(pod, node, details)
    if (x + plan.width > width) {
      rows.push({ pods: [], height: 0 })
      x = 0
    }
    const row = rows.at(-1)
    row?.pods.push({ pod, leaving, plan, x })
    if (row) row.height = Math.max(row.height, plan.height)
    x += plan.width + BETWEEN.x
  }
  let y = 0
  const placed = rows.map((row) => {
    const top = y
    y += row.height + STREET + BETWEEN.y
    return { ...row, y: top }
  })
  const foot = 18
  const wide = Math.max(width, ...placed.flatMap((row) => row.pods.map((p) => p.x + p.plan.width)))
  return (
    <svg width={wide} height={y + foot} viewBox={`0 0 ${wide} ${y + foot}`} className="block font-mono" data-picture="street">
      <title>{`Pods of ${node.name}`}</title>
      {placed.length === 0 && (
        <text x="0" y="14" fontSize="12" fill="currentColor">
          {noPods(node)}
        </text>
      )}
      {placed.map((row, i) => (
        <g key={i}>
          <line x1="0" x2={wide} y1={row.y + row.height + 9} y2={row.y + row.height + 9} stroke="var(--ns-net)" strokeWidth="5" strokeLinecap="round" opacity="0.85" />
          {i === placed.length - 1 && (
            <text x="0" y={row.y + row.height + 46} fontSize="10.5" fill="var(--ns-net)">
              {`the street is the network namespace of ${node.name}, ${node.namespaces.net}`}
            </text>
          )}
        </g>
      ))}
      {placed.flatMap((row) =>
        row.pods.map(({ pod, leaving, plan, x: left }) => (
          <House key={pod.uid} pod={pod} node={node} nodeKey={`${node.namespaces.net} ${node.namespaces.uts} ${node.namespaces.ipc} ${node.namespaces.pid}`} x={left} y={row.y + row.height - plan.height} plan={`${plan.width} ${plan.height}`} details={details} leaving={leaving} looked={pod.containers.filter((c) => looked.has(c.id)).map((c) => c.id).join(' ')} onAsk={onAsk} />
        )),
      )}
    </svg>
  )
}

const uidOf = (pod: PicturePod): string => pod.uid
const idOf = (container: PictureContainer): string => container.id

interface HouseProps {
  readonly pod: PicturePod
  readonly node: PictureNode
  /** What of the node a house depends on: the rest of the node may change without it. */
  readonly nodeKey: string
  readonly x: number
  readonly y: number
  readonly plan: string
  readonly details: boolean
  readonly leaving: boolean
  readonly looked: string
  readonly onAsk: Ask
}

/** A pod: rooms on the ground that pause is, a coloured line for each namespace they share. */
const House = memo(
  function House({ pod, node, x, y, plan, details, leaving, looked, onAsk }: HouseProps) {
    const containers = useLinger(pod.containers, idOf)
    const [width = 0, height = 0] = plan.split(' ').map(Number)
    const rooms = containers.filter(({ item }) => item.kind === 'container')
    const pause = containers.find(({ item }) => item.kind === 'sandbox')
    const lines = linesOf(pod, node)
    const eaves = NAME + ROOF
    const roomsAt = eaves + 4
    const roomHeight = ROOM.height + detailLines(pod, details) * DETAIL
    const linesAt = roomsAt + roomHeight + 8
    const baseAt = height - BASE
    const center = (id: string): number => {
      const i = rooms.findIndex(({ item }) => item.id === id)
      return i < 0 ? width / 2 : ROOM.gap + i * (ROOM.width + ROOM.gap) + ROOM.width / 2
    }
    const marked = new Set(looked.split(' '))
    const onHost = lines.some((l) => l.type === 'net' && l.ofNode)
    return (
      <g className="moves" style={{ transform: `translate(${x}px, ${y}px)` }}>
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a <g> is no control */}
        <g role="img" aria-label={podInWords(pod, node)} className={leaving ? 'leaves' : 'appears'}>
          <Asks command={COMMANDS.pod(pod)} onAsk={onAsk}>
            <title>{`${pod.namespace}/${pod.name}`}</title>
            <path className="edge" d={`M1 ${height - 1} V${eaves} L${width / 2} ${NAME} L${width - 1} ${eaves} V${height - 1} Z`} fill="var(--house)" stroke="var(--ink)" strokeWidth="1.4" strokeLinejoin="round" />
            <text x={width / 2} y={11} textAnchor="middle" fontSize="11" fontWeight="600" fill="var(--ink)">
              {short(pod.name, Math.floor(width / 6.9))}
            </text>
          </Asks>
          {rooms.map(({ item: room, leaving: gone }) => (
            <Room key={room.id} room={room} x={center(room.id) - ROOM.width / 2} y={roomsAt} height={roomHeight} details={details} ports={pod.ports} gone={gone} marked={marked.has(room.id)} onAsk={onAsk} />
          ))}
          {lines.map((line, i) => {
            const ly = linesAt + i * LINE + 14
            const color = `var(--ns-${line.type})`
            const xs = line.containers.map((c) => center(c.id))
            return (
              <Asks key={`${line.type}${line.inum}`} command={COMMANDS.namespace(line)} onAsk={onAsk}>
                <title>{`${line.type}:[${line.inum}] ${line.containers.map((c) => c.name).join(', ')}`}</title>
                <line className="draws" pathLength={1} x1={ROOM.gap} x2={width - ROOM.gap} y1={ly} y2={ly} stroke={color} strokeWidth="3.5" strokeLinecap="round" />
                {xs.map((cx, k) => (
                  <circle key={line.containers[k]?.id} cx={cx} cy={ly} r="4" fill="var(--house)" stroke={color} strokeWidth="2.4" />
                ))}
                <text x={ROOM.gap} y={ly - 7} fontSize="9" fill={color}>
                  {`${line.type} ${line.ofNode ? 'of the node' : line.inum}`}
                </text>
              </Asks>
            )
          })}
          {pause && !pause.leaving ? (
            <Asks command={COMMANDS.container(pause.item)} onAsk={onAsk}>
              <title>{`pause, pid ${pause.item.pid}: ${pause.item.id.slice(0, 13)}`}</title>
              <rect className="edge" x="1" y={baseAt} width={width - 2} height={BASE - 1} fill="var(--ink)" stroke={marked.has(pause.item.id) ? 'var(--pause)' : 'var(--ink)'} strokeWidth={marked.has(pause.item.id) ? 3 : 1.4} />
              <rect x={width / 2 - 50} y={baseAt + 8} width="4" height="12" fill="var(--pause-on-ink)" />
              <rect x={width / 2 - 42} y={baseAt + 8} width="4" height="12" fill="var(--pause-on-ink)" />
              <text x={width / 2 - 31} y={baseAt + 18} fontSize="11" fill="var(--film)">
                pause {pause.item.pid}
              </text>
            </Asks>
          ) : (
            <g className="appears">
              <rect x="1" y={baseAt} width={width - 2} height={BASE - 1} fill="var(--film)" stroke="var(--bad)" strokeWidth="1.4" strokeDasharray="4 3" />
              <text x={width / 2} y={baseAt + 18} textAnchor="middle" fontSize="11" fontWeight="600" fill="var(--bad)">
                no pause
              </text>
            </g>
          )}
          {onHost ? (
            <line x1={width / 2} x2={width / 2} y1={height} y2={height + 9} stroke="var(--ns-net)" strokeWidth="3.5" />
          ) : (
            pod.addresses.length > 0 && (
              <Asks command={COMMANDS.podNetwork(pod)} onAsk={onAsk}>
                <title>Its own network namespace, joined to the street by a veth pair</title>
                <line x1={width / 2} x2={width / 2} y1={height} y2={height + 9} stroke="var(--ns-net)" strokeWidth="1.6" strokeDasharray="2.5 2" />
                <text x={width / 2 + 5} y={height + 26} textAnchor="middle" fontSize="10" fill="var(--faint)">
                  {pod.addresses[0]}
                </text>
              </Asks>
            )
          )}
        </g>
      </g>
    )
  },
  (a, b) => a.pod === b.pod && a.nodeKey === b.nodeKey && a.x === b.x && a.y === b.y && a.plan === b.plan && a.details === b.details && a.leaving === b.leaving && a.looked === b.looked && a.onAsk === b.onAsk,
)

function Room({ room, x, y, height, details, ports, gone, marked, onAsk }: { room: PictureContainer; x: number; y: number; height: number; details: boolean; ports: readonly number[]; gone: boolean; marked: boolean; onAsk: Ask }) {
  const facts = details
    ? [...room.processes.slice(0, MOST_PROCESSES).map((p) => `${p.pid} ${shortCommand(p.command)}`), room.processes.length > MOST_PROCESSES ? `and ${room.processes.length - MOST_PROCESSES} more` : '', ports.length > 0 ? `ports ${ports.join(' ')}` : '', room.cgroup.slice(0, room.cgroup.indexOf('/', 1) + 1)].filter(Boolean)
    : []
  return (
    <Asks command={COMMANDS.container(room)} onAsk={onAsk} className={gone ? 'leaves' : 'appears'}>
      <title>{`${room.name}, pid ${room.pid}: ${room.id.slice(0, 13)}`}</title>
      <rect className="edge" x={x} y={y} width={ROOM.width} height={height} rx="2" fill={gone ? 'var(--film)' : 'var(--room)'} stroke={marked ? 'var(--pause)' : gone ? 'var(--bad)' : 'var(--ink)'} strokeWidth={marked ? 3 : 1.1} />
      <text x={x + ROOM.width / 2} y={y + 19} textAnchor="middle" fontSize="12" fontWeight="500" fill="var(--ink)">
        {short(room.name, 15)}
      </text>
      <text x={x + ROOM.width / 2} y={y + 34} textAnchor="middle" fontSize="10.5" fill="var(--faint)">
        pid {room.pid}
      </text>
      {facts.map((fact, i) => (
        <text key={fact} x={x + 6} y={y + ROOM.height + 8 + i * DETAIL} fontSize="9" fill="var(--faint)">
          {short(fact, 20)}
        </text>
      ))}
    </Asks>
  )
}

const short = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
