'use client'
import { useEffect, useRef, useState } from 'react'
import type { LessonPlan } from '../../../lib/lessons/model'
import { useProgress } from '../progress'

interface Stop {
  readonly id: string
  readonly title: string
  readonly state: 'text' | 'open' | 'solved'
  /** How many questions and tasks wait. */
  readonly open: number
  readonly here: boolean
}

/** The lesson as a line with stops: at its left edge, unfolding under the pointer or the focus; on a phone above it, unfolding at a touch. A stop is filled when all of its section is solved. */
export default function Outline({ plan }: { plan: LessonPlan }) {
  const { progress } = useProgress()
  const done = new Set(progress.lessons[plan.slug]?.done)
  const [current, setCurrent] = useState('')
  useEffect(() => {
    const root = document.querySelector('[data-lesson-scroll]')
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) setCurrent(entry.target.id)
      },
      { root, rootMargin: '0px 0px -70% 0px' },
    )
    for (const section of document.querySelectorAll('article section[id]')) seen.observe(section)
    return () => seen.disconnect()
  }, [])
  const all = plan.sections.flatMap((s) => s.ids)
  const solved = all.filter((id) => done.has(id)).length
  const stops = plan.sections
    .filter((s) => s.title !== '')
    .map(({ id, title, ids }): Stop => {
      const open = ids.filter((i) => !done.has(i)).length
      return { id, title, open, state: ids.length === 0 ? 'text' : open === 0 ? 'solved' : 'open', here: current === id }
    })
  const said = all.length > 0 ? `${solved} of ${all.length} solved` : 'Nothing to solve'
  return (
    <>
      <Rail stops={stops} said={said} share={all.length > 0 ? `${Math.round((100 * solved) / all.length)}%` : ''} />
      <Bar stops={stops} said={said} />
    </>
  )
}

const COLORS = { solved: 'border-petrol bg-petrol', open: 'border-petrol bg-film', text: 'scale-60 border-faint bg-film' } as const

function Dot({ stop, className = '' }: { stop: Stop; className?: string }) {
  return <span aria-hidden="true" className={`relative size-4 shrink-0 rounded-full border-[3px] forced-color-adjust-none ${stop.here ? `border-pause ${stop.state === 'solved' ? 'bg-petrol' : 'bg-film'}` : COLORS[stop.state]} ${className}`} />
}

function Name({ stop }: { stop: Stop }) {
  return (
    <>
      {stop.title}
      <span className="sr-only">{stop.state === 'solved' ? ', solved' : stop.state === 'open' ? `, ${stop.open} open` : ''}</span>
    </>
  )
}

function Rail({ stops, said, share }: { stops: readonly Stop[]; said: string; share: string }) {
  return (
    <nav aria-label="Outline" className="group relative z-10 w-9 shrink-0 max-sm:hidden">
      <div className="absolute inset-y-0 start-0 w-9 overflow-x-hidden overflow-y-auto border-e border-rule bg-film pt-3 pb-12 transition-[width] duration-200 ease-settle group-focus-within:w-80 group-focus-within:shadow-lift group-hover:w-80 group-hover:shadow-lift">
        <p className="label mb-2 flex h-6 w-80 items-center ps-[0.6rem] text-faint" title={said}>
          <span className="w-6 text-[0.68rem]">{share}</span>
          <span className="ps-3 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">{said}</span>
        </p>
        <ol className="relative w-80">
          <li aria-hidden="true" className="absolute start-[1.06rem] top-3 bottom-3 w-[3px] bg-rule forced-colors:bg-[CanvasText]" />
          {stops.map((stop) => (
            <li key={stop.id} className="relative">
              <a href={`#${stop.id}`} aria-current={stop.here ? 'location' : undefined} className="flex h-8 items-center ps-[0.6rem] pe-4 text-ink no-underline hover:underline">
                <Dot stop={stop} className="me-3" />
                <span className={`truncate text-[0.95rem] opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 ${stop.here ? 'font-semibold' : ''}`}>
                  <Name stop={stop} />
                </span>
              </a>
            </li>
          ))}
        </ol>
      </div>
    </nav>
  )
}

function Bar({ stops, said }: { stops: readonly Stop[]; said: string }) {
  const box = useRef<HTMLDetailsElement>(null)
  const close = () => box.current?.removeAttribute('open')
  return (
    <nav aria-label="Outline" className="relative z-10 h-11 shrink-0 border-b border-rule bg-film sm:hidden">
      <details ref={box} onKeyDown={(e) => e.key === 'Escape' && close()} className="group">
        <summary className="flex h-11 list-none items-center gap-3 px-5 [&::-webkit-details-marker]:hidden">
          <span className="relative flex min-w-0 flex-1 items-center justify-between overflow-hidden max-[24rem]:hidden">
            <span aria-hidden="true" className="absolute inset-x-2 h-[3px] bg-rule forced-colors:bg-[CanvasText]" />
            {stops.map((stop) => (
              <Dot key={stop.id} stop={stop} />
            ))}
          </span>
          <span className="label whitespace-nowrap text-faint max-[24rem]:flex-1">
            <span className="min-[24rem]:sr-only">Outline: </span>
            {said}
          </span>
          <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true" className="text-faint group-open:rotate-180">
            <path d="m2 4 4 4 4-4" />
          </svg>
        </summary>
        <ol className="absolute inset-x-0 max-h-[70dvh] overflow-y-auto border-b border-rule bg-film px-5 py-2 shadow-lift">
          {stops.map((stop) => (
            <li key={stop.id}>
              <a href={`#${stop.id}`} onClick={close} aria-current={stop.here ? 'location' : undefined} className={`flex min-h-11 items-center text-ink no-underline ${stop.here ? 'font-semibold' : ''}`}>
                <Dot stop={stop} className="me-3" />
                <span>
                  <Name stop={stop} />
                </span>
              </a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  )
}
