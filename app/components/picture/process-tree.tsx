'use client'
import type { PictureNode } from '../../../simulator'
import { COMMANDS, shortCommand, treeOf } from '../../../lib/picture/facts'
import { type Ask, Asks } from './asks'

const ROW = 23
const STEP = 26
const CHARACTER = 7

/** The processes under their parents: containerd's shims below PID 1, pause and its pod's containers below their shim. */
export function ProcessTree({ node, width, looked, onAsk }: { node: PictureNode; width: number; looked: ReadonlySet<string>; onAsk: Ask }) {
  const rows = treeOf(node)
  const labels = rows.map(({ process, pod, container }) => ({ command: shortCommand(process.command), where: pod ? `${pod.name}${container?.kind === 'container' ? ` / ${container.name}` : ''}` : '' }))
  const wide = Math.max(width, ...rows.map((row, i) => row.depth * STEP + 40 + ((labels[i]?.command.length ?? 0) + (labels[i]?.where.length ?? 0) + 12) * CHARACTER))
  const height = rows.length * ROW + 8
  return (
    <svg width={wide} height={height} viewBox={`0 0 ${wide} ${height}`} role="img" aria-label={`Processes of ${node.name}, each under its parent`} className="block font-mono" data-picture="processes">
      {rows.map(({ process, depth, rails, last, container }, i) => {
        const y = i * ROW + ROW / 2 + 4
        const x = depth * STEP
        const pause = container?.kind === 'sandbox'
        const shim = process.command.includes('containerd-shim')
        const marked = container !== null && looked.has(container.id)
        const label = labels[i]
        return (
          <Asks key={process.pid} command={COMMANDS.process(process.pid)} onAsk={onAsk} className="appears">
            <title>{process.command}</title>
            {rails.map((on, d) => d > 0 && d < rails.length && on && <line key={d} x1={d * STEP - 14} x2={d * STEP - 14} y1={y - ROW / 2} y2={y + ROW / 2} stroke="var(--rule)" strokeWidth="1.5" />)}
            {depth > 0 && <path d={`M${x - 14} ${y - ROW / 2} V${last ? y : y + ROW / 2} M${x - 14} ${y} H${x - 2}`} fill="none" stroke="var(--rule)" strokeWidth="1.5" />}
            <rect className="edge" x={x} y={y - 9} width={(String(process.pid).length + 1) * CHARACTER + 6} height="18" rx="3" fill={pause ? 'var(--ink)' : shim ? 'var(--well)' : 'var(--room)'} stroke={marked ? 'var(--pause)' : container ? 'var(--ink)' : 'var(--rule)'} strokeWidth={marked ? 3 : 1} />
            <text x={x + 6} y={y + 4} fontSize="11.5" fill={pause ? 'var(--film)' : 'var(--ink)'}>
              {process.pid}
            </text>
            <text x={x + (String(process.pid).length + 1) * CHARACTER + 14} y={y + 4} fontSize="12" fill="var(--ink)" fontWeight={pause || shim ? 600 : 400}>
              {label?.command}
              {process.state === 'zombie' ? ' <defunct>' : ''}
              {label?.where && (
                <tspan dx="12" fill="var(--faint)" fontWeight="400" fontSize="11">
                  {label.where}
                </tspan>
              )}
            </text>
          </Asks>
        )
      })}
    </svg>
  )
}
