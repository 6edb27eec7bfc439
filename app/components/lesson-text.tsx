import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { Root } from 'hast'
import Link from 'next/link'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import type { Block, Lesson, Question } from '../../lib/lessons/model'
import { ConsoleExamples } from './console-examples'
import { Quiz, type ShownQuestion } from './quiz'
import { SectionHead } from './section-head'
import { Task } from './task'

/** Rendered markdown. */
const prose = (root: Root) => toJsxRuntime(root, { Fragment, jsx, jsxs })

const shown = (question: Question): ShownQuestion =>
  'options' in question
    ? { kind: question.kind, options: question.options.map((o) => ({ right: o.right, body: prose(o.body), reason: o.reason ? prose(o.reason) : null })) }
    : { ...question, right: question.right ? prose(question.right) : null, wrong: question.wrong ? prose(question.wrong) : null }

/** The prose of a lesson: rendered at build time; only the active parts are client components. */
export function LessonText({ lesson, previous, next }: { lesson: Lesson; previous: { slug: string; title: string } | null; next: { slug: string; title: string } | null }) {
  return (
    <article className="mx-auto max-w-2xl px-5 pt-8 pb-24 sm:px-8">
      <p className="font-mono text-sm text-margin">
        <Link href="/">Pause Lab</Link> · {lesson.minutes} min
      </p>
      <h1 className="mt-2 text-3xl font-semibold sm:text-4xl">{lesson.title}</h1>
      <p className="mt-3 text-prose text-faint">{lesson.summary}</p>
      <ul className="mt-4 list-disc ps-5 text-faint">
        {lesson.objectives.map((objective) => (
          <li key={objective}>{objective}</li>
        ))}
      </ul>
      {lesson.sections.map((section) => (
        <section key={section.id} id={section.id} aria-labelledby={`${section.id}-title`} className="mt-12 scroll-mt-4">
          {section.title && <SectionHead id={section.id} title={section.title} checkpoint={section.checkpoint !== null} />}
          {section.blocks.map((block, i) => (
            <BlockView key={i} block={block} section={section.id} />
          ))}
        </section>
      ))}
      <nav aria-label="Lessons" className="mt-16 flex justify-between gap-6 border-t border-rule pt-5">
        {previous ? <Link href={`/lessons/${previous.slug}/`}>← {previous.title}</Link> : <Link href="/">← The course</Link>}
        {next && <Link href={`/lessons/${next.slug}/`}>{next.title} →</Link>}
      </nav>
    </article>
  )
}

function BlockView({ block, section }: { block: Block; section: string }) {
  switch (block.kind) {
    case 'prose':
      return <div className="prose-notes text-prose">{prose(block.body)}</div>
    case 'console':
      return <ConsoleExamples examples={block.examples} section={section} />
    case 'aside':
      return (
        <aside className="prose-notes my-6 border-s-3 border-margin ps-5 text-prose">
          {block.title && <p className="font-semibold text-margin">{block.title}</p>}
          {prose(block.body)}
        </aside>
      )
    case 'quiz':
      return <Quiz id={block.id} kind="Question" prompt={prose(block.prompt)} question={shown(block.question)} />
    case 'predict':
      return (
        <Quiz id={block.id} kind="Predict first" prompt={prose(block.prompt)} question={shown(block.question)}>
          <ConsoleExamples examples={block.examples} section={section} />
        </Quiz>
      )
    case 'task':
      return <Task id={block.id} title={block.title} node={block.node} check={block.check} solve={block.solve} body={prose(block.body)} hints={block.hints.map(prose)} section={section} />
  }
}
