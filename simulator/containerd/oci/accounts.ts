/** Users and groups of an image: /etc/passwd and /etc/group of a container's own root (libcontainer/user, as oci/spec_opts.go uses it). */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface Accounts {
  /** Undefined where there is no such file. */
  readonly passwd: readonly (readonly string[])[] | undefined
  readonly group: readonly (readonly string[])[] | undefined
}

export function* accountsIn(sys: Sys, root: string): Run<Accounts> {
  return { passwd: yield* readTable(sys, `${root}/etc/passwd`), group: yield* readTable(sys, `${root}/etc/group`) }
}

function* readTable(sys: Sys, path: string): Run<string[][] | undefined> {
  try {
    const text = decode(yield* sys.readFile(path))
    return text.split('\n').filter((line) => line.includes(':')).map((line) => line.split(':'))
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
    return undefined
  }
}
