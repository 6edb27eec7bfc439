'use client'
import { useProgress } from './progress'

/** How much of a lesson is done, on the course page. */
export function LessonProgress({ slug, total }: { slug: string; total: number }) {
  const { progress } = useProgress()
  const done = progress.lessons[slug]?.done.length ?? 0
  if (done === 0) return null
  return <span className="text-right">{done >= total ? '· done' : `· ${done} of ${total} done`}</span>
}
