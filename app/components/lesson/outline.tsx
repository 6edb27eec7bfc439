'use client'
import { useEffect, useState } from 'react'
import type { LessonPlan } from '../../../lib/lessons/model'
import { useProgress } from '../progress'

/** The lesson as a line with stops, at its left edge: it unfolds under the pointer or the focus. A stop is filled when all of its section is solved. */
export function Outline({ plan }: { plan: LessonPlan }) {
  const { progress } = useProgress()
  const done = new Set(progress.lessons[plan.slug]?.done)
  const sections = plan.sections.filter((s) => s.title !== '')
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
  return (
    <nav aria-label="Outline" className="group relative z-10 w-9 shrink-0 max-sm:hidden">
      <div className="absolute inset-y-0 start-0 w-9 overflow-x-hidden overflow-y-auto border-e border-rule bg-film pt-3 pb-6 transition-[width] duration-200 ease-settle group-focus-within:w-80 group-focus-within:shadow-lift group-hover:w-80 group-hover:shadow-lift">
        <p className="label mb-2 flex h-6 w-80 items-center ps-[0.6rem] text-faint" title={`${solved} of ${all.length} solved`}>
          <span className="w-6 text-[0.68rem]">{all.length > 0 ? `${Math.round((100 * solved) / all.length)}%` : ''}</span>
          <span className="ps-3 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
            {solved} of {all.length} solved
          </span>
        </p>
        <ol className="relative w-80">
          <li aria-hidden="true" className="absolute start-[1.06rem] top-3 bottom-3 w-[3px] bg-rule" />
          {sections.map((section) => {
            const open = section.ids.filter((id) => !done.has(id)).length
            const state = section.ids.length === 0 ? 'text' : open === 0 ? 'solved' : 'open'
            const here = current === section.id
            return (
              <li key={section.id} className="relative">
                <a href={`#${section.id}`} aria-current={here ? 'location' : undefined} className="flex h-8 items-center ps-[0.6rem] pe-4 text-ink no-underline hover:underline">
                  <span aria-hidden="true" className={`relative me-3 grid size-4 shrink-0 place-items-center rounded-full border-[3px] ${state === 'solved' ? 'border-petrol bg-petrol' : 'bg-film'} ${here ? 'border-pause' : state === 'text' ? 'scale-60 border-faint' : state === 'open' ? 'border-petrol' : ''}`} />
                  <span className={`truncate text-[0.95rem] opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 ${here ? 'font-semibold' : ''}`}>
                    {section.title}
                    <span className="sr-only">{state === 'solved' ? ', solved' : state === 'open' ? `, ${open} open` : ''}</span>
                  </span>
                </a>
              </li>
            )
          })}
        </ol>
      </div>
    </nav>
  )
}
