/** `help` (bash(1), SHELL BUILTIN COMMANDS; builtins/help.def): the list of all, or topics by name, pattern or beginning. In ash the list of what it knows. */
import type { Run } from '../../kernel/run'
import { type Builtin, builtinNamed, builtins } from '../builtins'
import { matches } from '../expand/pattern'
import { helpTopics, type Topic } from '../help/topics'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'

const INTRODUCTION = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
These shell commands are defined internally.  Type \`help' to see this list.
Type \`help name' to find out more about the function \`name'.
Use \`info bash' to find out more about the shell in general.
Use \`man -k' or \`info' to find out more about commands not in this list.

A star (*) next to a name means that the command is disabled.

`
const IMPLEMENTATION = `
SEE ALSO
    bash(1)

IMPLEMENTATION
    GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
    Copyright (C) 2022 Free Software Foundation, Inc.
    License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

`
/** A column is half a screen, and not wider than this. */
const WIDEST = 128

function list(shell: Shell, topics: readonly Topic[]): string {
  const width = Math.min(WIDEST, Math.floor((Number(shell.vars.get('COLUMNS')) || 80) / 2))
  /** The second column keeps a place more free than the first. */
  const cell = ({ name, synopsis }: Topic, room: number): string => {
    const text = `${shell.disabled.has(name) ? '*' : ' '}${synopsis}`
    return text.length > width - 2 ? `${text.slice(0, room)}>` : text
  }
  const rows = Math.ceil(topics.length / 2)
  return topics.slice(0, rows).map((topic, i) => {
    const other = topics[i + rows]
    return other ? `${cell(topic, width - 2).padEnd(width)}${cell(other, width - 3)}\n` : `${cell(topic, width - 2)}\n`
  }).join('')
}

const indented = (text: string): string => text.split('\n').map((line) => `    ${line}\n`).join('')
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

const STYLES: Readonly<Record<'long' | 'description' | 'synopsis' | 'manual', (topic: Topic) => string>> = {
  long: ({ name, synopsis, text }) => `${name}: ${synopsis}\n${indented(text)}`,
  description: ({ name, text }) => `${name} - ${firstLine(text)}\n`,
  synopsis: ({ name, synopsis }) => `${name}: ${synopsis}\n`,
  manual: ({ name, synopsis, text }) => `NAME\n    ${name} - ${firstLine(text)}\n\nSYNOPSIS\n    ${synopsis}\n\nDESCRIPTION\n${indented(text)}${IMPLEMENTATION}`,
}

/** Those named so or of that pattern; else those that begin so. */
function found(topics: readonly Topic[], pattern: string): readonly Topic[] {
  const exact = topics.filter(({ name }) => name === pattern || matches(pattern, name))
  return exact.length > 0 ? exact : topics.filter(({ name }) => name.startsWith(pattern))
}

/** ash: what it has, in lines of less than 71 columns (shell/ash.c helpcmd). */
function ashList(shell: Shell): string {
  const own = [...builtins().keys()].filter((name) => builtinNamed(shell, name)).sort((a, b) => (a < b ? -1 : 1))
  let text = 'Built-in commands:\n------------------\n'
  let column = 0
  for (const name of [...own, ...(shell.startOptions.standalone?.names ?? [])]) {
    text += `${column === 0 ? '\t' : ' '}${name}`
    column += name.length + 1
    if (column > 60) {
      text += '\n'
      column = 0
    }
  }
  return `${text}${column === 0 ? '' : '\n'}\n`
}

export default {
  name: 'help',
  writes: true,
  *run(shell, { args }): Run<number> {
    if (shell.dialect === 'dash') {
      yield* shell.write(1, ashList(shell))
      return 0
    }
    const parsed = parseOptions(args, 'dms')
    if ('bad' in parsed) return yield* usage(shell, 'help', parsed.bad, 'help [-dms] [pattern ...]')
    const { flags, rest } = parsed
    const topics = yield* helpTopics()
    if (rest.length === 0) {
      yield* shell.write(1, INTRODUCTION + list(shell, topics))
      return 0
    }
    const style = STYLES[flags.has('d') ? 'description' : flags.has('m') ? 'manual' : flags.has('s') ? 'synopsis' : 'long']
    if (/[*?]|\[[^\]]*\]/.test(rest[0] ?? '')) yield* shell.write(1, `Shell commands matching keyword${rest.length > 1 ? 's' : ''} \`${rest.join(', ')}'\n\n`)
    let any = false
    for (const pattern of rest) {
      const chosen = found(topics, pattern)
      if (chosen.length > 0) any = true
      yield* shell.write(1, chosen.map(style).join(''))
    }
    if (any) return 0
    const last = rest.at(-1) ?? ''
    yield* shell.error(`help: no help topics match \`${last}'.  Try \`help help' or \`man -k ${last}' or \`info ${last}'.`)
    return 1
  },
} satisfies Builtin
