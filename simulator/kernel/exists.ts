/** What lies at a path, if anything does; a link there is not followed. */
import { isErrno } from './errno'
import type { FileKind, Sys } from './sys'

export function kindOf(sys: Sys, path: string): FileKind | undefined {
  try {
    return sys.lstat(path).kind
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

export const exists = (sys: Sys, path: string): boolean => kindOf(sys, path) !== undefined
