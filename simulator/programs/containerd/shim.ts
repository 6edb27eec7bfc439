/** The shim between containerd and its containers (containerd runtime/v2/shim/shim.go): `start` forks the daemon, which serves tasks. */
import { ownRelease, type Release } from '../../containerd/release'
import { deleteDead, serveShim, startShim } from '../../containerd/shim/server'
import { shimSocket } from '../../containerd/shim/protocol'
import type { Run } from '../../kernel/run'
import type { Io } from '../program'

interface ShimFlag {
  readonly name: string
  /** A flag without a value is a switch. */
  readonly takes?: 'string'
  readonly says: string
  readonly since?: '2'
}

const PUBLISHER: Readonly<Record<Release['line'], (name: string) => string>> = {
  '1.6': () => 'path to publish binary (used for publishing events) (default "containerd")',
  '1.7': (name) => `path to publish binary (used for publishing events), but ${name} will ignore this flag, please use the TTRPC_ADDRESS env`,
  2: (name) => `path to publish binary (used for publishing events), but ${name} will ignore this flag, please use the TTRPC_ADDRESS env`,
}

const flagsOf = (name: string, line: Release['line']): readonly ShimFlag[] =>
  [
    { name: 'address', takes: 'string', says: 'grpc address back to main containerd' } as const,
    { name: 'bundle', takes: 'string', says: 'path to the bundle if not workdir' } as const,
    { name: 'debug', says: 'enable debug output in logs' },
    { name: 'debug-socket', takes: 'string', says: 'debug socket path to serve', since: '2' } as const,
    { name: 'id', takes: 'string', says: 'id of the task' } as const,
    { name: 'info', says: 'get the option protobuf from stdin, print the shim info protobuf to stdout, and exit', since: '2' } as const,
    { name: 'namespace', takes: 'string', says: 'namespace that owns the shim' } as const,
    { name: 'publish-binary', takes: 'string', says: PUBLISHER[line](name) } as const,
    { name: 'socket', takes: 'string', says: 'socket path to serve' } as const,
    { name: 'v', says: 'show the shim version and exit' },
  ].filter(({ since }: ShimFlag) => since === undefined || since === line)

/** The flag package's own listing. */
const usage = (name: string, flags: readonly ShimFlag[]): string =>
  `Usage of ${name}:\n${flags.map((flag) => (flag.name.length === 1 ? `  -${flag.name}\t${flag.says}\n` : `  -${flag.name}${flag.takes ? ' string' : ''}\n    \t${flag.says}\n`)).join('')}`

export interface ShimNames {
  readonly name: string
  readonly runtime: string
}

export function* runShim(io: Io, { name, runtime }: ShimNames): Run<number> {
  const value = (name: string): string => {
    const at = io.args.indexOf(`-${name}`)
    return at < 0 ? '' : (io.args[at + 1] ?? '')
  }
  const { version, revision, go, line } = yield* ownRelease(io.sys)
  const flags = flagsOf(name, line)
  const unknown = unknownOf(io.args, flags)
  if (unknown !== undefined) {
    io.err(`flag provided but not defined: -${unknown}\n${usage(name, flags)}`)
    return 2
  }
  if (io.args.includes('-v')) {
    io.out(`${name}:\n  Version:  ${version}\n  Revision: ${revision}\n  Go version: ${go}\n\n`)
    return 0
  }
  if (io.args.includes('-h') || io.args.includes('--help')) {
    io.err(usage(name, flags))
    return 0
  }
  if (io.args.includes('-info')) {
    io.err(`${name}: not simulated in this lab: -info\n`)
    return 125
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

/** The first flag that the flag package does not know. */
function unknownOf(args: readonly string[], flags: readonly ShimFlag[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--' || arg.length < 2 || !arg.startsWith('-')) return undefined
    const [name = ''] = arg.replace(/^--?/, '').split('=')
    if (name === 'h' || name === 'help') return undefined
    const flag = flags.find((known) => known.name === name)
    if (flag === undefined) return name
    if (flag.takes && !arg.includes('=')) i++
  }
  return undefined
}
