/**
 * The worker, and how it starts before the page does: a lesson carries a line of script that starts it and asks for the first section's node, so
 * that its code is fetched and the node boots while the page is still on its way. The first screen is opened by it too (app/components/lab/screen.ts), and
 * the page's own scripts wait for the prompt (scripts/build.mjs): both would want the same processors. The client takes over what is there by then.
 */
import type { FitAddon } from '@xterm/addon-fit'
import type { Terminal } from '@xterm/xterm'
import type { FromWorker, Pace, Recording, ScenarioPlace, Start, ToWorker } from './protocol'

/** The version of the simulator, as scripts/build.mjs finds it. */
export const SIMULATOR = process.env.NEXT_PUBLIC_SIMULATOR ?? ''
const WORKER = `${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}${process.env.NEXT_PUBLIC_WORKER ?? ''}`
/** xterm.js (scripts/screen.mjs). */
export const SCREEN = `${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}${process.env.NEXT_PUBLIC_SCREEN ?? ''}`
/** So long the page's own scripts wait for a prompt, ms. */
const LONGEST_MS = 1000
/** What a terminal measures before it is seen. */
export const UNSEEN = { cols: 80, rows: 24 }

type Begin = Extract<ToWorker, { type: 'begin' }>

export interface OpenScreen {
  readonly term: Terminal
  readonly fit: FitAddon
}

/** The screen of a lab that was started before the page. Its keys go to the worker until it is taken. */
export interface FirstScreen extends OpenScreen {
  show(bytes: Uint8Array): void
  /** Takes it to where the page has its terminal. */
  moveTo(place: HTMLElement): void
  dispose(): void
}

interface Running {
  readonly worker: Worker
  readonly begin: Begin
  /** What it told before the client listened. */
  readonly said: readonly FromWorker[]
  /** Where that was shown. */
  readonly screen?: FirstScreen
}

export interface Early extends Running {
  readonly scenario: string
  readonly said: FromWorker[]
  screen?: FirstScreen
  /** The prompt stands there, or is waited for no longer. */
  readonly prompt: Promise<void>
  readonly goOn: () => void
}

declare global {
  interface Window {
    earlyLab?: Early | undefined
  }
}

export const beginning = (start: Start, recording: Recording, pace: Pace): Begin => ({ type: 'begin', start, build: SIMULATOR, recording, pace })

/** A page as wide as this has its terminal beside the text. */
const WIDE = '(min-width: 60rem)'
export const besideTheText = (): boolean => matchMedia(WIDE).matches

/** To stand in the page (scripts/build.mjs puts a copy before the style sheets, which a script waits for): starts the worker, unless the page is too narrow for a terminal, or a link brings its own session. */
export function earlyScript({ name }: ScenarioPlace, start: Start): string {
  const begin = beginning(start, { build: SIMULATOR, ...UNSEEN, entries: [] }, 'at once')
  const text = JSON.stringify({ scenario: name, begin }).replaceAll('<', '\\u003c')
  return `if(!window.earlyLab&&matchMedia('${WIDE}').matches&&!location.hash.startsWith('#session=')){const l=${text};l.said=[];l.worker=new Worker('${WORKER}',{name:l.scenario});l.worker.onmessage=e=>l.said.push(e.data);l.worker.postMessage(l.begin);l.prompt=new Promise(r=>setTimeout(l.goOn=r,${LONGEST_MS}));window.earlyLab=l;import('${SCREEN}').then(s=>s.openFirst(l)).catch(l.goOn)}`
}

/** How large the terminal was is no difference: it is told its size when it is seen. */
const same = (a: Begin, b: Begin): boolean => {
  const sized = (begin: Begin): string => JSON.stringify({ ...begin, recording: { ...begin.recording, ...UNSEEN } })
  return a.recording.entries.length === 0 && sized(a) === sized(b)
}

/** A worker that has been asked to begin: the early one if it was asked for just that, else a new one. */
export function launch({ name }: ScenarioPlace, begin: Begin): Running {
  const early = window.earlyLab
  window.earlyLab = undefined
  if (early?.scenario === name && same(early.begin, begin)) return early
  early?.worker.terminate()
  early?.screen?.dispose()
  const worker = new Worker(WORKER, { name })
  worker.postMessage(begin)
  return { worker, begin, said: [] }
}
