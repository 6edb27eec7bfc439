import type { Metadata } from 'next'
import { loadLessons } from '../../lib/lessons/load'
import { CourseMap } from '../components/lesson/course-map'
import { Footer, Header } from '../components/shell/header'

export const metadata: Metadata = { title: 'The course', description: 'The lessons in their order, with what you have solved of each.' }

export default function CoursePage() {
  const lessons = loadLessons().map((lesson) => ({
    slug: lesson.slug, title: lesson.title, summary: lesson.summary, minutes: lesson.minutes, objectives: lesson.objectives,
    sections: lesson.sections.filter((s) => s.title !== '').map((s) => ({ id: s.id, title: s.title, ids: s.blocks.flatMap((b) => ('id' in b ? [b.id] : [])) })),
  }))
  return (
    <>
      <Header here="/course/" />
      <main id="main" className="mx-auto max-w-5xl px-5 pt-12">
        <h1 className="text-4xl font-semibold sm:text-5xl">The course</h1>
        <p className="mt-4 max-w-2xl text-prose">One line, from the container that nobody asked for to the namespaces that it holds. Each stop is a section; it is filled when all that it asks is solved. What you have done is kept in this browser.</p>
        <CourseMap lessons={lessons} />
      </main>
      <Footer />
    </>
  )
}
