/** `--generate-bash-completion`: what could follow, one a line, for the completion script that asks (urfave/cli, help.go). */
import type { App } from './app'
import type { Node } from './command'
import { type Flag, nameOf } from './flag'
import { HELP_FLAG, VERSION_FLAG } from './help'
import { parse, UsageError } from './parse'

export const SUGGEST_FLAG = '--generate-bash-completion'

/** `args` without the flag itself. */
export function suggestions(app: App, args: readonly string[]): string {
  const last = args.at(-1) ?? ''
  let nodes: readonly Node[] = app.commands
  let flags: readonly Flag[] = [...app.flags, HELP_FLAG, VERSION_FLAG]
  let rest = args
  for (;;) {
    const words = afterFlags(flags, rest)
    const node = nodes.find(({ spec }) => spec.name === words[0] || spec.aliases?.includes(words[0] ?? ''))
    if (!node) break
    flags = [...(node.spec.flags ?? []), HELP_FLAG]
    nodes = node.spec.kind === 'group' ? node.children : []
    rest = words.slice(1)
    if (node.spec.kind === 'command') return last.startsWith('-') ? flagNames(flags, last) : app.version === 2 ? 'help\nh\n' : ''
  }
  if (last.startsWith('-')) return flagNames(flags, last)
  return [...nodes.flatMap(({ spec }) => [spec.name, ...(spec.aliases ?? [])]), 'help', 'h'].map((name) => `${name}\n`).join('')
}

function afterFlags(flags: readonly Flag[], args: readonly string[]): readonly string[] {
  try {
    return parse(flags, args, {}).args
  } catch (error) {
    if (error instanceof UsageError) return args.filter((arg) => !arg.startsWith('-'))
    throw error
  }
}

/** Flags that begin as what was typed does; `--` asks for long ones only. */
function flagNames(flags: readonly Flag[], typed: string): string {
  const begun = typed.replace(/^--?/, '')
  return flags
    .map(nameOf)
    .filter((name) => !(typed.startsWith('--') && name.length === 1) && name.startsWith(begun) && name !== begun)
    .map((name) => `${name.length > 1 ? '--' : '-'}${name}\n`)
    .join('')
}
