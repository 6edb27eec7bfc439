import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadLessons, loadScenarioText } from '../../../lib/lessons/load'
import { parseScenario } from '../../../simulator/scenarios/written/schema'
import { Workbench } from '../../components/workbench'
import { LessonText } from '../../components/lesson-text'

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
  const { text, file } = loadScenarioText(lesson.scenario)
  const link = (l: (typeof lessons)[number] | undefined) => (l ? { slug: l.slug, title: l.title } : null)
  return (
    <Workbench scenario={parseScenario(text, file)} lesson={lesson}>
      <LessonText lesson={lesson} previous={link(lessons[index - 1])} next={link(lessons[index + 1])} />
    </Workbench>
  )
}
