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

/** The lessons as stations of a line, their sections as stops between them; the last stop is the playground. */
export function CourseMap({ lessons }: { lessons: readonly MappedLesson[] }) {
  const { progress } = useProgress()
  return (
    <ol className="relative mt-12">
      {lessons.map((lesson, i) => {
        const done = new Set(progress.lessons[lesson.slug]?.done)
        const all = lesson.sections.flatMap((s) => s.ids)
        const solved = all.filter((id) => done.has(id)).length
        const last = progress.lessons[lesson.slug]?.section
        const href = `/lessons/${lesson.slug}/`
        return (
          <li key={lesson.slug} className="relative grid gap-x-12 pb-14 ps-14 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <span aria-hidden="true" className="meter absolute start-[0.8125rem] top-4 -bottom-4 w-[0.3125rem] bg-petrol" />
            <span aria-hidden="true" className={`absolute start-0 top-0 grid size-8 place-items-center rounded-full border-[0.3125rem] border-petrol font-mono text-sm font-semibold ${all.length > 0 && solved === all.length ? 'bg-petrol text-on-petrol' : 'bg-film'}`}>
              {all.length > 0 && solved === all.length ? <span className="bars text-[0.6rem]" /> : i + 1}
            </span>
            <div>
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
            </div>
            <div className="max-lg:mt-5">
              <p className="label text-faint">Afterwards you can</p>
              <ul className="mt-1 border-s-3 border-pause ps-4">
                {lesson.objectives.map((objective) => (
                  <li key={objective} className="py-0.5">
                    {objective}
                  </li>
                ))}
              </ul>
            </div>
            <details className="mt-4 lg:col-span-2">
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
      <li className="relative ps-14">
        <span aria-hidden="true" className="absolute start-1 top-0 size-6 rounded-full border-[0.3125rem] border-petrol bg-film" />
        <h2 className="text-xl leading-tight font-semibold">
          <Link href="/playground/" className="text-ink">
            The playground
          </Link>
        </h2>
        <p className="mt-2 max-w-2xl">Where the line ends, and you go on without a guide: the same nodes and others, as many terminals as you like.</p>
      </li>
    </ol>
  )
}
