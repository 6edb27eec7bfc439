/**
 * The screen of a terminal: xterm.js. It lies in a file of its own (scripts/screen.mjs), which a lesson's first script fetches beside the worker: the
 * first prompt is shown, and answers keys, before the page's own scripts have come. The page's terminal then takes that screen over as it stands.
 */
import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import type { Early, FirstScreen, OpenScreen } from '../../../lib/lab/early'
import type { FromWorker, ToWorker } from '../../../lib/lab/protocol'
import { recall } from '../../../lib/settings'
import { colours } from './colours'
import { readsKeys } from './heard'

const FONT_SIZE = 13
/** A key that was typed ahead has its glyph before the page's own scripts begin, ms. */
const ECHO_MS = 50

const face = (): string => `${getComputedStyle(document.documentElement).getPropertyValue('--face-mono')}, monospace`

export function openScreen(host: HTMLElement): OpenScreen {
  const term = new Terminal({ fontFamily: face(), fontSize: FONT_SIZE, lineHeight: 1.25, scrollback: 10_000, ...colours(), screenReaderMode: readsKeys(), allowProposedApi: true, rightClickSelectsWord: true })
  const fit = new FitAddon()
  term.loadAddon(fit)
  term.open(host)
  term.textarea?.setAttribute('aria-label', 'Terminal. Esc, then Tab, leaves it.')
  return { term, fit }
}

function firstIn(host: HTMLElement, worker: Worker): FirstScreen {
  const { term, fit } = openScreen(host)
  const post = (message: ToWorker): void => worker.postMessage(message)
  term.options.fontSize = Number(recall('font')) || FONT_SIZE
  fit.fit()
  const typing = term.onData((text) => post({ type: 'input', input: ['i', 0, text] }))
  host.dataset.terminal = ''
  const leave = (): void => {
    typing.dispose()
    delete host.dataset.terminal
  }
  return {
    term,
    fit,
    show: (bytes) => term.write(bytes, () => post({ type: 'shown', bytes: bytes.length })),
    moveTo(place) {
      const focused = document.activeElement === term.textarea
      leave()
      if (term.element) place.append(term.element)
      if (focused) term.focus()
    },
    dispose() {
      leave()
      term.dispose()
    },
  }
}

/** Opens the first screen where the page will have its terminal, and shows there what the worker says. */
export async function openFirst(lab: Early): Promise<void> {
  await Promise.all([parsed(), document.fonts.load(`${FONT_SIZE}px ${face()}`).catch(() => {})])
  const host = document.querySelector<HTMLElement>('[data-first-screen]')
  // The page may have been faster, or may show no screen.
  if (!host || window.earlyLab !== lab || recall('plain') === 'yes') return lab.goOn()
  const screen = firstIn(host, lab.worker)
  const hear = (message: FromWorker): void => {
    if (message.type === 'output') screen.show(message.bytes)
    else if (message.type === 'failed') lab.goOn()
    else if (message.type === 'began') {
      performance.mark('prompt')
      requestAnimationFrame(() => setTimeout(lab.goOn, ECHO_MS))
    }
  }
  lab.screen = screen
  for (const message of lab.said) hear(message)
  lab.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    lab.said.push(data)
    hear(data)
  }
}

const parsed = (): Promise<void> => new Promise((resolve) => (document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }) : resolve()))
