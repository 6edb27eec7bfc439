'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'

const Settings = dynamic(() => import('./settings'), { ssr: false })

export function SettingsButton() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="tool" aria-haspopup="dialog" aria-label="Settings" title="Settings" onClick={() => setOpen(true)}>
        <svg width="17" height="17" viewBox="0 0 17 17" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
          <path d="M1 4.5h9M14 4.5h2M1 12.5h2M7 12.5h9" />
          <circle cx="12" cy="4.5" r="2" />
          <circle cx="5" cy="12.5" r="2" />
        </svg>
      </button>
      {open && <Settings onClose={() => setOpen(false)} />}
    </>
  )
}
