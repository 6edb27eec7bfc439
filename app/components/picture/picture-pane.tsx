'use client'
import { type KeyboardEvent, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { PictureNode } from '../../../simulator'
import { lookedAt, reuse } from '../../../lib/picture/facts'
import { useClient, useLab } from '../lab/lab-context'
import { rem } from '../rem'
import { InWords, type View } from './in-words'
import { Network } from './network'
import { ProcessTree } from './process-tree'
import { savePng, saveSvg } from './save'
import { Street } from './street'
import { useZoom } from './use-zoom'

const VIEWS: readonly { readonly id: View; readonly label: string }[] = [
  { id: 'pods', label: 'Pods' },
  { id: 'processes', label: 'Processes' },
  { id: 'network', label: 'Network' },
]
const PADDING = 16
/** It is drawn for letters of this size, px. */
const DRAWN_FOR = 16

/** The live picture: drawn from the machine's facts, in three views, with a twin in words. A click types the command that shows the thing. */
export default function PicturePane() {
  const { client, run } = useLab()
  const picture = useClient(client, (c) => c.picture, null)
  const text = useClient(client, (c) => c.looked, '')
  const before = useRef<readonly PictureNode[]>([])
  const nodes = useMemo(() => {
    before.current = reuse(before.current, picture?.nodes ?? [])
    return before.current
  }, [picture])
  const looked = useMemo(() => lookedAt(text, nodes), [text, nodes])
  const [view, setView] = useState<View>('pods')
  const [details, setDetails] = useState(false)
  const [words, setWords] = useState(false)
  // A button answers at once; what it asks for may be hundreds of rows, and is drawn in slices.
  const shown = useDeferredValue(view)
  const detailed = useDeferredValue(details)
  const told = useDeferredValue(words)
  const [chosen, setChosen] = useState<string | null>(null)
  const [width, setWidth] = useState(600)
  const ground = useRef<HTMLElement>(null)
  const { zoom, drawing, larger, smaller, back } = useZoom(ground)
  const [unit] = useState(() => rem() / DRAWN_FOR)
  /** By keys while the picture has the focus; with Ctrl the browser's own zoom goes on as ever. */
  const byKey = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : { '+': larger, '=': larger, '-': smaller, '0': back }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const onAsk = useCallback((command: string) => void run(null, command), [run])
  useEffect(() => {
    const element = ground.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // What a command looked at, or made, may lie out of sight.
  useEffect(() => {
    if (looked.size > 0) ground.current?.querySelector('[stroke="var(--pause)"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [looked])
  const look = (id: View) => {
    setView(id)
    ground.current?.scrollTo(0, 0)
  }
  const withPods = nodes.filter((n) => n.pods.length > 0)
  const node = nodes.find((n) => n.name === chosen) ?? withPods[0] ?? nodes[0]
  const inner = Math.max(160, (width - 2 * PADDING * unit) / (zoom * unit))
  const save = (as: (svg: SVGSVGElement, name: string) => void | Promise<void>) => {
    const svg = ground.current?.querySelector<SVGSVGElement>('svg[data-picture]')
    if (svg) void as(svg, `${node?.name}-${view}`)
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-9 flex-wrap items-center gap-x-0.5 border-b border-rule px-1">
        <nav aria-label="View" className="flex">
          {VIEWS.map(({ id, label }) => (
            <button key={id} type="button" aria-pressed={view === id} onClick={() => look(id)} className={`tool rounded-b-none border-b-2 bg-transparent! ${view === id ? 'border-pause font-semibold' : 'border-transparent text-faint'}`}>
              {label}
            </button>
          ))}
        </nav>
        {nodes.length > 1 && (
          <select aria-label="Node" value={node?.name ?? ''} onChange={(e) => setChosen(e.target.value)} className="tool bg-sheet">
            {nodes.map((n) => (
              <option key={n.name}>{n.name}</option>
            ))}
          </select>
        )}
        <span className="ms-auto flex items-center text-faint">
          {view === 'pods' && (
            <button type="button" className="tool" aria-pressed={details} onClick={() => setDetails(!details)}>
              Details
            </button>
          )}
          <button type="button" className="tool" aria-label="Smaller" title="Smaller (− in the picture)" onClick={smaller}>
            −
          </button>
          <button type="button" className="tool px-0 text-[0.72rem]" aria-label={`${Math.round(zoom * 100)} per cent: put back to 100`} title="Back to 100 %" onClick={back}>
            {Math.round(zoom * 100)}%
          </button>
          <button type="button" className="tool" aria-label="Larger" title="Larger (+ in the picture)" onClick={larger}>
            +
          </button>
          <button type="button" className="tool" aria-pressed={words} onClick={() => setWords(!words)}>
            In words
          </button>
          <button type="button" className="tool" aria-label="Save as SVG" title="Save as SVG" onClick={() => save(saveSvg)}>
            SVG
          </button>
          <button type="button" className="tool" aria-label="Save as PNG" title="Save as PNG" onClick={() => save(savePng)}>
            PNG
          </button>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it must be scrollable by keyboard */}
      <section ref={ground} aria-label="Picture" aria-keyshortcuts="+ - 0" tabIndex={0} onKeyDown={byKey} className="min-h-0 flex-1 overflow-auto p-4">
        {!node && <p className="text-faint">The picture is drawn when the node has started.</p>}
        {node && told && <InWords node={node} view={shown} details={detailed} onAsk={onAsk} />}
        {node && !told && (
          <div ref={drawing} style={{ zoom: zoom * unit }}>
            {shown === 'pods' && <Street node={node} width={inner} details={detailed} looked={looked} onAsk={onAsk} />}
            {shown === 'processes' && <ProcessTree node={node} width={inner} looked={looked} onAsk={onAsk} />}
            {shown === 'network' && <Network node={node} width={inner} onAsk={onAsk} />}
          </div>
        )}
      </section>
    </div>
  )
}
