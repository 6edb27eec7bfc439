/** crictl completion: output shell completion code, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { Failure } from '../../../urfave/context'

const DESCRIPTION = `Output shell completion code for bash, zsh or fish.

Examples:

    # Installing bash completion on Linux
    source <(crictl completion bash)

    # Installing zsh completion on Linux
    source <(crictl completion zsh)

    # Installing fish completion on Linux
    crictl completion fish | source
	`

export default command({
  name: 'completion',
  usage: 'Output shell completion code',
  args: 'SHELL',
  description: DESCRIPTION,
  *run(context) {
    if (context.args.length > 1) return context.showHelp()
    const { commands, flags } = context.names()
    switch (context.arg(0) || 'bash') {
      case 'bash': return context.io.out(bash([...commands.map(({ name }) => name), ...flags.map((name) => `--${name}`)]))
      case 'zsh': return context.io.out(zsh(commands.map(({ name, usage }) => `${name}:${usage}`), flags.map((name) => `--${name}`)))
      case 'fish': return context.io.out(context.fishCompletion())
      default: throw new Failure('only bash, zsh or fish are supported')
    }
  },
})

const bash = (words: readonly string[]): string => `_crictl() {
    local cur opts base
    COMPREPLY=()
    cur="\${COMP_WORDS[COMP_CWORD]}"
    opts="${words.join('\n')}"
    COMPREPLY=( $(compgen -W "\${opts}" -- \${cur}) )
    return 0
}

complete -F _crictl crictl
`

const zsh = (commands: readonly string[], options: readonly string[]): string => `#compdef crictl

_crictl() {
  local -a cmds
  cmds=('${commands.join("' '")}')
  _describe 'commands' cmds

  local -a opts
  opts=('${options.join("' '")}')
  _describe 'global options' opts

  return
}

compdef _crictl crictl
`
