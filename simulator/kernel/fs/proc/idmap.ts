/** uid_map and gid_map of user_namespaces(7): three columns, ten wide; written once. */
import { capableIn } from '../../credentials'
import { Errno } from '../../errno'
import type { IdMap } from '../../namespaces/simple'
import type { Task } from '../../task'
import type { Look } from './entry'

export const idMap = (map: IdMap): string => map.map((row) => `${row.map((n) => String(n).padStart(10)).join(' ')}\n`).join('')

/** Most rows of a map (UID_GID_MAP_MAX_EXTENTS). */
const MOST_ROWS = 340

/** Who has no privilege above may only map his own id, one of them. */
export function writeIdMap(task: Task, kind: 'uidMap' | 'gidMap', text: string, { viewer }: Look): void {
  const { user } = task.ns
  const parent = user.owner
  if (!parent || user[kind].length > 0) throw new Errno('EPERM')
  const rows = text.trimEnd().split('\n').map((row) => row.trim().split(/\s+/).map(Number))
  if (rows.length > MOST_ROWS) throw new Errno('EINVAL')
  const map: IdMap = rows.map(([inside = -1, outside = -1, count = 0, ...rest]) => {
    if (rest.length > 0 || ![inside, outside, count].every(Number.isInteger) || inside < 0 || outside < 0 || count < 1) throw new Errno('EINVAL')
    const real = parent.real(kind, outside)
    if (real === undefined) throw new Errno('EPERM')
    return [inside, real, count] as const
  })
  const own = kind === 'uidMap' ? viewer.credentials.euid : viewer.credentials.egid
  const onlyOwn = map.length === 1 && map[0]?.[2] === 1 && map[0][1] === own && (kind === 'uidMap' || user.setgroups === 'deny')
  if (!onlyOwn && !capableIn(viewer.credentials, parent.isFirst ? null : parent, kind === 'uidMap' ? 'CAP_SETUID' : 'CAP_SETGID')) throw new Errno('EPERM')
  user[kind] = map
}
