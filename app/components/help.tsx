'use client'
import { useState } from 'react'

/** What `NAME --help` prints in the lab: fetched when it is asked for. */
export function Help({ pkg, name }: { pkg: string; name: string }) {
  const [text, setText] = useState<string | null>(null)
  const load = async () => {
    if (text !== null) return
    try {
      const response = await fetch(`${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/reference/${pkg}/help.json`)
      const texts: Record<string, string> = await response.json()
      setText(texts[name] ?? '')
    } catch {
      setText('It could not be loaded. Is there no network, and was this the first visit?')
    }
  }
  return (
    <details className="mt-4" onToggle={(e) => e.currentTarget.open && void load()}>
      <summary className="button">{name} --help</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide output must be scrollable by keyboard */}
      <pre tabIndex={0} aria-busy={text === null} className="mt-3 overflow-x-auto rounded-soft bg-well p-4 font-mono text-[0.8rem] leading-relaxed">
        {text}
      </pre>
    </details>
  )
}
