/** Open files by their descriptors: open, read, write, dup, pipe, poll, locks. */
import { Errno } from '../errno'
import { newPipe, PipeEnd } from '../pipe'
import type { Run } from '../run'
import type { OpenFlags, PollRequest, PollResult, Stat } from '../sys'
import { lock, type LockKind, unlock } from '../vfs/locks'
import { openPath, statOf } from '../vfs/operations'
import type { WaitQueue } from '../waitqueue'
import { ProcessCalls } from './processes'

/** What a read or write costs at least, and for each KiB, in units of `spend`. */
export const IO_COST = 2
export const KIB = 1024

export abstract class DescriptorCalls extends ProcessCalls {
  *open(path: string, flags: OpenFlags, mode = 0o666): Run<number> {
    this.spend(IO_COST)
    this.lowestFree()
    const file = yield* openPath(this.task, path, flags, mode)
    return this.install(file, flags.closeOnExec ?? false)
  }
  close(fd: number): void {
    const descriptor = this.task.fds.get(fd)
    if (!descriptor) throw new Errno('EBADF')
    this.task.fds.delete(fd)
    descriptor.file.release()
  }
  *read(fd: number, count: number): Run<Uint8Array> {
    const file = this.file(fd)
    if (file.flags.write && !file.flags.read) throw new Errno('EBADF')
    const bytes = yield* file.read(this.task, count)
    this.task.io.rchar += bytes.length
    this.task.io.syscr++
    if (this.spend(IO_COST + bytes.length / KIB)) yield 'preempted'
    return bytes
  }
  *write(fd: number, bytes: Uint8Array): Run<number> {
    const file = this.file(fd)
    if (file.flags.read && !file.flags.write) throw new Errno('EBADF')
    const count = yield* file.write(this.task, bytes)
    this.task.io.wchar += count
    this.task.io.syscw++
    if (this.spend(IO_COST + count / KIB)) yield 'preempted'
    return count
  }
  lseek(fd: number, offset: number, whence: 'set' | 'cur' | 'end'): number {
    return this.file(fd).seek(offset, whence, this.task)
  }
  ftruncate(fd: number, size: number): void {
    const file = this.file(fd)
    if (!file.flags.write) throw new Errno('EINVAL')
    file.truncate(size)
  }
  dup(fd: number, atLeast = 0): number {
    const file = this.file(fd)
    const to = this.lowestFree(atLeast)
    this.task.fds.set(to, { file: file.acquire(), closeOnExec: false })
    return to
  }
  dup2(from: number, to: number): number {
    const file = this.file(from)
    if (to < 0 || to >= this.task.rlimits.nofile.soft) throw new Errno('EBADF')
    if (from === to) return to
    const old = this.task.fds.get(to)
    this.task.fds.set(to, { file: file.acquire(), closeOnExec: false })
    old?.file.release()
    return to
  }
  pipe(): { read: number; write: number } {
    const pipe = newPipe(this.task.kernel)
    const read = this.install(new PipeEnd(pipe, { read: true }))
    const write = this.install(new PipeEnd(pipe, { write: true }))
    return { read, write }
  }
  setCloseOnExec(fd: number, on: boolean): void {
    this.file(fd)
    const descriptor = this.task.fds.get(fd)
    if (descriptor) descriptor.closeOnExec = on
  }
  isOpen(fd: number): boolean {
    return this.task.fds.has(fd)
  }
  descriptors(): number[] {
    return [...this.task.fds.keys()].sort((a, b) => a - b)
  }
  *poll(requests: readonly PollRequest[], timeoutNs?: number): Run<PollResult[]> {
    const { kernel } = this.task
    const until = timeoutNs === undefined ? undefined : this.monotonic() + timeoutNs
    for (;;) {
      const results: PollResult[] = []
      const queues: WaitQueue[] = []
      for (const { fd, read, write } of requests) {
        const file = this.file(fd)
        const state = file.poll()
        const readable = (read ?? false) && state.readable
        const writable = (write ?? false) && state.writable
        if (readable || writable || state.hangup) results.push({ fd, readable, writable, hangup: state.hangup })
        queues.push(...file.queues())
      }
      if (results.length > 0) return results
      const left = until === undefined ? undefined : until - this.monotonic()
      if (left !== undefined && left <= 0) return []
      this.task.wchan = 'poll_schedule_timeout.constprop.0'
      if ((yield* kernel.block(queues, left)) === 'interrupted') throw new Errno('EINTR')
    }
  }
  fstat(fd: number): Stat {
    return statOf(this.task, this.file(fd).inode)
  }
  *flock(fd: number, kind: LockKind, wait: 'wait' | 'fail', timeoutNs?: number): Run {
    yield* lock(this.task, this.file(fd), kind, wait, timeoutNs)
  }
  funlock(fd: number): void {
    unlock(this.file(fd))
  }
}
