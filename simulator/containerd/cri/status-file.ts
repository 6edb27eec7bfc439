/** What the CRI plugin keeps of a container beside its record: the file `status` of its directory (pkg/cri/store/container/status.go). */
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import { exists } from '../files'
import { goJson } from '../json'
import type { StoredContainer } from '../metadata/records'
import type { Release } from '../release'
import type { CriContext } from './context'

export const CONTAINER_ROOT = '/var/lib/containerd/io.containerd.grpc.v1.cri/containers'

export const statusPath = (id: string): string => `${CONTAINER_ROOT}/${id}/status`

type Status = Pick<StoredContainer, 'pid' | 'createdAt' | 'startedAt' | 'finishedAt' | 'exitCode' | 'reason' | 'message' | 'resources'>

/** Fields of a message that hold nothing are left out. */
const written = (message: object): object => Object.fromEntries(Object.entries(message).filter(([, value]) => value !== 0 && value !== '' && value !== null))

/** Nanoseconds are more than a number holds: they go in as they are written. */
export const statusText = (c: Status, { version }: Pick<Release, 'version'>): string =>
  `{"Version":"v1","Pid":${c.pid},"CreatedAt":${c.createdAt},"StartedAt":${c.startedAt},"FinishedAt":${c.finishedAt},"ExitCode":${c.exitCode},"Reason":${goJson(c.reason)},"Message":${goJson(c.message)}` +
  `${version.startsWith('1.6') ? '' : `,"Resources":${goJson(c.resources ? { linux: written(c.resources) } : null)}`}}`

/** A container's new state, in the store and on the disk. */
export function* keepContainer({ sys, db, release }: Pick<CriContext, 'sys' | 'db' | 'release'>, c: StoredContainer): Run {
  db.criContainers.put(c.id, c)
  if (exists(sys, `${CONTAINER_ROOT}/${c.id}`)) yield* sys.writeFile(statusPath(c.id), encode(statusText(c, release)), { mode: 0o600 })
}
