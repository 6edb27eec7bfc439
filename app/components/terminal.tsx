'use client'
import { FitAddon } from '@xterm/addon-fit'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal as Xterm } from '@xterm/xterm'
import { useEffect, useRef } from 'react'
import type { LabClient } from '../../lib/lab/client'

const THEME = {
  background: '#16211f', foreground: '#e6efe6', cursor: '#7fcab9', selectionBackground: '#3d5a54',
  black: '#22302d', red: '#f0857a', green: '#9ad08f', yellow: '#e3c06a', blue: '#82b4e8', magenta: '#c9a3e0', cyan: '#7fcab9', white: '#d9e2d9',
  brightBlack: '#8a9a94', brightRed: '#ff9d92', brightGreen: '#b3e3a8', brightYellow: '#f5d585', brightBlue: '#a3cbf5', brightMagenta: '#dcbdf0', brightCyan: '#a0e0d1', brightWhite: '#ffffff',
}

/** xterm.js on the lab's terminal. Esc, then Tab, moves the focus on (a terminal needs Tab itself). */
export default function Terminal({ client }: { client: LabClient }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const term = new Xterm({ fontFamily: '"JetBrains Mono Variable", monospace', fontSize: 13, lineHeight: 1.2, scrollback: 10_000, theme: THEME, screenReaderMode: true, allowProposedApi: false, convertEol: false })
    const fit = new FitAddon()
    term.loadAddon(fit)
    term.loadAddon(new WebLinksAddon())
    term.open(element)
    let escaped = 0
    term.attachCustomKeyEventHandler((event) => {
      if (event.type !== 'keydown') return true
      if (event.key === 'Escape') escaped = event.timeStamp
      else if (event.key === 'Tab' && event.timeStamp - escaped < 2000) return false
      return true
    })
    term.onData((data) => client.type(data))
    client.onOutput = (bytes) => term.write(bytes, () => client.shown(bytes.length))
    client.onReset = () => term.reset()
    const resize = () => {
      fit.fit()
      client.resize(term.cols, term.rows)
    }
    const observer = new ResizeObserver(resize)
    observer.observe(element)
    resize()
    Object.assign(element, { labText: () => textOf(term) })
    return () => {
      observer.disconnect()
      client.onOutput = () => {}
      client.onReset = () => {}
      term.dispose()
    }
  }, [client])
  return <div ref={host} data-terminal="" className="min-h-0 flex-1 overflow-hidden p-2" />
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
