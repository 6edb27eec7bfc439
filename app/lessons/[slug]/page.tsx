import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { earlyScript } from '../../../lib/lab/early'
import { startOf } from '../../../lib/lab/start'
import { loadLessons, loadScenario } from '../../../lib/lessons/load'
import { firstSection, planOf } from '../../../lib/lessons/model'
import { LessonText } from '../../components/lesson/lesson-text'
import { Workbench } from '../../components/lesson/workbench'
import { Header } from '../../components/shell/header'

type Props = { params: Promise<{ slug: string }> }

export const dynamicParams = false

export const generateStaticParams = (): { slug: string }[] => loadLessons().map(({ slug }) => ({ slug }))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  const lesson = loadLessons().find((l) => l.slug === slug)
  return lesson ? { title: lesson.title, description: lesson.summary } : {}
}

export default async function LessonPage({ params }: Props) {
  const { slug } = await params
  const lessons = loadLessons()
  const index = lessons.findIndex((l) => l.slug === slug)
  const lesson = lessons[index]
  if (!lesson) notFound()
  const plan = planOf(lesson)
  const scenario = { name: lesson.scenario, host: loadScenario(lesson.scenario).login.host }
  const [previous, next] = [lessons[index - 1], lessons[index + 1]].map((l) => (l ? { slug: l.slug, title: l.title } : null))
  const header = (
    <Header wide="full">
      <nav aria-label="Lesson" className="label flex min-w-0 flex-1 items-center gap-1 text-faint">
        <Link prefetch={false} href="/course/" className="tool max-sm:hidden">
          Course
        </Link>
        <span aria-hidden="true" className="max-sm:hidden">
          /
        </span>
        <span className="truncate px-1.5 text-ink max-sm:hidden">{lesson.title}</span>
        <span className="ms-auto flex">
          {previous && (
            <Link prefetch={false} href={`/lessons/${previous.slug}/`} className="tool" aria-label={`Previous lesson: ${previous.title}`} title={previous.title}>
              <Chevron to="M9 2 4 7l5 5" />
            </Link>
          )}
          {next && (
            <Link prefetch={false} href={`/lessons/${next.slug}/`} className="tool" aria-label={`Next lesson: ${next.title}`} title={next.title}>
              <Chevron to="m5 2 5 5-5 5" />
            </Link>
          )}
        </span>
      </nav>
    </Header>
  )
  return (
    <>
      {/* Where the terminal is beside the text, its node starts before the page does. */}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made of our own lesson */}
      <script dangerouslySetInnerHTML={{ __html: earlyScript(scenario, startOf(plan, firstSection(plan))) }} />
      <Workbench scenario={scenario} plan={plan} header={header}>
        <LessonText lesson={lesson} number={index + 1} previous={previous ?? null} next={next ?? null} />
      </Workbench>
    </>
  )
}

function Chevron({ to }: { to: string }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d={to} />
    </svg>
  )
}
