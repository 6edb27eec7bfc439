/** How true the lab is: the floors of the tests by topic, against how many command lines were recorded. Read when the site is built. */
import fs from 'node:fs'
import path from 'node:path'
import type { Root } from 'hast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { setTree } from './typography'

const FOLDER = 'content/recordings'

export interface Score {
  readonly topic: string
  readonly equal: number
  readonly of: number
}

/** Topics with a floor: so many of its recorded command lines are answered byte for byte, or the tests fail. */
export function scores(root = process.cwd()): Score[] {
  const floors = JSON.parse(fs.readFileSync(path.join(root, FOLDER, 'floors.json'), 'utf8')) as Record<string, number>
  const counts = new Map<string, number>()
  for (const name of fs.readdirSync(path.join(root, FOLDER), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.jsonl')) continue
    const lines = fs.readFileSync(path.join(root, FOLDER, name), 'utf8').split('\n').filter(Boolean).length
    counts.set(path.basename(name, '.jsonl'), lines)
    counts.set(name.replace(/\.jsonl$/, '').split('/').slice(-2).join('/'), lines)
  }
  return Object.entries(floors)
    .map(([topic, equal]) => ({ topic, equal, of: counts.get(topic) ?? equal }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1))
}

/** content/fidelity.md. */
export function fidelityNotes(root = process.cwd()): Root {
  const text = fs.readFileSync(path.join(root, 'content/fidelity.md'), 'utf8')
  const processor = unified().use(remarkParse).use(remarkGfm).use(remarkRehype)
  const tree = processor.parse(text)
  setTree(tree)
  return processor.runSync(tree)
}
