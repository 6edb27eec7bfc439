/**
 * The files that a node's daemons read when they start: kubeconfigs, settings. Block mappings and sequences of plain words are read here, and JSON is YAML
 * too; anything else is the library's, which a page then has to fetch before its node has booted.
 */
import type { Run } from '../../kernel/run'
import { wholeYaml } from './yaml'

export function* parseYaml(text: string): Run<unknown> {
  if (text.startsWith('{')) return JSON.parse(text)
  return plainYaml(text) ?? (yield* wholeYaml(text))
}

interface Line {
  readonly indent: number
  readonly text: string
}

class NotPlain extends Error {}

/** Words that are text to every reader of YAML, if nothing of KEYWORDS. */
const WORD = /^[A-Za-z/](?:[\w./@+=-]|:(?=[^\s:])| (?=[\w./@+=-]))*$/
const KEYWORDS = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i
const KEY = /^([A-Za-z][\w.-]*):(?: (.+))?$/

/** Undefined for what is not as plain as that. */
export function plainYaml(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '').map((line): Line => ({ indent: /^ */.exec(line)?.[0].length ?? 0, text: line.trim() }))
  const [first] = lines
  if (!first) return undefined
  try {
    const at = { line: 0 }
    const value = block(lines, at, first.indent)
    return at.line === lines.length ? value : undefined
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

function block(lines: readonly Line[], at: { line: number }, indent: number): unknown {
  return lines[at.line]?.text.startsWith('- ') ? sequence(lines, at, indent) : mapping(lines, at, indent)
}

function sequence(lines: readonly Line[], at: { line: number }, indent: number): unknown[] {
  const items: unknown[] = []
  for (let line = lines[at.line]; line?.indent === indent && line.text.startsWith('- '); line = lines[at.line]) {
    const rest = line.text.slice(2)
    if (!KEY.test(rest)) {
      items.push(word(rest))
      at.line++
      continue
    }
    // `- a: b` begins a mapping two columns further in.
    const inner = [...lines]
    inner[at.line] = { indent: indent + 2, text: rest }
    items.push(mapping(inner, at, indent + 2))
  }
  return items
}

function mapping(lines: readonly Line[], at: { line: number }, indent: number): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (let line = lines[at.line]; line?.indent === indent; line = lines[at.line]) {
    const [, key, value] = KEY.exec(line.text) ?? []
    if (key === undefined || KEYWORDS.test(key) || key in found) throw new NotPlain()
    at.line++
    const next = lines[at.line]
    if (value !== undefined) found[key] = word(value)
    else if (next && (next.indent > indent || (next.indent === indent && next.text.startsWith('- ')))) found[key] = block(lines, at, next.indent)
    else throw new NotPlain()
  }
  return found
}

function word(text: string): unknown {
  if (text === '{}') return {}
  if (text === '[]') return []
  if (!WORD.test(text) || KEYWORDS.test(text)) throw new NotPlain()
  return text
}
