'use client'
import Link from 'next/link'
import { useProgress } from '../progress'

interface MappedLesson {
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly minutes: number
  readonly objectives: readonly string[]
  readonly sections: readonly { readonly id: string; readonly title: string; readonly ids: readonly string[] }[]
}

/** The lessons as stations of a line, their sections as stops between them. */
export function CourseMap({ lessons }: { lessons: readonly MappedLesson[] }) {
  const { progress } = useProgress()
  return (
    <ol className="relative mt-12">
      <li aria-hidden="true" className="meter absolute start-[13px] top-4 bottom-4 w-[5px] rounded-full bg-petrol" />
      {lessons.map((lesson, i) => {
        const done = new Set(progress.lessons[lesson.slug]?.done)
        const all = lesson.sections.flatMap((s) => s.ids)
        const solved = all.filter((id) => done.has(id)).length
        const last = progress.lessons[lesson.slug]?.section
        const href = `/lessons/${lesson.slug}/`
        return (
          <li key={lesson.slug} className="relative pb-14 ps-14 last:pb-0">
            <span aria-hidden="true" className={`absolute start-0 top-0 grid size-8 place-items-center rounded-full border-[5px] border-petrol font-mono text-sm font-semibold ${all.length > 0 && solved === all.length ? 'bg-petrol text-on-petrol' : 'bg-film'}`}>
              {all.length > 0 && solved === all.length ? <span className="bars text-[0.6rem]" /> : i + 1}
            </span>
            <h2 className="text-2xl leading-tight font-semibold">
              <Link href={href} className="text-ink">
                {lesson.title}
              </Link>
            </h2>
            <p className="mt-2 max-w-2xl">{lesson.summary}</p>
            <p className="label mt-2 text-faint">
              {lesson.minutes} min · {all.length > 0 ? `${solved} of ${all.length} solved` : 'nothing to solve'}
            </p>
            {all.length > 0 && (
              <div aria-hidden="true" className="meter mt-2 flex h-2 max-w-md gap-0.5">
                {all.map((id) => (
                  <span key={id} className={`flex-1 rounded-xs ${done.has(id) ? 'bg-pause' : 'bg-rule'}`} />
                ))}
              </div>
            )}
            <p className="mt-4 flex flex-wrap gap-2">
              <Link href={href} className="button button-main">
                {solved === 0 ? 'Begin' : 'Go on'}
                <span className="sr-only"> with {lesson.title}</span>
              </Link>
            </p>
            <details className="mt-4">
              <summary className="label text-petrol">
                The {lesson.sections.length} stops<span className="sr-only"> of {lesson.title}</span>
              </summary>
              <ol className="mt-2 grid gap-x-8 sm:grid-cols-2">
                {lesson.sections.map((section) => {
                  const open = section.ids.filter((id) => !done.has(id)).length
                  return (
                    <li key={section.id} className="flex items-baseline gap-2.5 py-1">
                      <span aria-hidden="true" className={`size-2.5 shrink-0 translate-y-px rounded-full border-2 border-petrol ${section.ids.length > 0 && open === 0 ? 'bg-petrol' : ''} ${last === section.id ? 'border-pause' : ''}`} />
                      <Link href={`${href}#${section.id}`} className="text-ink">
                        {section.title}
                      </Link>
                    </li>
                  )
                })}
              </ol>
            </details>
          </li>
        )
      })}
    </ol>
  )
}
