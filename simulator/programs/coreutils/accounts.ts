/** Names of users and groups, as the C library finds them: in /etc/passwd and /etc/group. */
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { isErrno } from '../../kernel/errno'

export interface Accounts {
  readonly users: readonly { readonly name: string; readonly id: number; readonly group: number; readonly home: string; readonly shell: string }[]
  readonly groups: readonly { readonly name: string; readonly id: number; readonly members: readonly string[] }[]
  user(id: number): string | undefined
  group(id: number): string | undefined
}

function* rows(sys: Sys, path: string): Run<string[][]> {
  try {
    return decode(yield* sys.readFile(path)).split('\n').filter((l) => l !== '').map((l) => l.split(':'))
  } catch (error) {
    if (!isErrno(error)) throw error
    return []
  }
}

export function* accounts(sys: Sys): Run<Accounts> {
  const users = (yield* rows(sys, '/etc/passwd')).map(([name = '', , id, group, , home = '', shell = '']) => ({ name, id: Number(id), group: Number(group), home, shell }))
  const groups = (yield* rows(sys, '/etc/group')).map(([name = '', , id, members = '']) => ({ name, id: Number(id), members: members.split(',').filter((m) => m !== '') }))
  return {
    users, groups,
    user: (id) => users.find((u) => u.id === id)?.name,
    group: (id) => groups.find((g) => g.id === id)?.name,
  }
}
