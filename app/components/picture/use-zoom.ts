'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { recall, remember } from '../../../lib/settings'

const ZOOM = { least: 0.4, most: 2.5, step: 1.2 }
/** A gesture of the wheel is over when nothing came for so long. */
const SETTLED_MS = 160

const clamp = (to: number): number => Math.min(ZOOM.most, Math.max(ZOOM.least, to))

/**
 * How large the picture is drawn: by buttons, or with Ctrl and the wheel (a pinch on a touchpad; the browser's own zoom is not wanted here). While a
 * gesture lasts, what is drawn is only stretched; the houses find their new places after it.
 */
export function useZoom(ground: RefObject<HTMLElement | null>): { zoom: number; drawing: RefObject<HTMLDivElement | null>; larger: () => void; smaller: () => void; back: () => void } {
  const [zoom, setZoom] = useState(() => clamp(Number(recall('zoom')) || 1))
  const drawing = useRef<HTMLDivElement>(null)
  const drawn = useRef(zoom)
  const wanted = useRef(zoom)
  const scale = useRef((to: number): void => {
    wanted.current = clamp(to)
    setZoom(wanted.current)
    remember('zoom', String(wanted.current))
  }).current
  useLayoutEffect(() => {
    drawn.current = zoom
    stretch(drawing.current, 1)
  }, [zoom])
  useEffect(() => {
    const element = ground.current
    if (!element) return
    let settling: ReturnType<typeof setTimeout> | undefined
    const settle = () => {
      if (wanted.current === drawn.current) stretch(drawing.current, 1)
      else scale(wanted.current)
    }
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      wanted.current = clamp(wanted.current * Math.exp(-event.deltaY / 300))
      stretch(drawing.current, wanted.current / drawn.current)
      clearTimeout(settling)
      settling = setTimeout(settle, SETTLED_MS)
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      clearTimeout(settling)
      element.removeEventListener('wheel', wheel)
    }
  }, [ground, scale])
  return { zoom, drawing, larger: () => scale(zoom * ZOOM.step), smaller: () => scale(zoom / ZOOM.step), back: () => scale(1) }
}

/** Draws what is there larger or smaller, without asking anew where anything stands. */
function stretch(drawing: HTMLElement | null, by: number): void {
  if (!drawing) return
  drawing.style.transform = by === 1 ? '' : `scale(${by})`
  drawing.style.transformOrigin = '0 0'
  drawing.style.willChange = by === 1 ? '' : 'transform'
}
