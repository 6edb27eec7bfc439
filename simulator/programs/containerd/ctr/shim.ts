/** The shim of a container, asked directly (cmd/ctr/commands/shim/shim.go getTaskService). */
import { isErrno } from '../../../kernel/errno'
import { isGrpc } from '../../../containerd/grpc'
import { isShim, type ShimService, shimSocket } from '../../../containerd/shim/protocol'
import type { Run } from '../../../kernel/run'
import { type Context, Failure } from '../../urfave/context'

/** The shim's service; what it refuses comes as the transport words it. */
export function connectShim(context: Context): ShimService {
  const id = context.string('id')
  if (id === '') throw new Failure('container id must be specified')
  try {
    const shim = context.sys.dial(shimSocket(context.string('address'), context.string('namespace'), id))
    if (isShim(shim)) return shim
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  throw new Failure(`fail to connect to container ${id}'s shim`)
}

/** One call to it. */
export function* askShim<T>(context: Context, work: (shim: ShimService) => Run<T>): Run<T> {
  const shim = connectShim(context)
  try {
    return yield* context.sys.call(shim, work)
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw new Failure(`rpc error: code = ${error.code} desc = ${error.message}`)
  }
}
