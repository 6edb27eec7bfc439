/**
 * Selecting with a finger. xterm.js knows the mouse only, and a browser finds no text in it: here a long press selects the word below it, and goes
 * on to wherever the finger is drawn. What is selected is explained, with a button that copies it (explained.tsx).
 */
import type { Terminal } from '@xterm/xterm'

const LONG_MS = 500
/** A finger is never quite still, px. */
const STILL = 10

interface Place {
  readonly col: number
  readonly row: number
}

/** `first`: the touch that this was loaded for. */
export function selecting(term: Terminal, host: HTMLElement, first: TouchEvent): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from: { x: number; y: number } | null = null
  /** The word that was pressed, while the finger is down. */
  let word: { start: Place; end: Place } | null = null
  const placeOf = (x: number, y: number): Place | null => {
    const box = host.querySelector('.xterm-screen')?.getBoundingClientRect()
    if (!box) return null
    const at = (part: number, of: number): number => Math.min(of - 1, Math.max(0, Math.floor(part * of)))
    return { col: at((x - box.left) / box.width, term.cols), row: term.buffer.active.viewportY + at((y - box.top) / box.height, term.rows) }
  }
  const select = (start: Place, end: Place): void => term.select(start.col, start.row, (end.row - start.row) * term.cols + end.col - start.col + 1)
  const press = ({ x, y }: { x: number; y: number }): void => {
    const place = placeOf(x, y)
    const line = place && term.buffer.active.getLine(place.row)
    if (!place || !line) return
    const blank = (col: number): boolean => (line.getCell(col)?.getChars() || ' ').trim() === '' && line.getCell(col)?.getWidth() !== 0
    let start = place.col
    let end = place.col
    while (start > 0 && !blank(start - 1)) start--
    while (end < term.cols - 1 && !blank(end + 1)) end++
    if (blank(place.col)) start = end = place.col
    word = { start: { ...place, col: start }, end: { ...place, col: end } }
    select(word.start, word.end)
  }
  const begin = (event: TouchEvent): void => {
    clearTimeout(timer)
    word = null
    const touch = event.touches[0]
    if (event.touches.length !== 1 || !touch) return
    from = { x: touch.clientX, y: touch.clientY }
    timer = setTimeout(press, LONG_MS - (performance.now() - event.timeStamp), from)
  }
  const move = (event: TouchEvent): void => {
    const touch = event.touches[0]
    if (!touch || !from) return
    if (!word) {
      if (Math.hypot(touch.clientX - from.x, touch.clientY - from.y) > STILL) clearTimeout(timer)
      return
    }
    // The terminal would scroll.
    event.preventDefault()
    event.stopPropagation()
    const to = placeOf(touch.clientX, touch.clientY)
    if (!to) return
    const before = to.row < word.start.row || (to.row === word.start.row && to.col < word.start.col)
    const after = to.row > word.end.row || (to.row === word.end.row && to.col > word.end.col)
    select(before ? to : word.start, after ? to : word.end)
  }
  const end = (event: TouchEvent): void => {
    clearTimeout(timer)
    // A click would follow, and take the selection away.
    if (word && event.cancelable) event.preventDefault()
    word = null
  }
  const listening = { capture: true, passive: false } as const
  host.addEventListener('touchstart', begin, listening)
  host.addEventListener('touchmove', move, listening)
  host.addEventListener('touchend', end, listening)
  host.addEventListener('touchcancel', end, listening)
  // The browser's own menu of a long press has nothing for a terminal.
  host.addEventListener('contextmenu', (event) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') return
    event.preventDefault()
    event.stopPropagation()
  }, { capture: true })
  // On a screen that is hardly high (globals.css) the terminal comes up when one types.
  host.addEventListener('focusin', () => host.closest('main')?.scrollIntoView({ block: 'nearest' }))
  begin(first)
}
