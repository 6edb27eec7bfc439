/** The user of a container's process: the one that is asked for, else the image's, with the groups that the image has for it (pkg/cri/server containerSpecOpts, oci/spec_opts.go). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { withMounted } from '../files'
import { GrpcError } from '../grpc'
import { type Accounts, accountsIn } from '../oci/accounts'
import type { OciProcess } from '../oci/types'
import type { SnapshotMount } from '../services'
import type { Int64Value } from './services'

type User = OciProcess['user']

export interface Wanted {
  readonly run_as_user?: Int64Value
  readonly run_as_group?: Int64Value
  readonly run_as_username?: string
  readonly supplemental_groups?: readonly number[]
}

/** `user`, `uid`, `user:gid`, `uid:gid`; empty for the image's own (generateUserString). */
export function userText({ run_as_user: uid, run_as_group: gid, run_as_username: name }: Wanted): string {
  const user = name || (uid ? String(uid.value ?? 0) : '')
  if (user === '' && gid) throw new GrpcError('Unknown', `failed to generate user string: user group "${gid.value ?? 0}" is specified without user`)
  return gid ? `${user}:${gid.value ?? 0}` : user
}

const isNumber = (text: string): boolean => /^[+-]?\d+$/.test(text)
const inOrder = (groups: readonly number[]): number[] => [...new Set(groups)].sort((a, b) => a - b)

/** Of a sandbox: other groups hold only where neither the pod nor the image names a user. */
export function* sandboxUser(sys: Sys, mounts: readonly SnapshotMount[], wanted: Wanted, imageUser: string): Run<User> {
  const text = userText(wanted) || imageUser
  const more = inOrder(wanted.supplemental_groups ?? [])
  if (text === '') return { uid: 0, gid: 0, ...(more.length > 0 ? { additionalGids: more } : {}) }
  const user = numeric(text) ?? (yield* looked(sys, mounts, (accounts, root) => named(text, accounts, root)))
  return { ...user, additionalGids: [user.gid] }
}

export function* containerUser(sys: Sys, mounts: readonly SnapshotMount[], wanted: Wanted, imageUser: string): Run<User> {
  const text = userText(wanted) || imageUser
  return yield* looked(sys, mounts, (accounts, root) => {
    const user = text === '' ? { uid: 0, gid: 0 } : named(text, accounts, root)
    const name = wanted.run_as_username || accounts.passwd?.find((entry) => Number(entry[2]) === (wanted.run_as_user?.value ?? 0))?.[0]
    const groups = (accounts.group ?? []).filter((entry) => name !== undefined && entry[0] !== name && (entry[3] ?? '').split(',').includes(name)).map((entry) => Number(entry[2]))
    return { ...user, additionalGids: inOrder([user.gid, ...groups, ...(wanted.supplemental_groups ?? [])]) }
  })
}

/** Two numbers need no looking up. */
function numeric(text: string): { uid: number; gid: number } | undefined {
  const [user = '', group = ''] = text.split(':')
  return isNumber(user) && isNumber(group) ? { uid: Number(user), gid: Number(group) } : undefined
}

/** WithUser. */
function named(text: string, { passwd, group }: Accounts, root: string): { uid: number; gid: number } {
  const parts = text.split(':')
  if (parts.length > 2) throw new GrpcError('Unknown', `invalid USER value ${text}`)
  const [who = '', whose] = parts
  const fail = (why: string): never => {
    throw new GrpcError('Unknown', `mount callback failed on ${root}: ${why}`)
  }
  const missing = (file: string): never => fail(`open ${root}/etc/${file}: no such file or directory`)
  const entry = passwd?.find((fields) => (isNumber(who) ? Number(fields[2]) === Number(who) : fields[0] === who))
  if (!isNumber(who) && !passwd) return missing('passwd')
  if (!isNumber(who) && !entry) return fail('no users found')
  const uid = isNumber(who) ? Number(who) : Number(entry?.[2])
  if (whose === undefined) return { uid, gid: Number(entry?.[3] ?? 0) }
  if (isNumber(whose)) return { uid, gid: Number(whose) }
  if (!group) return missing('group')
  return { uid, gid: Number((group.find(([name]) => name === whose) ?? fail('no groups found'))[2]) }
}

function* looked<T>(sys: Sys, mounts: readonly SnapshotMount[], work: (accounts: Accounts, root: string) => T): Run<T> {
  return yield* withMounted(sys, mounts, function* (root) {
    return work(yield* accountsIn(sys, root), root)
  })
}
