/** The system calls of one task: `Sys` over the kernel's objects. What each does is in the file named for it; here and in syscalls/ are the doors, by kind. */
import { Errno } from './errno'
import { execute } from './exec'
import type { IpcNamespace } from './namespaces/ipc'
import type { Netlink } from './net/rtnetlink'
import type { Run } from './run'
import { netlinkOf } from './sockets'
import type { Sys } from './sys'
import { SocketCalls } from './syscalls/sockets'

export class Syscalls extends SocketCalls implements Sys {
  exec(path: string, argv: readonly string[], env: ReadonlyMap<string, string>): Run<never> {
    this.spend(200)
    return execute(this.task, this, path, argv, env)
  }
  *load(name: string): Run<unknown> {
    const asset = this.task.kernel.asset(name)
    while (!asset.done) yield 'loading'
    if (asset.value === undefined) throw new Errno('ENOENT')
    return asset.value
  }
  pinned(what: string): string | undefined {
    const { pins } = this.task.kernel
    const value = pins.get(what)
    pins.delete(what)
    return value
  }
  allotted(what: string): 'granted' | 'exhausted' {
    const { allotments } = this.task.kernel
    const left = allotments.get(what)
    if (left === undefined) return 'granted'
    allotments.set(what, Math.max(0, left - 1))
    return left > 0 ? 'granted' : 'exhausted'
  }
  get net(): Netlink {
    return netlinkOf(this.task)
  }
  get ipc(): IpcNamespace {
    return this.task.ns.ipc
  }
}
