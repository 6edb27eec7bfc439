'use client'
import { useMemo, useState } from 'react'
import { toClipboard } from '../clipboard'
import { explain, type Explanation, explainOutput, type Selected } from '../../../lib/explain/explain'

/** What is to be explained: a selection, what the last command printed, or why nothing was copied. */
export type Asked = Selected | { readonly screen: string } | 'copy'

const REFUSED: Explanation = { what: 'Copy', meaning: 'This browser does not let the page copy. “Session” can save the terminal as text; “Plain” shows it as text to select.' }
const UNKNOWN: Explanation = { what: 'Explain', meaning: 'Nothing is known of what the last command printed. Listings are explained, addresses, mounts, specs and files of /proc.' }

/** Of a selection that nothing is known of, so much is repeated. */
const LONGEST = 200

function answersTo(asked: Asked): Explanation[] {
  if (asked === 'copy') return [REFUSED]
  if ('screen' in asked) {
    const all = explainOutput(asked.screen.split('\n'))
    return all.length > 0 ? all : [UNKNOWN]
  }
  const found = explain(asked)
  return found ? [found] : []
}

/** Lies over the terminal, not beside it: a resized terminal forgets its selection. */
export default function Explained({ asked, over, onClose }: { asked: Asked; over: 'the terminal' | 'nothing'; onClose: () => void }) {
  const known = useMemo(() => answersTo(asked), [asked])
  const selected = typeof asked === 'object' && 'line' in asked ? asked.text : ''
  /** How it went, for the selection that it was asked for. */
  const [last, setLast] = useState<{ readonly of: Asked; readonly copied: boolean } | null>(null)
  const copied = last?.of === asked ? last.copied : null
  // On a touch screen this is the only way to copy, so it shows for whatever is selected.
  if (known.length === 0 && !(selected !== '' && matchMedia('(pointer: coarse)').matches)) return null
  const answers = copied === false ? [REFUSED] : known.length > 0 ? known : [{ what: 'Selected', meaning: selected.length > LONGEST ? `${selected.slice(0, LONGEST)}…` : selected }]
  const copy = async () => setLast({ of: asked, copied: await toClipboard(selected) })
  return (
    <div role="status" className={`${over === 'nothing' ? '' : 'absolute inset-x-0 bottom-0'} fade-in flex max-h-56 items-start gap-3 border-t-2 border-pause bg-screen-2 px-4 py-2.5 text-[0.95rem] leading-snug`}>
      <dl className="max-h-50 min-w-0 flex-1 overflow-y-auto" tabIndex={answers.length > 1 ? 0 : undefined}>
        {answers.map(({ what, meaning }) => (
          <div key={what} className="mb-1">
            <dt className="me-2 inline font-mono text-[0.85rem] font-bold text-pause">{what}</dt>
            <dd className="inline">{meaning}</dd>
          </div>
        ))}
      </dl>
      {selected !== '' && (
        <button type="button" className="tool" aria-label="Copy the selection" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      )}
      <button type="button" className="tool" aria-label="Close the explanation" onClick={onClose}>
        ×
      </button>
    </div>
  )
}
