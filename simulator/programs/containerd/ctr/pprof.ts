/** A profile from containerd's debug socket, where it has one (cmd/ctr/commands/pprof/pprof.go). What a profile holds is not simulated. */
import { isErrno } from '../../../kernel/errno'
import { type Context, Failure } from '../../urfave/context'

/** From 1.7 on there is a flag for the format, which is always asked for. */
const withFormat = (context: Context, what: string): string => {
  const debug = context.string('debug')
  return !/^\d+$/.test(debug) ? what : `${what.replace(/\?debug=2$/, '')}${what.includes('?seconds') ? '&' : '?'}debug=${debug}`
}

export function profile(context: Context, what: string): never {
  const socket = context.string('debug-socket')
  try {
    context.sys.dial(socket)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`Get "http://./debug/pprof/${withFormat(context, what)}": dial unix ${socket}: connect: ${error.message.toLowerCase()}`)
  }
  return context.refuse(`pprof ${context.path.at(-1) ?? ''}`)
}
