/** A command of `ctr shim pprof`: a profile of a shim's, which are not simulated. */
import { type Command, notSimulated } from '../../urfave/command'
import { type Flag, uint } from '../../urfave/flag'

export const shimProfile = (name: string, usage: string, value: '0' | '2', ...flags: readonly Flag[]): Command =>
  notSimulated({ name, usage, flags: [...flags, uint('debug', 'Output format, value = 0: binary, value > 0: plaintext', { value })] })
