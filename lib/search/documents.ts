/** What can be found: lessons, their sections, questions and tasks, commands, pages. Made when the site is built. */
import type { Root } from 'hast'
import { wordsOf } from '../explain/words'
import { loadLessons } from '../lessons/load'
import type { Block } from '../lessons/model'
import { loadReference } from '../reference/model'

export interface Found {
  readonly id: number
  readonly kind: 'Lesson' | 'Section' | 'Task' | 'Command' | 'Columns' | 'Page'
  readonly title: string
  /** Where it is: the lesson of a section, the package of a command. */
  readonly place: string
  readonly href: string
  readonly text: string
}

const LONGEST_TEXT = 1600

const plain = (node: unknown): string => {
  if (typeof node !== 'object' || node === null) return ''
  if ('value' in node && typeof node.value === 'string') return node.value
  return 'children' in node && Array.isArray(node.children) ? node.children.map(plain).join(' ') : ''
}
const text = (root: Root): string => plain(root).replace(/\s+/g, ' ').trim()

function textOf(block: Block): string {
  switch (block.kind) {
    case 'prose':
    case 'aside':
    case 'task':
      return text(block.body)
    case 'quiz':
      return text(block.prompt)
    case 'console':
      return block.examples.map((e) => e.command).join(' ')
    case 'predict':
      return `${text(block.prompt)} ${block.examples.map((e) => e.command).join(' ')}`
  }
}

const PAGES = [
  { title: 'The course', href: '/course/', text: 'map of the lessons, progress' },
  { title: 'Playground', href: '/playground/', text: 'free terminal, several terminals, scenario' },
  { title: 'Commands', href: '/reference/', text: 'reference, what is simulated, not simulated' },
  { title: 'What the columns mean', href: '/reference/columns/', text: 'glossary, words, explanations of ps, lsns, ctr, crictl, kubectl, ip, ss, proc' },
  { title: 'How true is it?', href: '/about/', text: 'about, fidelity, recordings, scores, license, what is not met' },
] as const

export function documents(): Found[] {
  const found: Omit<Found, 'id'>[] = []
  for (const lesson of loadLessons()) {
    const href = `/lessons/${lesson.slug}/`
    found.push({ kind: 'Lesson', title: lesson.title, place: lesson.tags.join(', '), href, text: `${lesson.summary} ${lesson.objectives.join(' ')}` })
    for (const section of lesson.sections) {
      if (section.title !== '') found.push({ kind: 'Section', title: section.title, place: lesson.title, href: `${href}#${section.id}`, text: section.blocks.map(textOf).join(' ').slice(0, LONGEST_TEXT) })
      for (const block of section.blocks) if (block.kind === 'task') found.push({ kind: 'Task', title: block.title, place: lesson.title, href: `${href}#${block.id}`, text: textOf(block) })
    }
  }
  for (const entry of loadReference().entries) found.push({ kind: 'Command', title: entry.name, place: entry.summary, href: `/reference/${entry.package}/#${entry.name}`, text: entry.package })
  for (const { id, name, words } of wordsOf()) found.push({ kind: 'Columns', title: name, place: 'what its columns and lines mean', href: `/reference/columns/#${id}`, text: words.map(({ what, meaning }) => `${what} ${meaning}`).join(' ').slice(0, LONGEST_TEXT) })
  for (const page of PAGES) found.push({ kind: 'Page', place: '', ...page })
  return found.map((document, id) => ({ id, ...document }))
}
