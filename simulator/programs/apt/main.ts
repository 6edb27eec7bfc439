/** How apt's programs begin: options, then the command. */
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import { type Command, NOT_SIMULATED } from './commands'
import { parseApt } from './options'

export function* aptMain(io: Io, help: string, commands: Readonly<Record<string, Command>>): Run<number> {
  const options = parseApt(io)
  if (!options) return 100
  const [name, ...words] = options.words
  if (options.given.has('v') && !name) {
    io.out(help.slice(0, help.indexOf('\n') + 1))
    return 0
  }
  if (name === undefined || options.given.has('h')) {
    io.out(help)
    return options.given.has('h') ? 0 : 1
  }
  if (NOT_SIMULATED.includes(name)) {
    io.err(`${io.name} ${name}: not simulated in this lab\n`)
    return 125
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    io.err(`E: Invalid operation ${name}\n`)
    return 100
  }
  return yield* command(io, options, words)
}
