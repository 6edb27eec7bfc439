'use client'
import MiniSearch from 'minisearch'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Found } from '../../../lib/search/documents'
import { useModal } from './dialog'

let index: Promise<MiniSearch<Found>> | null = null

/** The index was built with the site; it is fetched when the search is first opened. */
async function loadIndex(): Promise<MiniSearch<Found>> {
  const response = await fetch(`${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/search.json`)
  const documents: Found[] = await response.json()
  const search = new MiniSearch<Found>({ fields: ['title', 'text', 'place'], storeFields: ['id', 'href', 'title', 'place', 'kind'], searchOptions: { boost: { title: 4 }, prefix: true, fuzzy: 0.15, boostDocument: (_id, _term, stored) => (stored?.kind === 'Columns' ? 0.5 : 1) } })
  search.addAll(documents)
  return search
}

/** Search over lessons, sections, tasks and commands, by keyboard. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const ref = useModal()
  const router = useRouter()
  const [query, setQuery] = useState('')
  const [results, setResults] = useState<readonly Found[]>([])
  const [at, setAt] = useState(0)
  useEffect(() => {
    index ??= loadIndex()
    index.catch(() => {
      index = null
    })
  }, [])
  useEffect(() => {
    let current = true
    void (index ??= loadIndex()).then((search) => {
      if (!current) return
      setAt(0)
      setResults(query.trim() === '' ? [] : (search.search(query).slice(0, 12) as unknown as Found[]))
    })
    return () => {
      current = false
    }
  }, [query])
  const go = (found: Found | undefined) => {
    if (!found) return
    ref.current?.close()
    router.push(found.href)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((i) => Math.min(i + 1, results.length - 1))
    else if (event.key === 'ArrowUp') setAt((i) => Math.max(i - 1, 0))
    else if (event.key === 'Enter') go(results[at])
    // By itself a search field would only be emptied.
    else if (event.key === 'Escape') ref.current?.close()
    else return
    event.preventDefault()
  }
  return (
    <dialog
      ref={ref}
      aria-label="Search"
      onClose={() => ref.current?.open || onClose()}
      onMouseDown={(e) => {
        if (e.target === ref.current) ref.current.close()
      }}
      className="sheet-dialog fade-in mt-[12dvh] w-[min(38rem,94vw)] overflow-hidden"
    >
      <input
        type="search"
        role="combobox"
        aria-expanded={results.length > 0}
        aria-controls="search-results"
        aria-activedescendant={results[at] ? `found-${at}` : undefined}
        aria-label="Search lessons and commands"
        placeholder="Lessons, sections, commands …"
        value={query}
        onChange={(e) => setQuery(e.target.value)}
        onKeyDown={keys}
        className="w-full border-b border-rule bg-sheet px-5 py-4 font-mono outline-none"
        autoComplete="off"
        spellCheck={false}
      />
      <div id="search-results" role="listbox" aria-label="Found" tabIndex={-1} className="max-h-[55dvh] overflow-y-auto">
        {results.map((found, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          <div key={found.id} id={`found-${i}`} role="option" tabIndex={-1} aria-selected={i === at} onClick={() => go(found)} onMouseMove={() => setAt(i)} className={`flex cursor-pointer items-baseline gap-3 px-5 py-2.5 ${i === at ? 'bg-well' : ''}`}>
            <span className="label w-20 shrink-0 text-faint">{found.kind}</span>
            <span className="min-w-0 flex-1">
              <span className="font-semibold">{found.title}</span>
              <span className="ms-2 text-faint">{found.place}</span>
            </span>
          </div>
        ))}
      </div>
      <p className="label px-5 py-3 text-faint" role="status">
        {query.trim() === '' ? 'Arrows choose, Enter opens, Esc closes.' : results.length === 0 ? 'Nothing of that name.' : `${results.length} found`}
      </p>
    </dialog>
  )
}
