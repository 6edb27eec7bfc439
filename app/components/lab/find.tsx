'use client'
import { useState } from 'react'

/** A word to look for in the terminal, upwards first. */
export default function Find({ onFind, onClose }: { onFind: (what: string, direction: 'next' | 'previous') => void; onClose: () => void }) {
  const [what, setWhat] = useState('')
  return (
    <form
      aria-label="Find in the terminal"
      className="flex items-center gap-1 border-b border-screen-rule bg-screen-2 px-2 py-1"
      onSubmit={(e) => {
        e.preventDefault()
        onFind(what, 'previous')
      }}
      onKeyDown={(e) => e.key === 'Escape' && onClose()}
    >
      {/* biome-ignore lint/a11y/noAutofocus: it was just asked for */}
      <input autoFocus value={what} onChange={(e) => setWhat(e.target.value)} aria-label="Find in the terminal" placeholder="Find" className="min-w-0 flex-1 bg-transparent px-2 py-1 font-mono text-sm text-glow" />
      <button type="submit" className="tool" aria-label="Previous match">
        ↑
      </button>
      <button type="button" className="tool" aria-label="Next match" onClick={() => onFind(what, 'next')}>
        ↓
      </button>
    </form>
  )
}
