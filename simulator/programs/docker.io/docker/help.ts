/** A command's help as cobra and pflag write it, broken to the width of the terminal (docker/cli cli/cobra.go usageTemplate, spf13/pflag FlagUsagesWrapped). */
import { isErrno } from '../../../kernel/errno'
import type { Sys } from '../../../kernel/sys'
import { textOf } from './texts'

const NARROW = 80
const LEAST = 24
const BLOCK_INDENT = 16
const SLOP = 5

/** Of the terminal at standard input. */
export function widthOf(sys: Sys): number {
  try {
    return sys.getWindowSize(0).cols
  } catch (error) {
    if (isErrno(error)) return NARROW
    throw error
  }
}

/** Cuts off what fits; a few letters more may fit where they are the last. */
function cut(width: number, text: string): [string, string] {
  if (width + SLOP > text.length) return [text, '']
  const head = text.slice(0, width)
  const at = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'))
  if (at <= 0) return [text, '']
  const line = head.lastIndexOf('\n')
  const end = line > 0 && line < at ? line : at
  return [text.slice(0, end), text.slice(end + 1)]
}

function wrap(indent: number, width: number, text: string): string {
  let place = indent
  let room = width - place
  let out = ''
  if (room < LEAST) {
    place = BLOCK_INDENT
    room = width - place
    out += `\n${' '.repeat(place)}`
  }
  if (room < LEAST) return text.replaceAll('\n', out)
  const blanks = `\n${' '.repeat(place)}`
  let [line, rest] = cut(room - SLOP, text)
  out += line.replaceAll('\n', blanks)
  while (rest !== '') {
    ;[line, rest] = cut(room - SLOP, rest)
    out += blanks + line.replaceAll('\n', blanks)
  }
  return out
}

function optionLines(path: string, width: number): string {
  const rows = textOf(path).options.map(([short = '', name = '', kind = '', about = '']) => ({ head: `${short === '' ? '     ' : `  -${short},`} --${name}${kind === '' ? '' : ` ${kind}`}`, about }))
  const longest = Math.max(0, ...rows.map(({ head }) => head.length))
  // Between the two a byte that is no letter counts.
  return rows.map(({ head, about }) => `${head.padEnd(longest)}   ${wrap(longest + 3, width - 1, about)}\n`).join('')
}

function commandLines(path: string, names: readonly string[], all: readonly string[]): string {
  const longest = Math.max(...all.map((name) => name.length))
  const shortOf = (name: string): string => {
    const { about, short } = textOf(path === '' ? name : `${path} ${name}`)
    return short ?? about.split('\n')[0] ?? ''
  }
  return names.map((name) => `  ${name.padEnd(longest)}  ${shortOf(name)}\n`).join('')
}

export function helpOf(path: string, width: number): string {
  const { usage, about, aliases, examples, options, below = [], managed = 0 } = textOf(path)
  const name = path.split(' ').at(-1) ?? ''
  let out = `\nUsage:  ${usage.replaceAll('\n', '\n\t')}\n\n${about}\n`
  if (aliases) out += `\nAliases:\n  ${[name, ...aliases].join(', ')}\n`
  if (examples) out += `\nExamples:\n${examples}\n`
  if (options.length > 0) out += `\nOptions:\n${optionLines(path, width)}`
  if (managed > 0) out += `\nManagement Commands:\n${commandLines(path, below.slice(0, managed), below)}`
  const rest = below.slice(managed)
  if (rest.length > 0) out += `\nCommands:\n${commandLines(path, rest, below)}`
  if (below.length > 0) out += `\nRun 'docker${path === '' ? '' : ` ${path}`} COMMAND --help' for more information on a command.\n`
  if (path === '') out += '\nTo get more help with docker, check out our guides at https://docs.docker.com/go/guides/\n'
  return out
}
