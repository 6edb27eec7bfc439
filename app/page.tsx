import Link from 'next/link'
import { loadLessons } from '../lib/lessons/load'
import { LessonProgress } from './components/lesson-progress'

export default function Start() {
  const lessons = loadLessons()
  const [first] = lessons
  return (
    <main id="main" className="mx-auto max-w-4xl px-6 py-14 sm:py-20">
      <p className="font-mono text-sm text-margin">Pause Lab</p>
      <h1 className="mt-3 max-w-3xl text-4xl leading-tight font-semibold sm:text-5xl">The container that is in every pod, and that kubectl does not show</h1>
      <p className="mt-6 max-w-2xl text-prose text-pretty">
        You stand at a terminal on a Kubernetes node. The lessons say what to try; the node answers as a real one does, byte for byte. It is a simulator that runs in this page: there is no server behind
        it, nothing to sign up for, and it goes on working without a network.
      </p>
      {first && (
        <p className="mt-8">
          <Link href={`/lessons/${first.slug}/`} className="inline-block bg-accent px-5 py-3 font-semibold text-sheet no-underline">
            Open “{first.title}”
          </Link>
        </p>
      )}
      <h2 className="mt-16 border-b border-rule pb-2 text-xl font-semibold">The course</h2>
      <ol className="mt-2">
        {lessons.map((lesson, i) => (
          <li key={lesson.slug} className="grid grid-cols-[2.5rem_minmax(0,1fr)] border-b border-rule py-5">
            <span className="font-mono text-sm text-margin">{i + 1}</span>
            <div>
              <h3 className="text-lg font-semibold">
                <Link href={`/lessons/${lesson.slug}/`}>{lesson.title}</Link>
              </h3>
              <p className="mt-1 max-w-2xl">{lesson.summary}</p>
              <p className="mt-2 font-mono text-sm text-faint">
                {lesson.minutes} min <LessonProgress slug={lesson.slug} total={lesson.sections.flatMap((s) => s.blocks).filter((b) => 'id' in b).length} />
              </p>
            </div>
          </li>
        ))}
      </ol>
      <p className="mt-10 max-w-2xl text-faint">What a command prints here is derived from the simulated machine’s state, never looked up. What is not simulated says so.</p>
    </main>
  )
}
