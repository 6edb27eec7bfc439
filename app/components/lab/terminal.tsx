'use client'
import type { IMarker, Terminal as Xterm } from '@xterm/xterm'
import { useEffect, useRef } from 'react'
import type { Selected } from '../../../lib/explain/explain'
import type { LabClient } from '../../../lib/lab/client'
import { afterPrompt } from '../../../lib/lab/prompt'
import { toClipboard } from '../clipboard'
import { still } from '../still'
import { blinking } from './cursor'
import type { Folds } from './folds'
import { printed, readsKeys } from './heard'
import { colours, onColours } from './colours'
import { screenFile } from './xterm'

const { openScreen } = await screenFile()

/** So much output at once that drawing on the GPU is worth its 36 kB. */
const HEAVY_BYTES = 1_500_000
/** So much between two rests that nobody hears it out; read out, a line of a megabyte would stop the page. */
const UNHEARD_BYTES = 100_000
const ESCAPE_MS = 2000
const AGAIN_MS = 40
/** So far up the head of a listing is looked for. */
const LINES_ABOVE = 400
/** Of a line, characters that are looked at: one without an end can fill the whole history. */
const LONGEST = 4000
/** Ctrl+Shift and these: copy, explain, fold, the command before, the command after. */
const CHORDS: Readonly<Record<string, 'copy' | 'explain' | 'fold' | 'up' | 'down'>> = { KeyC: 'copy', KeyE: 'explain', KeyF: 'fold', ArrowUp: 'up', ArrowDown: 'down' }

/** What other parts of the page may ask of a terminal. */
export interface TerminalHandle {
  text(): string
  focus(): void
  find(what: string, direction: 'next' | 'previous'): void
  html(): Promise<string>
  paste(text: string): void
  /** Folds the output of the last long command, or unfolds it. */
  fold(): void
  selection(): Selected | null
}

/** xterm.js on one of the lab's terminals. Esc, then Tab, moves the focus on (a terminal needs Tab itself). */
export default function Terminal({ client, id, shown, fontSize, onHandle, onSelect, onRefused, onExplain, typed = (text) => text }: { client: LabClient; id: number; shown: boolean; fontSize: number; onHandle: (id: number, handle: TerminalHandle | null) => void; onSelect: (id: number) => void; onRefused: () => void; onExplain?: () => void; typed?: (text: string) => string }) {
  const host = useRef<HTMLDivElement>(null)
  const heard = useRef<HTMLDivElement>(null)
  const size = useRef<(px: number) => void>(() => {})
  const onKeys = useRef(typed)
  onKeys.current = typed
  useEffect(() => {
    const element = host.current
    if (!element) return
    const first = client.takeScreen(id)
    first?.moveTo(element)
    const { term, fit } = first ?? openScreen(element)
    term.textarea?.addEventListener('focus', () => readAloud(term))
    element.addEventListener('touchstart', (event) => void import('./touch').then((touch) => touch.selecting(term, element, event)), { once: true, passive: true })
    const stopBlinking = blinking(term, element)
    const stopColours = onColours(() => Object.assign(term.options, colours()))
    void afterPrompt().then(() => addOn(term))
    let escaped = Number.NEGATIVE_INFINITY
    term.attachCustomKeyEventHandler((event) => {
      if (event.type !== 'keydown') return true
      if (event.key === 'Escape') escaped = event.timeStamp
      else if (event.key === 'Tab' && event.timeStamp - escaped < ESCAPE_MS) return false
      const chord = event.ctrlKey && event.shiftKey ? CHORDS[event.code] : undefined
      if (!chord) return true
      event.preventDefault()
      if (chord === 'fold') fold()
      else if (chord === 'explain') onExplain?.()
      else if (chord !== 'copy') void folds().then((f) => f.step(chord))
      else if (term.hasSelection()) void toClipboard(term.getSelection()).then((copied) => copied || onRefused())
      return false
    })
    /** Where commands are: the line on which the cursor stood at each Enter. */
    const marks: IMarker[] = []
    let folding: Folds | null = null
    const folds = async (): Promise<Folds> => {
      const { Folds } = await import('./folds')
      folding ??= new Folds(term, marks)
      return folding
    }
    let unwritten = 0
    /** When all that came is written: what is on its way would be lost. */
    const atRest = (act: () => void): void => {
      if (unwritten === 0) act()
      else setTimeout(() => atRest(act), AGAIN_MS)
    }
    const fold = (): void => void folds().then((f) => atRest(() => f.toggle()))
    let saying: ReturnType<typeof setTimeout> | undefined
    const say = (): void => {
      const text = readsKeys() ? '' : printed(term, marks.at(-1))
      if (heard.current && heard.current.textContent !== text) heard.current.textContent = text
    }
    let sinceRest = 0
    const stopResting = client.onRest(() => {
      sinceRest = 0
      readAloud(term)
      clearTimeout(saying)
      saying = setTimeout(() => atRest(say), AGAIN_MS)
      if (marks.length > 0) void folds().then((f) => atRest(() => f.offer()))
    })
    term.onData((data) => client.type(onKeys.current(data), id))
    term.onSelectionChange(() => onSelect(id))
    let bytesSeen = 0
    const detach = client.attach(id, {
      write(bytes, done) {
        bytesSeen += bytes.length
        sinceRest += bytes.length
        if (sinceRest > UNHEARD_BYTES) term.options.screenReaderMode = false
        if (bytesSeen > HEAVY_BYTES) {
          bytesSeen = Number.NEGATIVE_INFINITY
          void onGpu(term)
        }
        unwritten++
        term.write(bytes, () => {
          unwritten--
          done()
        })
      },
      entered: () =>
        term.write('', () => {
          if (term.buffer.active.type === 'normal') marks.push(term.registerMarker(0))
        }),
      reset() {
        term.reset()
        marks.length = 0
        folding?.forget()
      },
    })
    const resize = () => {
      if (element.clientWidth < 40 || element.clientHeight < 20) return
      fit.fit()
      client.resize(id, term.cols, term.rows)
    }
    const observer = new ResizeObserver(resize)
    observer.observe(element)
    resize()
    void document.fonts.ready.then(resize)
    size.current = (px) => {
      term.options.fontSize = px
      resize()
    }
    let search: Promise<import('@xterm/addon-search').SearchAddon> | null = null
    const handle: TerminalHandle = {
      text: () => textOf(term, folding),
      focus: () => term.focus(),
      find(what, direction) {
        search ??= import('@xterm/addon-search').then(({ SearchAddon }) => {
          const addon = new SearchAddon()
          term.loadAddon(addon)
          return addon
        })
        const found = search
        atRest(() => {
          // What is folded is searched too.
          folding?.unfoldAll()
          term.write('', () => void found.then((addon) => (direction === 'next' ? addon.findNext(what) : addon.findPrevious(what))))
        })
      },
      async html() {
        const { SerializeAddon } = await import('@xterm/addon-serialize')
        const addon = new SerializeAddon()
        term.loadAddon(addon)
        const html = addon.serializeAsHTML({ includeGlobalBackground: true })
        addon.dispose()
        return html
      },
      paste: (text) => term.paste(text),
      fold,
      selection() {
        const range = term.getSelectionPosition()
        if (!range) return null
        const { active } = term.buffer
        // Lines as they were printed: what is wrapped is one.
        let first = range.start.y
        while (first > 0 && active.getLine(first)?.isWrapped) first--
        const line = (y: number): string => {
          let whole = ''
          for (let row = y, goesOn = true; goesOn && whole.length < LONGEST; row++) {
            goesOn = active.getLine(row + 1)?.isWrapped ?? false
            whole += active.getLine(row)?.translateToString(!goesOn) ?? ''
          }
          return whole
        }
        const above: string[] = []
        for (let y = first - 1; y >= 0 && above.length < LINES_ABOVE; y--) if (!active.getLine(y)?.isWrapped) above.push(line(y))
        return { text: term.getSelection(), line: line(first), from: range.start.x + (range.start.y - first) * term.cols, above }
      },
    }
    onHandle(id, handle)
    Object.assign(element, { labText: handle.text })
    return () => {
      onHandle(id, null)
      observer.disconnect()
      clearTimeout(saying)
      stopResting()
      stopBlinking()
      stopColours()
      detach()
      term.dispose()
    }
  }, [client, id, onHandle, onSelect, onRefused, onExplain])
  useEffect(() => size.current(fontSize), [fontSize])
  return (
    <>
      <div ref={host} data-terminal={shown ? '' : undefined} data-terminal-id={id} className={`min-h-0 flex-1 overflow-hidden py-2 ps-3 pe-1 ${shown ? '' : 'hidden'}`} />
      <div ref={heard} role="log" aria-label="What was printed last" className={shown ? 'sr-only' : 'hidden'} />
    </>
  )
}

/** As it is set; not amid a flood. */
function readAloud(term: Xterm): void {
  if (term.options.screenReaderMode !== readsKeys()) term.options.screenReaderMode = readsKeys()
}

/** What can come after the first prompt: links, the clipboard (OSC 52), widths of Unicode 11. */
async function addOn(term: Xterm): Promise<void> {
  if (!term.element) return
  const [{ WebLinksAddon }, { ClipboardAddon }, { Unicode11Addon }] = await Promise.all([import('@xterm/addon-web-links'), import('@xterm/addon-clipboard'), import('@xterm/addon-unicode11')])
  if (!term.element) return
  term.loadAddon(new WebLinksAddon())
  term.loadAddon(new ClipboardAddon())
  term.loadAddon(new Unicode11Addon())
  term.unicode.activeVersion = '11'
}

async function onGpu(term: Xterm): Promise<void> {
  const { WebglAddon } = await import('@xterm/addon-webgl')
  if (!term.element) return
  try {
    const addon = new WebglAddon()
    addon.onContextLoss(() => addon.dispose())
    term.loadAddon(addon)
    // There it costs no frames.
    term.options.cursorBlink = !still()
  } catch {
    // No GPU here: it goes on as it did.
  }
}

/** All lines of the buffer, wrapped ones joined, folded ones in their place: what a student saw, for copying, for the transcript, for tests. */
function textOf(term: Xterm, folds: Folds | null): string {
  const { active } = term.buffer
  let text = ''
  for (let i = 0; i < active.length; i++) {
    const line = active.getLine(i)
    if (!line) continue
    if (i > 0 && !line.isWrapped) text += '\n'
    text += folds?.textAt(i) ?? line.translateToString(!active.getLine(i + 1)?.isWrapped)
  }
  return text.trimEnd()
}
