'use client'
import type { PictureDevice, PictureNode, PicturePod } from '../../../simulator'
import { COMMANDS } from '../../../lib/picture/facts'
import { type Ask, Asks } from './asks'

const BOX = { width: 178, height: 76, gap: 16 }
const LEFT = 26
const ROW = 172
const EDGE = 12
const LINE = 18
const DEVICE = { height: 38, gap: 8 }
/** Of a letter of the small size. */
const LETTER = 6.4

/** The node's own network above, its bridge as a bar, and below it each pod at the end of its veth pair. */
export function Network({ node, width, onAsk }: { node: PictureNode; width: number; onAsk: Ask }) {
  const own = node.devices.filter((d) => d.kind !== 'veth' && d.kind !== 'bridge')
  const bridge = node.devices.find((d) => d.kind === 'bridge')
  const onHost = node.pods.filter((pod) => pod.devices.length === 0)
  const ends = node.pods.flatMap((pod) => pod.devices.filter((d) => d.peer).map((device) => ({ pod, device, port: node.devices.find((d) => d.name === device.peer?.name && d.kind === 'veth') })))
  const across = Math.max(1, Math.floor((width - LEFT + BOX.gap) / (BOX.width + BOX.gap)))
  const rows = Math.max(1, Math.ceil(ends.length / across))
  const name = `net of ${node.name} ${node.namespaces.net}`
  const guests = onHost.length > 0 ? `here too: ${onHost.map((p) => p.name).join(', ')}` : ''
  const beside = (name.length + guests.length + 2) * LETTER + 2 * EDGE <= width
  const fits = Math.floor((width - 2 * EDGE) / LETTER)
  const ownTop = 29 + (guests === '' || beside ? 0 : LINE)
  const ownAcross = Math.max(1, Math.floor((width - 2 * EDGE + DEVICE.gap) / (BOX.width + DEVICE.gap)))
  const ownHeight = ownTop + Math.ceil(own.length / ownAcross) * (DEVICE.height + DEVICE.gap)
  /** Where the first bar is. */
  const TOP = ownHeight + LINE
  const height = TOP + rows * ROW
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Network of ${node.name}`} className="block font-mono" data-picture="network">
      <rect x="1" y="1" width={width - 2} height={ownHeight} rx="4" fill="var(--house)" stroke="var(--ns-net)" strokeWidth="1.5" />
      <text x={EDGE} y="19" fontSize="10.5" fill="var(--ns-net)">{name}</text>
      <text x={beside ? width - EDGE : EDGE} y={beside ? 19 : 19 + LINE} textAnchor={beside ? 'end' : 'start'} fontSize="10.5" fill="var(--faint)">
        {guests.length > fits ? `${guests.slice(0, fits - 1)}…` : guests}
        <title>{guests}</title>
      </text>
      {own.map((device, i) => (
        <Device key={device.name} device={device} x={EDGE + (i % ownAcross) * (BOX.width + DEVICE.gap)} y={ownTop + Math.floor(i / ownAcross) * (DEVICE.height + DEVICE.gap)} onAsk={onAsk} />
      ))}
      {bridge && (
        <Asks command={COMMANDS.device(bridge.name)} onAsk={onAsk}>
          <title>{`The bridge ${bridge.name}`}</title>
          <path d={`M8 ${ownHeight} V${TOP + (rows - 1) * ROW + 14}`} stroke="var(--ns-net)" strokeWidth="5" fill="none" strokeLinecap="round" />
        </Asks>
      )}
      {ends.map(({ pod, device, port }, i) => {
        const x = LEFT + (i % across) * (BOX.width + BOX.gap)
        const y = TOP + Math.floor(i / across) * ROW
        const middle = x + BOX.width / 2
        return (
          <g key={`${pod.uid}${device.name}`} className="appears">
            {i % across === 0 && bridge && (
              <Asks command={COMMANDS.device(bridge.name)} onAsk={onAsk}>
                <line x1="8" x2={Math.min(width - 4, x + Math.min(across, ends.length - i) * (BOX.width + BOX.gap) - BOX.gap)} y1={y + 14} y2={y + 14} stroke="var(--ns-net)" strokeWidth="5" strokeLinecap="round" />
                {i === 0 && (
                  <text x={LEFT} y={y + 7} fontSize="10.5" fill="var(--ns-net)">
                    {`${bridge.name} ${bridge.addresses.join(' ')}`}
                  </text>
                )}
              </Asks>
            )}
            {port && (
              <Asks command={COMMANDS.device(port.name)} onAsk={onAsk}>
                <title>{port.name}</title>
                <path className="draws" pathLength={1} d={`M${middle} ${y + 14} V${y + 62}`} stroke="var(--ns-net)" strokeWidth="2" opacity={port.up ? 1 : 0.3} />
                <circle cx={middle} cy={y + 14} r="4" fill="var(--sheet)" stroke="var(--ns-net)" strokeWidth="2" />
                <text x={middle + 7} y={y + 40} fontSize="10" fill="var(--faint)">
                  {port.name}
                </text>
              </Asks>
            )}
            <PodEnd pod={pod} device={device} x={x} y={y + 62} onAsk={onAsk} />
          </g>
        )
      })}
    </svg>
  )
}

function Device({ device, x, y, onAsk }: { device: PictureDevice; x: number; y: number; onAsk: Ask }) {
  return (
    <Asks command={COMMANDS.device(device.name)} onAsk={onAsk}>
      <title>{`${device.name}, ${device.kind}${device.up ? '' : ', down'}`}</title>
      <rect className="edge" x={x} y={y} width={BOX.width} height={DEVICE.height} rx="3" fill="var(--room)" stroke="var(--ink)" strokeWidth="1" strokeDasharray={device.up ? undefined : '4 3'} />
      <text x={x + 9} y={y + 16} fontSize="12" fontWeight="600" fill="var(--ink)">
        {device.name}
      </text>
      <text x={x + 9} y={y + 30} fontSize="10.5" fill="var(--faint)">
        {device.addresses[0] ?? 'no address'}
      </text>
    </Asks>
  )
}

function PodEnd({ pod, device, x, y, onAsk }: { pod: PicturePod; device: PictureDevice; x: number; y: number; onAsk: Ask }) {
  const name = pod.name.length > 24 ? `${pod.name.slice(0, 23)}…` : pod.name
  return (
    <Asks command={COMMANDS.podNetwork(pod)} onAsk={onAsk}>
      <title>{`${pod.namespace}/${pod.name}`}</title>
      <rect className="edge" x={x} y={y} width={BOX.width} height={BOX.height} rx="3" fill="var(--house)" stroke="var(--ink)" strokeWidth="1.2" />
      <text x={x + 9} y={y + 17} fontSize="11" fontWeight="600" fill="var(--ink)">
        {name}
      </text>
      <text x={x + 9} y={y + 34} fontSize="11" fill="var(--ink)">
        {device.name} {device.addresses[0] ?? ''}
      </text>
      <text x={x + 9} y={y + 50} fontSize="10" fill="var(--ns-net)">
        net {pod.containers[0]?.namespaces.net}
      </text>
      <text x={x + 9} y={y + 65} fontSize="10" fill="var(--faint)">
        {pod.ports.length > 0 ? `listens on ${pod.ports.join(', ')}` : 'listens on nothing'}
      </text>
    </Asks>
  )
}
