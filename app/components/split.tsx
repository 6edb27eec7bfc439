'use client'
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useState } from 'react'
import { recall, remember } from '../../lib/settings'

const LEAST = 22
const MOST = 78
const STEP = 3

/**
 * The border between two panes: dragged, moved by arrow keys, put back by a double click or Home, remembered. It sets `--NAME` (percent) on the box
 * that both panes stand in; the layout is the style sheet's.
 */
export default function Split({ name, axis, label, box, start, className = '' }: { name: string; axis: 'x' | 'y'; label: string; box: RefObject<HTMLElement | null>; start: number; className?: string }) {
  const [value, setValue] = useState(start)
  const [moving, setMoving] = useState(false)
  useEffect(() => {
    const known = Number(recall(name))
    if (known >= LEAST && known <= MOST) setValue(known)
  }, [name])
  useEffect(() => {
    box.current?.style.setProperty(`--${name}`, `${value}%`)
  }, [box, name, value])
  const put = (to: number) => {
    const next = Math.round(Math.min(MOST, Math.max(LEAST, to)) * 10) / 10
    setValue(next)
    remember(name, String(next))
  }
  const move = (event: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect()
    if (!moving || !rect) return
    put(axis === 'x' ? ((event.clientX - rect.left) / rect.width) * 100 : ((event.clientY - rect.top) / rect.height) * 100)
  }
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[event.key]
    if (by !== undefined) put(value + by)
    else if (event.key === 'Home') put(start)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> that is moved, with a grip inside, is none
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      data-moving={moving ? '' : undefined}
      title="Drag, or use the arrow keys; double click puts it back"
      className={`split split-${axis} ${className}`}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId)
        setMoving(true)
      }}
      onPointerMove={move}
      onPointerUp={() => setMoving(false)}
      onPointerCancel={() => setMoving(false)}
      onDoubleClick={() => put(start)}
      onKeyDown={key}
    >
      <span aria-hidden="true" className="bars" />
    </div>
  )
}
