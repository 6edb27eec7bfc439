/** /etc/passwd, as getpwnam(3) reads it. */
import { decode } from '../kernel/bytes'
import type { Sys } from '../kernel/sys'

export interface PasswdEntry {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}

export function readPasswd(sys: Sys): PasswdEntry[] {
  const text = readNow(sys, '/etc/passwd') ?? ''
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid, , home, shell] = line.split(':')
    return name !== undefined && home !== undefined ? [{ name, uid: Number(uid), gid: Number(gid), home, shell: shell ?? '' }] : []
  })
}

/** A regular file's text without blocking; undefined when it cannot be read. */
export function readNow(sys: Sys, path: string): string | undefined {
  try {
    const run = sys.readFile(path)
    const step = run.next()
    return step.done ? decode(step.value) : undefined
  } catch {
    return undefined
  }
}
