/** Which process holds which socket: what /proc/PID/fd points to, of all processes that can be looked into. */
import { isErrno } from '../../kernel/errno'
import type { ProcReader } from './processes'

export interface HeldSocket {
  readonly pid: string
  readonly fd: string
  readonly inode: number
}

export function heldSockets(sys: ProcReader): HeldSocket[] {
  const held: HeldSocket[] = []
  for (const { name: pid } of sys.readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      for (const { name: fd } of sys.readdir(`/proc/${pid}/fd`)) {
        const inode = /^socket:\[(\d+)\]$/.exec(sys.readlink(`/proc/${pid}/fd/${fd}`))?.[1]
        if (inode !== undefined) held.push({ pid, fd, inode: Number(inode) })
      }
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  return held
}
