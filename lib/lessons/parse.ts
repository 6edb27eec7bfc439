/** Reads a lesson: markdown with front matter and directives (CONTRIBUTING.md tells the format). Throws LessonError. */
import type { Element, Root as HastRoot } from 'hast'
import type { Code, List, ListItem, Root, RootContent } from 'mdast'
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'
import { z } from 'zod'
import { set, setTree } from '../typography'
import { type Block, type Checkpoint, type Example, type FrontMatter, type Lesson, LessonError, type Option, type Question, type Section } from './model'

const Front = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  minutes: z.number().int().positive(),
  scenario: z.string().min(1),
  objectives: z.array(z.string().min(1)).min(1),
  tags: z.array(z.string().min(1)).default([]),
})

const DIRECTIVES = ['checkpoint', 'task', 'predict', 'quiz', 'hint', 'aside'] as const
const PROMPT = /^([a-z0-9-]+) \$ (.*)$/
const DEFAULT_NODE = 'node01'

type Problem = { line: number; message: string }

export function parseLesson(source: string, file: string, slug: string): Lesson {
  const problems: Problem[] = []
  const vfile = new VFile({ value: source, path: file })
  matter(vfile, { strip: true })
  const stripped = source.slice(0, source.length - String(vfile).length).split('\n').length - 1
  const front = Front.safeParse(vfile.data.matter)
  if (!front.success) throw new LessonError(file, front.error.issues.map((i) => ({ line: 1, message: `front matter: ${i.path.join('.') || '(top)'}: ${i.message}` })))
  const text = String(vfile)
  const tree = unified().use(remarkParse).use(remarkGfm).use(remarkDirective).parse(text)
  literalDirectives(tree, text)
  setTree(tree)
  const reader = new Reader(stripped, problems)
  const sections = reader.sections(tree)
  const ids = sections.flatMap((s) => [s.id, ...s.blocks.flatMap((b) => ('id' in b ? [b.id] : []))])
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) problems.push({ line: 1, message: `the id #${id} is there twice` })
  if (problems.length > 0) throw new LessonError(file, problems)
  const { title, summary, objectives } = front.data satisfies FrontMatter
  return { ...front.data, title: set(title), summary: set(summary), objectives: objectives.map(set), slug, file, sections }
}

/** `nginx:latest` and `12:21` are no directives: what is not ours becomes its own text again. */
function literalDirectives(tree: Root, text: string): void {
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined) return
    if (node.type !== 'textDirective' && node.type !== 'leafDirective') return
    const directive: TextDirective | LeafDirective = node
    const value = text.slice(directive.position?.start.offset ?? 0, directive.position?.end.offset ?? 0)
    parent.children[index] = node.type === 'textDirective' ? { type: 'text', value } : { type: 'paragraph', children: [{ type: 'text', value }] }
  })
}

const toHast = (children: readonly RootContent[]): HastRoot => {
  const root: Root = { type: 'root', children: [...children] }
  const tree = unified().use(remarkRehype).runSync(root) as HastRoot
  headless(tree)
  return tree
}

/**
 * GFM tables always have a head; where a cell of it is empty it heads nothing. A head without any text is left out, an empty cell becomes
 * plain, and below an empty first one the column's cells are what heads their rows.
 */
function headless(tree: HastRoot): void {
  visit(tree, 'element', (table) => {
    if (table.tagName !== 'table') return
    const [head] = elements(table, 'thead')
    if (!head) return
    const cells = elements(head, 'tr').flatMap((row) => elements(row, 'th'))
    if (cells.every((cell) => plain(cell) === '')) table.children = table.children.filter((child) => child !== head)
    else if (cells[0] && plain(cells[0]) === '') {
      for (const row of elements(table, 'tbody').flatMap((body) => elements(body, 'tr'))) {
        const [first] = elements(row, 'td')
        if (!first) continue
        first.tagName = 'th'
        first.properties = { ...first.properties, scope: 'row' }
      }
    }
    for (const cell of cells) if (plain(cell) === '') cell.tagName = 'td'
  })
}

const elements = (parent: Element, name: string): Element[] => parent.children.filter((child): child is Element => child.type === 'element' && child.tagName === name)

const slugOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')

const plain = (node: unknown): string => {
  if (typeof node !== 'object' || node === null) return ''
  if ('value' in node && typeof node.value === 'string') return node.value
  return 'children' in node && Array.isArray(node.children) ? node.children.map(plain).join('') : ''
}

class Reader {
  private readonly offset: number
  private readonly problems: Problem[]
  constructor(offset: number, problems: Problem[]) {
    this.offset = offset
    this.problems = problems
  }
  private line(node: { position?: { start: { line: number } } | undefined }): number {
    return (node.position?.start.line ?? 1) + this.offset
  }
  private complain(node: { position?: { start: { line: number } } | undefined }, message: string): void {
    this.problems.push({ line: this.line(node), message })
  }
  sections(tree: Root): Section[] {
    const sections: { id: string; title: string; nodes: RootContent[] }[] = [{ id: 'start', title: '', nodes: [] }]
    for (const node of tree.children) {
      if (node.type === 'heading' && node.depth === 1) this.complain(node, 'the title stands in the front matter; sections begin with ##')
      if (node.type === 'heading' && node.depth === 2) sections.push({ id: slugOf(plain(node)), title: plain(node), nodes: [] })
      else sections.at(-1)?.nodes.push(node)
    }
    return sections.filter((s) => s.title !== '' || s.nodes.length > 0).map((s) => this.section(s.id, s.title, s.nodes))
  }
  private section(id: string, title: string, nodes: readonly RootContent[]): Section {
    let checkpoint: Checkpoint | null = null
    const blocks: Block[] = []
    let prose: RootContent[] = []
    const flush = (): void => {
      if (prose.length > 0) blocks.push({ kind: 'prose', body: toHast(prose) })
      prose = []
    }
    for (const node of nodes) {
      if (node.type === 'containerDirective') {
        flush()
        if (node.name === 'checkpoint') checkpoint = this.checkpoint(node)
        else {
          const block = this.directive(node)
          if (block) blocks.push(block)
        }
      } else if (node.type === 'code' && node.lang === 'console') {
        flush()
        blocks.push({ kind: 'console', examples: this.examples(node), line: this.line(node) })
      } else prose.push(node)
    }
    flush()
    return { id, title, checkpoint, blocks }
  }
  /** Commands stand after a prompt; a command that goes on has its further lines after `> `. */
  private examples(node: Code): Example[] {
    const examples: { host: string; command: string; lines: string[]; line: number }[] = []
    node.value.split('\n').forEach((text, i) => {
      const match = PROMPT.exec(text)
      const last = examples.at(-1)
      if (match) examples.push({ host: match[1] ?? '', command: match[2] ?? '', lines: [], line: this.line(node) + 1 + i })
      else if (text.startsWith('> ') && last && last.lines.length === 0) last.command += `\n${text.slice(2)}`
      else if (last) last.lines.push(text)
      else this.complain(node, 'a console block begins with a prompt, such as `node01 $ `')
    })
    return examples.map(({ host, command, lines, line }) => {
      const more = lines.at(-1) === '...'
      const shown = more ? lines.slice(0, -1) : lines
      return { host, command, expected: shown.length > 0 ? `${shown.join('\n')}\n` : '', more, line }
    })
  }
  private id(node: ContainerDirective): string {
    const id = node.attributes?.id
    if (!id) this.complain(node, `${node.name} needs an id: :::${node.name}{#some-id}`)
    return id ?? ''
  }
  private checkpoint(node: ContainerDirective): Checkpoint {
    const { at, lastPid, node: host } = node.attributes ?? {}
    if (at && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at)) this.complain(node, `checkpoint: at="${at}" is no UTC time such as 2023-06-10T12:38:00Z`)
    if (lastPid && !/^\d+$/.test(lastPid)) this.complain(node, `checkpoint: lastPid="${lastPid}" is no number`)
    const setup = node.children
      .filter((c): c is Code => c.type === 'code' && c.lang === 'sh' && (c.meta ?? '').startsWith('setup'))
      .map((c) => ({ node: /node=([a-z0-9-]+)/.exec(c.meta ?? '')?.[1] ?? DEFAULT_NODE, script: c.value }))
    return { at: at ?? null, lastPid: lastPid ? Number(lastPid) : null, node: host ?? DEFAULT_NODE, setup, line: this.line(node) }
  }
  private directive(node: ContainerDirective): Block | null {
    switch (node.name) {
      case 'task':
        return this.task(node)
      case 'quiz':
        return this.quiz(node)
      case 'predict':
        return this.predict(node)
      case 'aside':
        return { kind: 'aside', title: node.attributes?.title ?? '', body: toHast(node.children) }
      default:
        this.complain(node, `there is no directive :::${node.name} here; there are ${DIRECTIVES.join(', ')}`)
        return null
    }
  }
  private task(node: ContainerDirective): Block {
    const scripts = node.children.filter((c): c is Code => c.type === 'code' && c.lang === 'sh' && /^(check|solve)\b/.test(c.meta ?? ''))
    const script = (name: string): string => {
      const found = scripts.find((c) => c.meta?.startsWith(name))
      if (!found) this.complain(node, `task: the \`\`\`sh ${name} block is missing`)
      return found?.value ?? ''
    }
    const hints = node.children.filter((c): c is ContainerDirective => c.type === 'containerDirective' && c.name === 'hint')
    const body = node.children.filter((c) => !scripts.includes(c as Code) && !hints.includes(c as ContainerDirective))
    const { title } = node.attributes ?? {}
    if (!title) this.complain(node, 'task needs a title: ::::task{#some-id title="What to do"}')
    return {
      kind: 'task', id: this.id(node), title: title ?? '', node: node.attributes?.node ?? DEFAULT_NODE, body: toHast(body), hints: hints.map((h) => toHast(h.children)),
      check: script('check'), solve: script('solve'), line: this.line(node),
    }
  }
  private quiz(node: ContainerDirective): Block {
    const { prompt, question } = this.question(node, node.children)
    return { kind: 'quiz', id: this.id(node), prompt, question, line: this.line(node) }
  }
  private predict(node: ContainerDirective): Block {
    const code = node.children.filter((c): c is Code => c.type === 'code' && c.lang === 'console')
    const { prompt, question } = this.question(node, node.children.filter((c) => !code.includes(c as Code)))
    if (code.length === 0) this.complain(node, 'predict needs the console block that shows who was right')
    return { kind: 'predict', id: this.id(node), prompt, question, examples: code.flatMap((c) => this.examples(c)), line: this.line(node) }
  }
  private question(node: ContainerDirective, children: readonly RootContent[]): { prompt: HastRoot; question: Question } {
    const list = children.find((c): c is List => c.type === 'list' && c.children.some((i) => typeof i.checked === 'boolean'))
    const prompt = toHast(children.filter((c) => c !== list))
    const items = (list?.children ?? []).map((item) => this.option(item))
    const { number, text, answer, node: host } = node.attributes ?? {}
    const right = items.find((o) => o.right)?.body ?? null
    const wrong = items.find((o) => !o.right)?.body ?? null
    if (answer) return { prompt, question: { kind: 'value', command: answer, node: host ?? DEFAULT_NODE, right, wrong } }
    if (number) return { prompt, question: { kind: 'number', answer: number, right, wrong } }
    if (text) return { prompt, question: { kind: 'text', answer: text, right, wrong } }
    const count = items.filter((o) => o.right).length
    if (items.length < 2) this.complain(node, 'a question needs at least two options (`- [ ] …`, `- [x] …`), or number=, text= or answer=')
    else if (count === 0) this.complain(node, 'none of the options is right: mark one with [x]')
    else if (items.some((o) => !o.reason)) this.complain(node, 'every option needs a reason: a list item below it')
    return { prompt, question: { kind: count > 1 ? 'many' : 'one', options: items } }
  }
  private option(item: ListItem): Option {
    const reason = item.children.find((c): c is List => c.type === 'list')
    return { right: item.checked === true, body: toHast(item.children.filter((c) => c !== reason)), reason: reason ? toHast(reason.children.flatMap((i) => i.children)) : null }
  }
}
