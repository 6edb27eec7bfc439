/** What containerd tells of itself: its plugins (`plugins/`), its identity, its version. */
import { decode, encode } from '../../kernel/bytes'
import { randomUuid } from '../digest'
import { exists, makeDirectories } from '../files'
import { type Filter, parseFilters } from '../filters'
import { GrpcError, isGrpc } from '../grpc'
import type { IntrospectionService, VersionService } from '../services'
import type { Release } from '../release'
import type { Context } from './context'
import { pluginsOf } from './plugins'

const UUID_FILE = '/var/lib/containerd/io.containerd.grpc.v1.introspection/uuid'

export function introspectionService({ sys, release }: Context): IntrospectionService {
  const fresh = randomUuid(sys)
  return {
    *plugins(filters) {
      const filter = filterOf(release, filters)
      return (yield* pluginsOf(release)).filter((p) => filter(([field]) => (field === 'type' ? p.type : field === 'id' ? p.id : undefined)))
    },
    *server() {
      if (!exists(sys, UUID_FILE)) {
        makeDirectories(sys, UUID_FILE.slice(0, UUID_FILE.lastIndexOf('/')), 0o700)
        yield* sys.writeFile(UUID_FILE, encode(fresh), { mode: 0o644 })
      }
      const uuid = decode(yield* sys.readFile(UUID_FILE))
      return { uuid, pid: sys.pid, pidns: sys.stat('/proc/self/ns/pid').ino }
    },
  }
}

/** How the service words a filter that it cannot read: `why` ends with what kind of failure it is. */
const FAULT: Readonly<Record<Release['line'], (why: string) => string>> = {
  '1.6': (why) => `${why}: invalid argument`,
  '1.7': (why) => why,
  2: (why) => `invalid argument: ${why}\ninvalid argument`,
}

function filterOf({ line }: Release, filters: readonly string[] = []): Filter {
  try {
    return parseFilters(filters)
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw new GrpcError('InvalidArgument', FAULT[line](error.message))
  }
}

export const versionService = ({ version, revision }: Release): VersionService => ({
  *version() {
    return { version, revision }
  },
})
