'use client'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Xterm } from '@xterm/xterm'
import { useEffect, useRef } from 'react'
import type { LabClient } from '../../../lib/lab/client'

const THEME = {
  background: '#0f1e1c', foreground: '#e2ede8', cursor: '#f4b400', cursorAccent: '#0f1e1c', selectionBackground: '#3f5f58', selectionInactiveBackground: '#2c4540',
  black: '#1d312d', red: '#f2877b', green: '#97d38d', yellow: '#e9c464', blue: '#84b9ee', magenta: '#cba4e6', cyan: '#74cfc0', white: '#d6e2dd',
  brightBlack: '#8fa79f', brightRed: '#ff9f94', brightGreen: '#b2e6a7', brightYellow: '#f8d988', brightBlue: '#a5cff8', brightMagenta: '#debdf2', brightCyan: '#9be3d6', brightWhite: '#ffffff',
}
/** So much output at once that drawing on the GPU is worth its 36 kB. */
const HEAVY_BYTES = 1_500_000
const ESCAPE_MS = 2000

/** What other parts of the page may ask of a terminal. */
export interface TerminalHandle {
  text(): string
  focus(): void
  find(what: string, direction: 'next' | 'previous'): void
  html(): Promise<string>
  paste(text: string): void
  selection(): { readonly text: string; readonly line: string; readonly from: number; readonly above: readonly string[] } | null
}

/** xterm.js on one of the lab's terminals. Esc, then Tab, moves the focus on (a terminal needs Tab itself). */
export default function Terminal({ client, id, shown, fontSize, onHandle, onSelect, typed = (text) => text }: { client: LabClient; id: number; shown: boolean; fontSize: number; onHandle: (id: number, handle: TerminalHandle | null) => void; onSelect: (id: number) => void; typed?: (text: string) => string }) {
  const host = useRef<HTMLDivElement>(null)
  const size = useRef<(px: number) => void>(() => {})
  const onKeys = useRef(typed)
  onKeys.current = typed
  useEffect(() => {
    const element = host.current
    if (!element) return
    const term = new Xterm({ fontFamily: `${getComputedStyle(document.documentElement).getPropertyValue('--face-mono')}, monospace`, fontSize: 13, lineHeight: 1.25, scrollback: 10_000, theme: THEME, screenReaderMode: true, allowProposedApi: true, cursorBlink: !still(), rightClickSelectsWord: true })
    const fit = new FitAddon()
    term.loadAddon(fit)
    term.open(element)
    term.textarea?.setAttribute('aria-label', 'Terminal. Esc, then Tab, leaves it.')
    void addOn(term)
    let escaped = Number.NEGATIVE_INFINITY
    term.attachCustomKeyEventHandler((event) => {
      if (event.type !== 'keydown') return true
      if (event.key === 'Escape') escaped = event.timeStamp
      else if (event.key === 'Tab' && event.timeStamp - escaped < ESCAPE_MS) return false
      else if (event.ctrlKey && event.shiftKey && event.code === 'KeyC') {
        event.preventDefault()
        if (term.hasSelection()) void navigator.clipboard.writeText(term.getSelection())
        return false
      }
      return true
    })
    term.onData((data) => client.type(onKeys.current(data), id))
    term.onSelectionChange(() => onSelect(id))
    let bytesSeen = 0
    const detach = client.attach(id, {
      write(bytes, done) {
        bytesSeen += bytes.length
        if (bytesSeen > HEAVY_BYTES) {
          bytesSeen = Number.NEGATIVE_INFINITY
          void onGpu(term)
        }
        term.write(bytes, done)
      },
      reset: () => term.reset(),
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
      text: () => textOf(term),
      focus: () => term.focus(),
      find(what, direction) {
        search ??= import('@xterm/addon-search').then(({ SearchAddon }) => {
          const addon = new SearchAddon()
          term.loadAddon(addon)
          return addon
        })
        void search.then((addon) => (direction === 'next' ? addon.findNext(what) : addon.findPrevious(what)))
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
      selection() {
        const range = term.getSelectionPosition()
        if (!range) return null
        const line = (y: number) => term.buffer.active.getLine(y)?.translateToString(true) ?? ''
        const above: string[] = []
        for (let y = range.start.y - 1; y >= 0 && above.length < 400; y--) above.push(line(y))
        return { text: term.getSelection(), line: line(range.start.y), from: range.start.x, above }
      },
    }
    onHandle(id, handle)
    Object.assign(element, { labText: handle.text })
    return () => {
      onHandle(id, null)
      observer.disconnect()
      detach()
      term.dispose()
    }
  }, [client, id, onHandle, onSelect])
  useEffect(() => size.current(fontSize), [fontSize])
  return <div ref={host} data-terminal={shown ? '' : undefined} data-terminal-id={id} className={`min-h-0 flex-1 overflow-hidden py-2 ps-3 pe-1 ${shown ? '' : 'hidden'}`} />
}

const still = (): boolean => document.documentElement.dataset.motion === 'none' || matchMedia('(prefers-reduced-motion: reduce)').matches

/** What can come after the first prompt: links, the clipboard (OSC 52), widths of Unicode 11. */
async function addOn(term: Xterm): Promise<void> {
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
  } catch {
    // No GPU here: it goes on as it did.
  }
}

/** All lines of the buffer, wrapped ones joined: what a student sees, for copying and for tests. */
function textOf(term: Xterm): string {
  const { active } = term.buffer
  let text = ''
  for (let i = 0; i < active.length; i++) {
    const line = active.getLine(i)
    if (!line) continue
    if (i > 0 && !line.isWrapped) text += '\n'
    text += line.translateToString(!active.getLine(i + 1)?.isWrapped)
  }
  return text.trimEnd()
}
