'use client'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Selected } from '../../../lib/explain/explain'
import type { LabClient } from '../../../lib/lab/client'

const REFRESH_MS = 150

/** The terminal for those who read it as text: a log that grows, and a plain line to type in. Ctrl+C in the line interrupts, as the button does; up and down bring back what was typed. */
export default function Transcript({ client, terminal, fontSize, text, onSelection }: { client: LabClient; terminal: number; fontSize: number; text: () => string; onSelection: (selected: Selected | null) => void }) {
  const [lines, setLines] = useState('')
  const [line, setLine] = useState('')
  const end = useRef<HTMLDivElement>(null)
  const read = useRef(text)
  read.current = text
  useEffect(() => {
    let last = ''
    const timer = setInterval(() => {
      const next = read.current()
      if (next === last) return
      last = next
      setLines(next)
      requestAnimationFrame(() => end.current?.scrollIntoView({ block: 'end' }))
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  const log = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Selected with the pointer, or by keys where the browser has a caret.
    const look = () => {
      const selection = document.getSelection()
      const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = selection ?? {}
      if (!anchorNode || anchorNode !== focusNode || !log.current?.contains(anchorNode)) return
      const at = Math.min(anchorOffset, focusOffset)
      const all = anchorNode.textContent ?? ''
      const start = all.lastIndexOf('\n', at - 1) + 1
      onSelection({ text: selection?.toString() ?? '', line: all.slice(start).split('\n', 1)[0] ?? '', from: at - start, above: all.slice(0, start).split('\n').slice(0, -1).reverse() })
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [onSelection])
  const send = (event: FormEvent) => {
    event.preventDefault()
    client.type(`${line}\r`, terminal)
    if (line !== '') typed.current.push(line)
    at.current = typed.current.length
    setLine('')
  }
  const typed = useRef<string[]>([])
  const at = useRef(0)
  const recall = (step: number) => {
    at.current = Math.min(typed.current.length, Math.max(0, at.current + step))
    setLine(typed.current[at.current] ?? '')
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it must be scrollable by keyboard */}
      <div ref={log} role="log" aria-label="What the terminal printed" tabIndex={0} style={{ fontSize }} className="min-h-0 flex-1 overflow-auto px-4 py-2 font-mono leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]">
        {lines}
        <div ref={end} />
      </div>
      <form onSubmit={send} className="flex gap-2 border-t border-screen-rule p-2">
        <input
          value={line}
          onChange={(e) => setLine(e.target.value)}
          onKeyDown={(e) => {
            if (e.ctrlKey && e.key === 'c' && e.currentTarget.selectionStart === e.currentTarget.selectionEnd) client.type('\x03', terminal)
            const step = { ArrowUp: -1, ArrowDown: 1 }[e.key]
            if (step === undefined) return
            e.preventDefault()
            recall(step)
          }}
          data-plain=""
          aria-label="Command line"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="min-w-0 flex-1 rounded-soft border border-dim bg-screen px-3 py-1.5 font-mono text-sm text-glow"
        />
        <button type="submit" className="button button-run">
          Enter
        </button>
        <button type="button" className="button" onClick={() => client.type('\x03', terminal)}>
          Ctrl C
        </button>
      </form>
    </div>
  )
}
