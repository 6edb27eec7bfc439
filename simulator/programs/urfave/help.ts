/** Help texts, laid out as the templates of urfave/cli 1.22, 2.23 and 2.27 lay them out (template.go), then aligned by tabwriter. */
import { tabulate } from '../go/tabwriter'
import type { App } from './app'
import type { Command, Group, Node } from './command'
import { bool, describe, type Flag } from './flag'

const LAYOUT = { minWidth: 1, tabWidth: 8, padding: 2, padChar: ' ' } as const

export const HELP_FLAG = bool('help, h', 'show help')
export const VERSION_FLAG = bool('version, v', 'print the version')
export const HELP_USAGE = 'Shows a list of commands or help for one command'
const HELP_COMMAND = `help, h\t${HELP_USAGE}`

const align = (text: string): string => tabulate(text, LAYOUT)

/** Of a text of several lines all but the first move to where it begins (help.go, `wrap`). */
const hung = (text: string, column: number): string => text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(column)}`)
const helpFlag = (app: App): Flag => app.helpFlag ?? HELP_FLAG

const section = (title: string, text: string | undefined): string => (text ? `\n\n${title}:\n   ${text}` : '')
/** Version 2 indents every line of a description (template.go, `nindent 3`). */
const indented = (text: string | undefined): string | undefined => text?.replace(/\n(?!\n|$)/g, '\n   ')
const commandLines = (nodes: readonly Node[]): string =>
  nodes.map(({ spec }) => `\n   ${[spec.name, ...(spec.aliases ?? [])].join(', ')}\t${spec.usage}`).join('')
const flagLines = (flags: readonly Flag[], app: App): string => flags.filter(({ hidden }) => !hidden).map((flag) => describe(flag, app.version)).join('\n   ')

/** The tool's own help. */
export function appHelp(app: App): string {
  const isNewer = app.layout === '2.27'
  const usage = isNewer ? hung(app.usage, app.name.length + 6) : app.usage
  const description = isNewer ? indented(app.description) : app.description
  return align(
    `NAME:\n   ${app.name} - ${usage}\n\nUSAGE:\n   ${app.name} [global options] command [command options]${isNewer ? '' : ' [arguments...]'}` +
      `${section('VERSION', app.release)}${section('DESCRIPTION', description)}` +
      `\n\nCOMMANDS:${commandLines(app.commands)}\n   ${HELP_COMMAND}` +
      `\n\nGLOBAL OPTIONS:\n   ${flagLines([...app.flags, helpFlag(app), app.versionFlag ?? VERSION_FLAG], app)}\n`,
  )
}

function usageLine(app: App, spec: Command | Group, path: readonly string[], options: string): string {
  if (spec.usageText !== undefined) return spec.usageText
  if (app.layout !== '2.27') return `${path.join(' ')}${options} ${spec.args ?? '[arguments...]'}`
  return `${path.join(' ')} [command options]${spec.args === undefined ? '' : ` ${spec.args}`}`
}

const nameLine = (app: App, usage: string, path: readonly string[]): string =>
  app.layout === '2.27' && usage === '' ? path.join(' ') : `${path.join(' ')} - ${usage}`

/** Help for one command. Version 1 does not list `--help` among a command's own flags. */
export function commandHelp(app: App, spec: Command | Group, path: readonly string[]): string {
  const own = (spec.flags ?? []).filter(({ hidden }) => !hidden)
  const flags = app.version === 1 ? own : [...own, helpFlag(app)]
  const usage = usageLine(app, spec, path, flags.length > 0 ? ' [command options]' : '')
  const head = `NAME:\n   ${nameLine(app, spec.usage, path)}\n\nUSAGE:\n   ${usage}${section('DESCRIPTION', app.version === 1 ? spec.description : indented(spec.description))}`
  if (flags.length === 0) return align(`${head}\n`)
  const lines = flags.map((flag) => describe(flag, app.version))
  if (app.version === 2) return align(`${head}\n\nOPTIONS:\n   ${lines.join('\n   ')}\n`)
  return align(`${head}\n\nOPTIONS:\n   ${lines.map((line) => `${line}\n   `).join('')}\n`)
}

/** 2.27: help for a group that was not entered knows nothing of what is in it. */
export const groupFromAbove = (app: App, spec: Command | Group, path: readonly string[]): string => `NAME:\n   ${nameLine(app, spec.usage, path)}\n\nUSAGE:\n   ${usageLine(app, spec, path, '')}\n\n`

/** Version 1: `TOOL GROUP help` shows the group as if it were a tool. */
export function groupAsApp(app: App, { spec, children }: Node, path: readonly string[]): string {
  return align(
    `NAME:\n   ${path.join(' ')} - ${spec.description ?? spec.usage}\n\nUSAGE:\n   ${path.join(' ')} [global options] command [command options] [arguments...]` +
      `${section('VERSION', app.release)}\n\nCOMMANDS:${commandLines(children)}\n\nGLOBAL OPTIONS:\n   ${flagLines([...(spec.flags ?? []), HELP_FLAG], app)}\n`,
  )
}

/** Version 1: help's own help, which at the top has no name. */
export const helpHelp = (path: readonly string[]): string => {
  const name = path.length > 1 ? [...path, 'help'].join(' ') : ''
  return `NAME:\n   ${name} - Shows a list of commands or help for one command\n\nUSAGE:\n   ${name} [command]\n`
}

/** Version 2: the same, with its own flag. */
export function helpHelp2(app: App, path: readonly string[]): string {
  const name = app.layout === '2.27' && path.length > 1 ? `${path.join(' ')} help` : ' help'
  return align(`NAME:\n   ${name} - ${HELP_USAGE}\n\nUSAGE:\n   ${name} [command options] [command]\n\nOPTIONS:\n   ${describe(helpFlag(app), 2)}\n`)
}

/** Help for a group, and in version 2 for a command that was used wrongly. */
export function groupHelp(app: App, node: Node, path: readonly string[]): string {
  const { spec, children } = node
  const flags = [...(spec.flags ?? []), helpFlag(app)]
  if (app.version === 1) {
    return align(
      `NAME:\n   ${path.join(' ')} - ${spec.description ?? spec.usage}\n\nUSAGE:\n   ${usageLine(app, spec, path, ' command [command options]')}` +
        `\n\nCOMMANDS:${commandLines(children)}\n\nOPTIONS:\n   ${flags.map((flag) => `${describe(flag, 1)}\n   `).join('')}\n`,
    )
  }
  return align(
    `NAME:\n   ${nameLine(app, spec.usage, path)}\n\nUSAGE:\n   ${usageLine(app, spec, path, ' command [command options]')}${section('DESCRIPTION', indented(spec.description))}` +
      `\n\nCOMMANDS:${commandLines(children)}\n   ${HELP_COMMAND}\n\nOPTIONS:\n   ${flagLines(flags, app)}\n`,
  )
}
