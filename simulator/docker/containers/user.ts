/** Who a container's process is: a name or a number, with the groups that the container's own files have for it (daemon/oci_linux.go getUser, runc libcontainer/user). */
import { accountsIn } from '../../containerd/oci/accounts'
import type { OciProcess } from '../../containerd/oci/types'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { internal } from '../error'

const isNumber = (text: string): boolean => /^\d+$/.test(text)

export function* userIn(sys: Sys, root: string, text: string, more: readonly string[] = []): Run<OciProcess['user']> {
  const { passwd = [], group = [] } = yield* accountsIn(sys, root)
  const [who = '', whose = ''] = text.split(':')
  const entry = passwd.find((fields) => (who === '' ? fields[2] === '0' : isNumber(who) ? fields[2] === who || fields[0] === who : fields[0] === who))
  if (!entry && who !== '' && !isNumber(who)) throw internal(`unable to find user ${who}: no matching entries in passwd file`)
  const uid = entry ? Number(entry[2]) : Number(who || 0)
  const number = (name: string): number => {
    const found = group.find((fields) => fields[0] === name || (isNumber(name) && fields[2] === name))
    if (!found && !isNumber(name)) throw internal(`unable to find group ${name}: no matching entries in group file`)
    return found ? Number(found[2]) : Number(name)
  }
  const gid = whose === '' ? Number(entry?.[3] ?? 0) : number(whose)
  const supplementary = whose === '' && entry ? group.filter((fields) => (fields[3] ?? '').split(',').includes(entry[0] ?? '')).map((fields) => Number(fields[2])) : []
  return { uid, gid, additionalGids: [gid, ...supplementary, ...more.map(number)] }
}
