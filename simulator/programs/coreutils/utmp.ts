/** The records of logins, utmp(5): 384 bytes each on x86-64. */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export const UTMP = '/var/run/utmp'

/** ut_type. */
export const TYPE = { empty: 0, runLevel: 1, boot: 2, newTime: 3, oldTime: 4, init: 5, login: 6, user: 7, dead: 8 } as const

export interface LoginRecord {
  readonly type: number
  readonly pid: number
  readonly line: string
  readonly id: string
  readonly user: string
  readonly host: string
  readonly exit: { readonly termination: number; readonly code: number }
  readonly sec: number
}

const RECORD = 384

export function* loginRecords(sys: Sys, path: string): Run<LoginRecord[]> {
  let bytes: Uint8Array
  try {
    bytes = yield* sys.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return []
  }
  const out: LoginRecord[] = []
  for (let at = 0; at + RECORD <= bytes.length; at += RECORD) {
    const record = bytes.slice(at, at + RECORD)
    const view = new DataView(record.buffer)
    const text = (from: number, size: number): string => decode(record.subarray(from, from + size)).replace(/\0.*$/s, '')
    out.push({
      type: view.getInt16(0, true), pid: view.getInt32(4, true), line: text(8, 32), id: text(40, 4), user: text(44, 32), host: text(76, 256),
      exit: { termination: view.getInt16(332, true), code: view.getInt16(334, true) }, sec: view.getInt32(340, true),
    })
  }
  return out
}

/** Users that are logged in. */
export const isUser = (r: LoginRecord): boolean => r.user !== '' && r.type === TYPE.user
