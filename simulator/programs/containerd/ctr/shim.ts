/** The shim of a container, asked directly (cmd/ctr/commands/shim/shim.go getTaskService). */
import { isErrno } from '../../../kernel/errno'
import { shimSocket } from '../../../containerd/shim/protocol'
import { type Context, Failure } from '../../urfave/context'

export function connectShim(context: Context): void {
  const id = context.string('id')
  if (id === '') throw new Failure('container id must be specified')
  try {
    context.sys.dial(shimSocket(context.string('address'), context.string('namespace'), id))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`fail to connect to container ${id}'s shim`)
  }
}
