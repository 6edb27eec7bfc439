/** A profile from containerd's debug socket, where it has one (cmd/ctr/commands/pprof/pprof.go). What a profile holds is not simulated. */
import { isErrno } from '../../../kernel/errno'
import { type Context, Failure } from '../../urfave/context'

export function profile(context: Context, what: string): never {
  const socket = context.string('debug-socket')
  try {
    context.sys.dial(socket)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`Get "http://./debug/pprof/${what}": dial unix ${socket}: connect: ${error.message.toLowerCase()}`)
  }
  return context.refuse(`pprof ${context.path.at(-1) ?? ''}`)
}
