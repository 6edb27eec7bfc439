/** flock(2): advisory locks of open file descriptions on whole files, shared or exclusive; the last close gives one back. */
import { Errno } from '../errno'
import type { Run } from '../run'
import type { Task } from '../task'
import { WaitQueue } from '../waitqueue'
import type { Inode } from './inode'

export type LockKind = 'shared' | 'exclusive'

/** What holds a lock: an open file description. */
interface Holder {
  readonly inode: Inode
}

class Locks {
  readonly holders = new Map<Holder, LockKind>()
  readonly changed = new WaitQueue()
}

const BY_INODE = new WeakMap<Inode, Locks>()

export function unlock(file: Holder): void {
  const locks = BY_INODE.get(file.inode)
  if (locks?.holders.delete(file)) locks.changed.wake()
}

/** What an open file holds of its inode's lock. */
export const heldBy = (file: Holder): LockKind | undefined => BY_INODE.get(file.inode)?.holders.get(file)

/** EAGAIN when another has it and `wait` says not to wait, or when the time is over. EINTR. */
export function* lock(task: Task, file: Holder, kind: LockKind, wait: 'wait' | 'fail', timeoutNs?: number): Run {
  const locks = BY_INODE.get(file.inode) ?? new Locks()
  BY_INODE.set(file.inode, locks)
  const until = timeoutNs === undefined ? undefined : task.kernel.clock.monotonic + timeoutNs
  const free = (): boolean => [...locks.holders].every(([other, held]) => other === file || (kind === 'shared' && held === 'shared'))
  while (!free()) {
    if (wait === 'fail') throw new Errno('EAGAIN')
    const left = until === undefined ? undefined : until - task.kernel.clock.monotonic
    if (left !== undefined && left <= 0) throw new Errno('EAGAIN')
    const reason = yield* task.kernel.block([locks.changed], left)
    if (reason === 'interrupted') throw new Errno('EINTR')
    if (reason === 'timeout') throw new Errno('EAGAIN')
  }
  locks.holders.set(file, kind)
  locks.changed.wake()
}
