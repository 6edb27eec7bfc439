/** The shim between containerd and its containers (containerd runtime/v2/shim/shim.go): `start` forks the daemon, which serves tasks. */
import { serveShim, startShim } from '../../../containerd/shim/server'
import { shimSocket } from '../../../containerd/shim/protocol'
import { program } from '../../program'

export default program({
  threads: 9,
  summary: 'keeps the containers of a pod: starts them with runc, is their parent, reports their end',
  size: 11_615_216,
  *run(io) {
    const value = (name: string): string => {
      const at = io.args.indexOf(`-${name}`)
      return at < 0 ? '' : (io.args[at + 1] ?? '')
    }
    const namespace = value('namespace')
    const id = value('id')
    const address = value('address')
    if (namespace === '') {
      io.err('shim namespace cannot be empty\n')
      return 1
    }
    const group = io.args.includes('start') ? (io.env('SHIM_GROUP') ?? id) : id
    const socket = shimSocket(address, namespace, group)
    if (io.args.includes('start')) return yield* startShim(io.sys, { namespace, id, address, socket })
    return yield* serveShim(io.sys, { namespace, socket })
  },
})
