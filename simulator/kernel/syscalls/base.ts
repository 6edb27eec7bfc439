/** What the system calls of a task share: the task, its privileges, its descriptors. */
import { type capable, capableIn } from '../credentials'
import { Errno } from '../errno'
import type { UserNamespace } from '../namespaces/simple'
import type { Task } from '../task'
import type { OpenFile } from '../vfs/openfile'

export abstract class TaskCalls {
  protected readonly task: Task
  constructor(task: Task) {
    this.task = task
  }
  /** `owner`: the user namespace whose privileges count, where not only the first one's do. */
  protected needs(capability: Parameters<typeof capable>[1], owner: UserNamespace | null = null): void {
    if (!capableIn(this.task.credentials, owner, capability)) throw new Errno('EPERM')
  }
  protected find(pid: number): Task {
    const task = pid === 0 ? this.task : this.task.ns.pid.tasks.get(pid)
    if (!task) throw new Errno('ESRCH')
    return task
  }
  protected file(fd: number): OpenFile {
    const descriptor = this.task.fds.get(fd)
    if (!descriptor) throw new Errno('EBADF')
    return descriptor.file
  }
  protected lowestFree(from = 0): number {
    let fd = from
    while (this.task.fds.has(fd)) fd++
    if (fd >= this.task.rlimits.nofile.soft) throw new Errno('EMFILE')
    return fd
  }
  protected install(file: OpenFile, closeOnExec = false): number {
    const fd = this.lowestFree()
    this.task.fds.set(fd, { file, closeOnExec })
    return fd
  }
}
