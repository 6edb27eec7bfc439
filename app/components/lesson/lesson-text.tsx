import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { Root } from 'hast'
import Link from 'next/link'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import type { Block, Lesson, Question } from '../../../lib/lessons/model'
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

type Neighbour = { slug: string; title: string } | null

/** The prose of a lesson: rendered at build time; only the active parts are client components. */
export function LessonText({ lesson, number, previous, next }: { lesson: Lesson; number: number; previous: Neighbour; next: Neighbour }) {
  return (
    <article className="mx-auto max-w-[43rem] px-5 pt-8 pb-24 sm:px-8 lg:pt-12">
      <p className="label text-faint">
        Lesson {number} · {lesson.minutes} min
      </p>
      <h1 className="mt-2 text-4xl leading-tight font-semibold sm:text-5xl">{lesson.title}</h1>
      <p className="mt-4 text-[1.25rem] leading-snug text-faint">{lesson.summary}</p>
      <div className="mt-6 border-s-[5px] border-pause ps-4">
        <p className="label text-faint">Afterwards you can</p>
        <ul className="mt-1">
          {lesson.objectives.map((objective) => (
            <li key={objective} className="py-0.5">
              {objective}
            </li>
          ))}
        </ul>
      </div>
      {lesson.sections.map((section) => (
        <section key={section.id} id={section.id} aria-labelledby={section.title ? `${section.id}-title` : undefined} className="mt-14 scroll-mt-6 first-of-type:mt-10">
          {section.title && <SectionHead id={section.id} title={section.title} checkpoint={section.checkpoint !== null} />}
          {section.blocks.map((block, i) => (
            <BlockView key={i} block={block} section={section.id} />
          ))}
        </section>
      ))}
      <nav aria-label="Lessons" className="mt-20 grid gap-3 sm:grid-cols-2">
        <Step to={previous ? `/lessons/${previous.slug}/` : '/course/'} label={previous ? 'Previous' : 'Up'} title={previous?.title ?? 'The course'} arrow="←" />
        <Step to={next ? `/lessons/${next.slug}/` : '/playground/'} label={next ? 'Next' : 'Go on'} title={next?.title ?? 'The playground'} arrow="→" />
      </nav>
    </article>
  )
}

function Step({ to, label, title, arrow }: { to: string; label: string; title: string; arrow: string }) {
  return (
    <Link href={to} className={`flex flex-col rounded-soft border border-rule bg-sheet p-4 text-ink no-underline hover:border-petrol ${arrow === '→' ? 'sm:items-end sm:text-right' : ''}`}>
      <span className="label text-faint">{arrow === '→' ? `${label} ${arrow}` : `${arrow} ${label}`}</span>
      <span className="text-lg font-semibold">{title}</span>
    </Link>
  )
}

function BlockView({ block, section }: { block: Block; section: string }) {
  switch (block.kind) {
    case 'prose':
      return <div className="prose text-prose">{prose(block.body)}</div>
    case 'console':
      return <ConsoleExamples examples={block.examples} section={section} />
    case 'aside':
      return (
        <aside className="prose my-7 rounded-soft bg-well px-5 py-2 text-[1.02rem]">
          {block.title && <p className="font-semibold">{block.title}</p>}
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
