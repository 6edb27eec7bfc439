/** The first task of a node: PID 1 with everything that others inherit. */
import { ROOT } from '../kernel/credentials'
import { clone } from '../kernel/clone'
import type { Kernel } from '../kernel/kernel'
import { IpcNamespace } from '../kernel/namespaces/ipc'
import { INITIAL_INODES } from '../kernel/namespaces/namespace'
import { CgroupNamespace, TimeNamespace, UserNamespace } from '../kernel/namespaces/simple'
import { UtsNamespace } from '../kernel/namespaces/uts'
import { NetNamespace } from '../kernel/net/namespace'
import { DEFAULT_RLIMITS } from '../kernel/rlimits'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { Syscalls } from '../kernel/syscalls'
import { type Namespaces, Task } from '../kernel/task'
import { rootOf } from '../kernel/vfs/location'
import { type Mount, MountNamespace } from '../kernel/vfs/mount'

/** The namespaces that a machine starts with; inode numbers in the order that the kernel gives them. */
export function firstNamespaces(kernel: Kernel, hostname: string): Namespaces {
  const { time: timeInode, cgroup, user, uts, ipc } = INITIAL_INODES
  const time = new TimeNamespace(timeInode)
  const net = new NetNamespace(kernel.namespaceInode(), kernel)
  return {
    time, timeForChildren: time, cgroup: new CgroupNamespace(cgroup), user: new UserNamespace(user), uts: new UtsNamespace(uts, hostname), ipc: new IpcNamespace(ipc), net, mnt: new MountNamespace(kernel.namespaceInode()),
    pid: kernel.pidNamespace, pidForChildren: kernel.pidNamespace,
  }
}

/** Makes PID 1. It runs nothing yet: start it with `kernel.start`, or let it `exec`. */
export function firstTask(kernel: Kernel, ns: Namespaces, root: Mount): Task {
  ns.mnt.attach(root)
  const pid = kernel.pidNamespace.allocate()
  const at = rootOf(root)
  const task = new Task({ kernel, pids: [{ ns: kernel.pidNamespace, pid }], parent: null, group: null, ns, credentials: ROOT, rlimits: DEFAULT_RLIMITS, root: at, cwd: at, startTime: kernel.clock.monotonic })
  kernel.pidNamespace.tasks.set(pid, task)
  kernel.pidNamespace.init = task
  return task
}

/** Lets PID 1 (or any task made by hand) run a coroutine as its program. */
export const runIn = (task: Task, main: (sys: Sys) => Run<number>): void => {
  task.kernel.start(task, main(new Syscalls(task)))
}

/** Forks a child of `parent` from outside the simulation (a login, a test). */
export const spawnFrom = (parent: Task, main: (sys: Sys) => Run<number>): Task =>
  clone(parent, function* (sys) {
    // PID 1's handler is not for its children.
    sys.signal(17, 'default')
    return yield* main(sys)
  })

/** PID 1's loop: it reaps whatever becomes its child. */
export function* reapForever(sys: Sys): Run<number> {
  for (;;) {
    try {
      yield* sys.wait(-1)
    } catch {
      // No children yet: the next SIGCHLD wakes the pause.
      sys.signal(17, () => {})
      try {
        yield* sys.pause()
      } catch {
        // Interrupted by SIGCHLD: look again.
      }
    }
  }
}

/** What login(1) gives root's shell. */
export const LOGIN_ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['TERM', 'xterm-256color'], ['HOME', '/root'], ['USER', 'root'], ['LOGNAME', 'root'], ['SHELL', '/bin/bash'], ['LANG', 'C.UTF-8'],
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
])
