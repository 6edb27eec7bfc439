/** The image's user, looked up in the container's own /etc/passwd and /etc/group (containerd oci/spec_opts.go WithUser, WithAdditionalGIDs). */
import { accountsIn } from '../../../containerd/oci/accounts'
import type { OciProcess } from '../../../containerd/oci/types'
import type { SnapshotMount } from '../../../containerd/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { Failure } from '../../urfave/context'

type User = OciProcess['user']
const MOUNTS = '/var/lib/containerd/tmpmounts'

interface Accounts {
  readonly passwd: readonly (readonly string[])[]
  readonly group: readonly (readonly string[])[]
}

/** `user`, `uid`, `user:group`, `uid:gid`; empty: root. */
export function* userOf(sys: Sys, mounts: readonly SnapshotMount[], text: string, use: 'image' | 'exec' = 'image'): Run<User> {
  if (text.split(':').length > 2) throw new Failure(`invalid USER value ${text}`)
  const { accounts, place } = yield* readAccounts(sys, mounts, use === 'exec' ? '/tmp' : MOUNTS)
  const [who = '', group] = text === '' ? ['0'] : text.split(':')
  const isNumber = /^\d+$/.test(who)
  const entry = accounts.passwd.find((e) => (isNumber ? e[2] === who : e[0] === who))
  const missing = (what: 'users' | 'groups'): Failure => new Failure(use === 'exec' ? `mount callback failed on ${place}: no ${what} found` : `no ${what} found: not found`)
  if (entry === undefined && !isNumber) throw missing('users')
  const uid = Number(isNumber ? who : entry?.[2])
  let gid = Number(entry?.[3] ?? 0)
  if (group !== undefined) {
    const found = accounts.group.find((e) => (/^\d+$/.test(group) ? e[2] === group : e[0] === group))
    if (found === undefined && !/^\d+$/.test(group)) throw missing('groups')
    gid = /^\d+$/.test(group) ? Number(group) : Number(found?.[2] ?? 0)
  }
  const name = entry?.[0]
  const more = group !== undefined ? [] : accounts.group.filter((e) => name !== undefined && (e[3] ?? '').split(',').includes(name)).map((e) => Number(e[2]))
  return { uid, gid, additionalGids: [gid, ...more.filter((g) => g !== gid)] }
}

/** Mounts the snapshot for a moment, as the real client does. */
function* readAccounts(sys: Sys, mounts: readonly SnapshotMount[], directory: string): Run<{ accounts: Accounts; place: string }> {
  const target = `${directory}/containerd-mount${sys.random() >>> 0}`
  for (const path of [directory, target]) {
    try {
      sys.mkdir(path, 0o700)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
  }
  for (const mount of mounts) sys.mount(mount.Source, target, mount.Type, mount.Options.join(','))
  try {
    const { passwd = [], group = [] } = yield* accountsIn(sys, target)
    return { place: target, accounts: { passwd, group } }
  } finally {
    sys.umount(target)
    sys.rmdir(target)
  }
}
