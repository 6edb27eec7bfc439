/** Completion for fish, as urfave/cli 2.23 writes it from a tool's declarations (fish.go, FishCompletionTemplate). */
import type { App } from './app'
import type { Command, Group } from './command'
import type { Flag } from './flag'
import { HELP_FLAG, HELP_USAGE, VERSION_FLAG } from './help'

const escaped = (text: string): string => text.replaceAll("'", "\\'")
const named = (spec: Command | Group): string[] => [spec.name, ...(spec.aliases ?? [])]

function flagLines(tool: string, where: string, flags: readonly Flag[]): string[] {
  return flags.map(({ names, kind, usage, file }) => {
    const words = names.map((name, i) => (i === 0 ? ` -l ${name}` : ` -s ${name}`)).join('')
    return `complete -c ${tool} -n '${where}'${file ? '' : ' -f'}${words}${kind === 'bool' ? '' : ' -r'}${usage === '' ? '' : ` -d '${escaped(usage)}'`}`
  })
}

/** `running`: the command that asks. It alone is set up, so it has a `help` below it. */
export function fishCompletion({ name: tool, flags, commands }: App, running: string): string {
  const top = `__fish_${tool}_no_subcommand`
  const general = [HELP_FLAG, VERSION_FLAG]
  const all: string[] = []
  const lines = [...flagLines(tool, top, [...flags, ...general]), ...flagLines(tool, top, general)]
  const commandLines = (names: readonly string[], usage: string, own: readonly Flag[], above: string): void => {
    const where = `__fish_seen_subcommand_from ${names.join(' ')}`
    lines.push(...flagLines(tool, where, [HELP_FLAG]), `complete -r -c ${tool} -n '${above}' -a '${names.join(' ')}' -d '${escaped(usage)}'`, ...flagLines(tool, where, own))
    all.push(...names)
  }
  for (const { spec } of commands) {
    commandLines(named(spec), spec.usage, spec.name === running ? [...(spec.flags ?? []), HELP_FLAG] : (spec.flags ?? []), top)
    if (spec.name === running) commandLines(['help', 'h'], HELP_USAGE, [], `__fish_seen_subcommand_from ${named(spec).join(' ')}`)
  }
  commandLines(['help', 'h'], HELP_USAGE, [], top)
  return `# ${tool} fish shell completion

function ${top} --description 'Test if there has been any subcommand yet'
    for i in (commandline -opc)
        if contains -- $i ${all.join(' ')}
            return 1
        end
    end
    return 0
end

${lines.join('\n')}

`
}
