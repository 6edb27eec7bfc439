/** What a scenario fixes of a sandbox or container that is about to be made. A pin holds for the first of its name. */
import type { Sys } from '../kernel/sys'

export interface Pin {
  readonly id?: string
  readonly pid?: number
  readonly shimPid?: number
}

/** `what`: `sandbox NAMESPACE/NAME` or `container NAMESPACE/POD/NAME`. */
export function takePin(sys: Sys, what: string): Pin {
  const id = sys.pinned(`${what} id`)
  const pid = sys.pinned(`${what} pid`)
  const shimPid = sys.pinned(`${what} shim pid`)
  return { ...(id ? { id } : {}), ...(pid ? { pid: Number(pid) } : {}), ...(shimPid ? { shimPid: Number(shimPid) } : {}) }
}
