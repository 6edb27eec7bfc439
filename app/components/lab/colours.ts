/** The screen's colours: the page's own (globals.css), so that more contrast is more contrast here too, and a palette that goes with them. */
import type { ITerminalOptions } from '@xterm/xterm'

const PALETTE = {
  selectionBackground: '#3f5f58', selectionInactiveBackground: '#2c4540',
  black: '#1d312d', red: '#f2877b', green: '#97d38d', yellow: '#e9c464', blue: '#84b9ee', magenta: '#cba4e6', cyan: '#74cfc0', white: '#d6e2dd',
  brightBlack: '#8fa79f', brightRed: '#ff9f94', brightGreen: '#b2e6a7', brightYellow: '#f8d988', brightBlue: '#a5cff8', brightMagenta: '#debdf2', brightCyan: '#9be3d6', brightWhite: '#ffffff',
}
/** WCAG's enhanced contrast, where the page has more; elsewhere a program's colours are shown as it chose them. */
const CONTRAST = { more: 7, asChosen: 1 } as const

const asked = matchMedia('(prefers-contrast: more)')
/** The system chooses the colours, of the page and so of the screen. */
const forced = matchMedia('(forced-colors: active)')
const more = (): boolean => (document.documentElement.dataset.contrast ?? (asked.matches ? 'more' : 'normal')) === 'more'

export function colours(): ITerminalOptions {
  // What is painted now: a token may be a pair, or a colour of the system's.
  const probe = document.createElement('span')
  probe.style.forcedColorAdjust = 'none'
  document.body.append(probe)
  const of = (color: string): string => {
    probe.style.color = color
    return getComputedStyle(probe).color
  }
  const background = of('var(--color-screen)')
  const selection = forced.matches ? { selectionBackground: of('Highlight'), selectionInactiveBackground: of('Highlight'), selectionForeground: of('HighlightText') } : {}
  const theme = { ...PALETTE, background, foreground: of('var(--color-glow)'), cursor: of('var(--pause)'), cursorAccent: background, ...selection }
  probe.remove()
  return { theme, minimumContrastRatio: more() || forced.matches ? CONTRAST.more : CONTRAST.asChosen }
}

/** Tells when they are others: by the settings, or by the system. */
export function onColours(tell: () => void): () => void {
  const watch = new MutationObserver(tell)
  watch.observe(document.documentElement, { attributeFilter: ['data-contrast'] })
  const queries = [asked, forced]
  for (const query of queries) query.addEventListener('change', tell)
  return () => {
    watch.disconnect()
    for (const query of queries) query.removeEventListener('change', tell)
  }
}
