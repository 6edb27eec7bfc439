/**
 * A cursor that blinks. xterm.js does it with an endless animation in the style sheet, and the browser makes a frame of the page for each step of
 * that, sixty in a second: a key that comes in between waits for its glyph until the frame after the next. Here a timer hides the cursor and shows
 * it again (`data-cursor`, globals.css), and what is written shows it, in the frame that draws it.
 */
import type { Terminal } from '@xterm/xterm'
import { still } from '../still'

const BLINK_MS = 600

export function blinking(term: Terminal, host: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (): void => {
    clearTimeout(timer)
    delete host.dataset.cursor
    if (document.activeElement === term.textarea && !still()) timer = setTimeout(hide, BLINK_MS)
  }
  const hide = (): void => {
    host.dataset.cursor = 'hidden'
    timer = setTimeout(show, BLINK_MS)
  }
  const rendered = term.onRender(show)
  term.textarea?.addEventListener('focus', show)
  term.textarea?.addEventListener('blur', show)
  return () => {
    clearTimeout(timer)
    rendered.dispose()
  }
}
