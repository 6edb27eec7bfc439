/** A lesson as the pages show it and the checker replays it. Plain data: it goes from the build into the page as it is. */
import type { Root } from 'hast'

export interface FrontMatter {
  readonly title: string
  readonly summary: string
  readonly minutes: number
  readonly scenario: string
  readonly objectives: readonly string[]
  readonly tags: readonly string[]
}

/** One command of a `console` block with what it must print. */
export interface Example {
  readonly host: string
  readonly command: string
  readonly expected: string
  /** The block ends with `...`: more may follow. */
  readonly more: boolean
  readonly line: number
}

/** How far a section's node is: what was done before, the clock, the pid counter. */
export interface Checkpoint {
  readonly at: string | null
  readonly lastPid: number | null
  readonly node: string
  readonly setup: readonly { readonly node: string; readonly script: string }[]
  readonly line: number
}

export interface Option {
  readonly body: Root
  readonly right: boolean
  readonly reason: Root | null
}

/** What an answer is compared with. A `value` is computed on the student's own node. */
export type Question =
  | { readonly kind: 'one' | 'many'; readonly options: readonly Option[] }
  | { readonly kind: 'number' | 'text'; readonly answer: string; readonly right: Root | null; readonly wrong: Root | null }
  | { readonly kind: 'value'; readonly command: string; readonly node: string; readonly right: Root | null; readonly wrong: Root | null }

export type Block =
  | { readonly kind: 'prose'; readonly body: Root }
  | { readonly kind: 'console'; readonly examples: readonly Example[]; readonly line: number }
  | { readonly kind: 'aside'; readonly title: string; readonly body: Root }
  | { readonly kind: 'quiz'; readonly id: string; readonly prompt: Root; readonly question: Question; readonly line: number }
  | { readonly kind: 'predict'; readonly id: string; readonly prompt: Root; readonly question: Question; readonly examples: readonly Example[]; readonly line: number }
  | {
      readonly kind: 'task'
      readonly id: string
      readonly title: string
      readonly node: string
      readonly body: Root
      readonly hints: readonly Root[]
      readonly check: string
      readonly solve: string
      readonly line: number
    }

export interface Section {
  readonly id: string
  readonly title: string
  readonly checkpoint: Checkpoint | null
  readonly blocks: readonly Block[]
}

export interface Lesson extends FrontMatter {
  readonly slug: string
  readonly file: string
  readonly sections: readonly Section[]
}

/** A lesson that cannot be used: every complaint with file and line. */
export class LessonError extends Error {
  readonly problems: readonly { readonly line: number; readonly message: string }[]
  constructor(file: string, problems: readonly { readonly line: number; readonly message: string }[]) {
    super(problems.map((p) => `${file}:${p.line}: ${p.message}`).join('\n'))
    this.problems = problems
  }
}

/** What the page needs of a lesson beside its text: where each section begins, and what can be solved in it. */
export interface LessonPlan {
  readonly slug: string
  readonly title: string
  readonly scenario: string
  readonly sections: readonly { readonly id: string; readonly title: string; readonly checkpoint: Checkpoint | null; readonly ids: readonly string[] }[]
}

/** Where a lesson begins. */
export const firstSection = (plan: LessonPlan): string => plan.sections.find((s) => s.title !== '')?.id ?? plan.sections[0]?.id ?? ''

export const planOf = (lesson: Lesson): LessonPlan => ({
  slug: lesson.slug,
  title: lesson.title,
  scenario: lesson.scenario,
  sections: lesson.sections.map(({ id, title, checkpoint, blocks }) => ({ id, title, checkpoint, ids: blocks.flatMap((b) => ('id' in b ? [b.id] : [])) })),
})
