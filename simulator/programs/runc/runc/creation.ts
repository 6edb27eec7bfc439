/** What `create` and `run` share (utils_linux.go startContainer). */
import { type CreateRequest, RuncError } from '../../../containerd/runc/index'
import type { Attendant } from '../../../containerd/runc/console'
import type { Run } from '../../../kernel/run'
import type { Context } from '../../urfave/context'
import { absolute, rootOf } from './arguments'
import { refuseStages } from './log'
import { isErrno } from '../../../kernel/errno'

/** The request for a container; `otherwise` attends its terminal when no socket does. */
export function creation(context: Context, otherwise: Attendant): CreateRequest {
  refuseStages(context)
  const pinned = context.io.env('SET_TID')
  const root = rootOf(context)
  enterBundle(context)
  return {
    root, id: context.arg(0), bundle: absolute(context, context.string('bundle') || '.').replace(/\/\.$/, ''), pidFile: context.string('pid-file'),
    attendant: attendantOf(context, otherwise),
    cgroups: context.bool('systemd-cgroup') ? 'systemd' : 'files',
    ...(pinned === undefined ? {} : { pid: Number(pinned) }),
  }
}

/** utils_linux.go setupSpec. */
function enterBundle(context: Context): void {
  const bundle = context.string('bundle')
  if (bundle === '') return
  try {
    if (context.sys.stat(bundle).kind !== 'dir') throw new RuncError(`chdir ${bundle}: not a directory`)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`chdir ${bundle}: ${error.message.toLowerCase()}`)
  }
}

export function attendantOf(context: Context, otherwise: Attendant): Attendant {
  const path = context.string('console-socket')
  return path === '' ? otherwise : { kind: 'socket', path }
}

/** Names the command in front of what went wrong. */
export function* attempted<T>(what: string, work: Run<T>, exitStatus = 1): Run<T> {
  try {
    return yield* work
  } catch (error) {
    if (error instanceof RuncError) throw new RuncError(`${what}${error.message}`, exitStatus)
    if (isErrno(error)) throw new RuncError(`${what}${error.message.toLowerCase()}`, exitStatus)
    throw error
  }
}
