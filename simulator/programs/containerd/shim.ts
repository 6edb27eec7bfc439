/** The shim between containerd and its containers (containerd runtime/v2/shim/shim.go): `start` forks the daemon, which serves tasks. */
import { ownRelease } from '../../containerd/release'
import { deleteDead, serveShim, startShim } from '../../containerd/shim/server'
import { shimSocket } from '../../containerd/shim/protocol'
import type { Run } from '../../kernel/run'
import type { Io } from '../program'

/** The flag package's own listing. */
const usage = (name: string): string => `Usage of ${name}:
  -address string
    	grpc address back to main containerd
  -bundle string
    	path to the bundle if not workdir
  -debug
    	enable debug output in logs
  -id string
    	id of the task
  -namespace string
    	namespace that owns the shim
  -publish-binary string
    	path to publish binary (used for publishing events) (default "containerd")
  -socket string
    	socket path to serve
  -v	show the shim version and exit
`

export interface ShimNames {
  readonly name: string
  readonly runtime: string
}

export function* runShim(io: Io, { name, runtime }: ShimNames): Run<number> {
  const value = (name: string): string => {
    const at = io.args.indexOf(`-${name}`)
    return at < 0 ? '' : (io.args[at + 1] ?? '')
  }
  if (io.args.includes('-v')) {
    const { version, revision, go } = yield* ownRelease(io.sys)
    io.out(`${name}:\n  Version:  ${version}\n  Revision: ${revision}\n  Go version: ${go}\n\n`)
    return 0
  }
  if (io.args.includes('-h') || io.args.includes('--help')) {
    io.err(usage(name))
    return 0
  }
  const namespace = value('namespace')
  const id = value('id')
  const address = value('address')
  if (namespace === '') {
    io.err(`${runtime}: shim namespace cannot be empty`)
    return 1
  }
  const group = io.args.includes('start') ? (io.env('SHIM_GROUP') ?? id) : id
  const socket = shimSocket(address, namespace, group)
  if (io.args.includes('start')) return yield* startShim(io.sys, { namespace, id, address, socket })
  if (io.args.includes('delete')) return yield* deleteDead(io.sys, { namespace, id })
  return yield* serveShim(io.sys, { namespace, socket })
}
