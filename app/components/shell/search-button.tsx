'use client'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { afterPrompt } from '../../../lib/lab/prompt'

const palette = () => import('./palette')
const Palette = dynamic(palette, { ssr: false })

/** When the page itself is there, ms. */
const SETTLED_MS = 2000

/** Opens the search; so does Ctrl+K (⌘K) anywhere, and / outside of fields, unless it was switched off in Settings. */
export function SearchButton() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const field = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))
      if ((event.key === 'k' && (event.ctrlKey || event.metaKey) && !(field && event.target instanceof HTMLElement && event.target.closest('.xterm') && event.ctrlKey)) || (event.key === '/' && !field && document.documentElement.dataset.slash !== 'unused')) {
        event.preventDefault()
        setOpen(true)
      }
    }
    window.addEventListener('keydown', key)
    // So that what is typed after Ctrl+K is typed into the field.
    void afterPrompt().then(() => setTimeout(palette, SETTLED_MS))
    return () => window.removeEventListener('keydown', key)
  }, [])
  return (
    <>
      <button type="button" className="tool" aria-haspopup="dialog" aria-label="Search" title="Search (Ctrl K)" onClick={() => setOpen(true)}>
        <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
          <circle cx="7" cy="7" r="5" />
          <path d="m11 11 4 4" />
        </svg>
      </button>
      {open && <Palette onClose={() => setOpen(false)} />}
    </>
  )
}
