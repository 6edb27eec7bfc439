/** A command of util-linux: as every GNU command, but for how it looks after its standard output. */
import { closestream } from '../closeout'
import { type CommandSpec, command as gnuCommand } from '../options/command'
import type { ProgramModule } from '../program'

export const command = (spec: CommandSpec): ProgramModule => gnuCommand({ unwritten: closestream(), ...spec })
