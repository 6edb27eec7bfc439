/** The shim of a container, asked directly (cmd/ctr/commands/shim/shim.go getTaskService). */
import { isErrno } from '../../../kernel/errno'
import { isGrpc } from '../../../containerd/grpc'
import { isShim, type ShimService, shimSocket } from '../../../containerd/shim/protocol'
import { ownRelease, type Release } from '../../../containerd/release'
import type { Run } from '../../../kernel/run'
import { type Context, Failure } from '../../urfave/context'

interface Words {
  readonly noId: string
  noShim(id: string, socket: string, ns: string): string
}
const UNTIL_2: Words = { noId: 'container id must be specified', noShim: (id) => `fail to connect to container ${id}'s shim` }
const WORDS: Readonly<Record<Release['line'], Words>> = {
  '1.6': UNTIL_2,
  '1.7': UNTIL_2,
  2: {
    noId: 'shim ID (--id) or address (--shim-address) must be specified',
    noShim: (id, socket, ns) => `fail to connect to container shim with sockets: [${socket} \0/containerd-shim/${ns}/${id}/shim.sock]`,
  },
}

/** The shim's service; what it refuses comes as the transport words it. */
export function* connectShim(context: Context): Run<ShimService> {
  const id = context.string('id')
  const { line } = yield* ownRelease(context.sys)
  if (line === '2' && context.string('shim-address') !== '') return context.refuse('shim --shim-address')
  const words = WORDS[line]
  if (id === '') throw new Failure(words.noId)
  const socket = shimSocket(context.string('address'), context.string('namespace'), id)
  try {
    const shim = context.sys.dial(socket)
    if (isShim(shim)) return shim
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  throw new Failure(words.noShim(id, socket, context.string('namespace')))
}

/** One call to it. */
export function* askShim<T>(context: Context, work: (shim: ShimService) => Run<T>): Run<T> {
  const shim = yield* connectShim(context)
  try {
    return yield* context.sys.call(shim, work)
  } catch (error) {
    if (!isGrpc(error)) throw error
    // The shim says it in its own words; it is containerd that adds what an unknown error is.
    throw new Failure(`rpc error: code = ${error.code} desc = ${error.code === 'Unknown' ? error.message.replace(/: unknown$/, '') : error.message}`)
  }
}
