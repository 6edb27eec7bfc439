/** An IPC namespace (ipc_namespaces(7)): System V objects and POSIX message queues. */
import type { Timespec } from '../time'
import { Namespace } from './namespace'

export interface IpcPermissions {
  readonly key: number
  readonly id: number
  readonly uid: number
  readonly gid: number
  readonly cuid: number
  readonly cgid: number
  readonly mode: number
}

export interface SharedMemorySegment extends IpcPermissions {
  readonly bytes: number
  readonly attached: number
  readonly creatorPid: number
  readonly lastPid: number
  readonly attachTime: Timespec | null
  readonly detachTime: Timespec | null
  readonly changeTime: Timespec
  readonly status: '' | 'dest' | 'locked'
}

export interface SemaphoreArray extends IpcPermissions {
  readonly values: readonly number[]
  readonly operationTime: Timespec | null
  readonly changeTime: Timespec
}

export interface MessageQueue extends IpcPermissions {
  readonly messages: number
  readonly usedBytes: number
  readonly maxBytes: number
  readonly sendPid: number
  readonly receivePid: number
  readonly sendTime: Timespec | null
  readonly receiveTime: Timespec | null
  readonly changeTime: Timespec
}

/** The kernel gives ids that grow by 32768 each time a slot is used again (ipc/util.c). */
const SEQUENCE_STEP = 32768

class Table<T extends IpcPermissions> {
  private readonly slots: (T | undefined)[] = []
  private sequence = 0

  add(make: (id: number) => T): T {
    let slot = this.slots.indexOf(undefined)
    if (slot < 0) slot = this.slots.length
    const item = make(this.sequence * SEQUENCE_STEP + slot)
    this.slots[slot] = item
    return item
  }
  all(): T[] {
    return this.slots.filter((item): item is T => item !== undefined)
  }
  get(id: number): T | undefined {
    return this.all().find((item) => item.id === id)
  }
  byKey(key: number): T | undefined {
    return this.all().find((item) => item.key === key)
  }
  replace(item: T): void {
    const slot = this.slots.findIndex((old) => old?.id === item.id)
    if (slot >= 0) this.slots[slot] = item
  }
  remove(id: number): boolean {
    const slot = this.slots.findIndex((item) => item?.id === id)
    if (slot < 0) return false
    this.slots[slot] = undefined
    this.sequence++
    return true
  }
}

export class IpcNamespace extends Namespace {
  readonly type = 'ipc'
  readonly shm = new Table<SharedMemorySegment>()
  readonly sem = new Table<SemaphoreArray>()
  readonly msg = new Table<MessageQueue>()
  /** Limits of /proc/sys/kernel/{shm*,sem,msg*} (proc(5)). */
  limits = {
    shmmni: 4096, shmmax: '18446744073692774399', shmall: '18446744073692774399', semmsl: 32000, semmns: 1024000000, semopm: 500, semmni: 32000,
    msgmax: 8192, msgmnb: 16384, msgmni: 32000,
  }
}
