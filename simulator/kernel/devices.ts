/** Character devices of memory (mem(4), null(4), full(4), random(4)) and /dev/tty, by device number. */
import { EMPTY } from './bytes'
import { Errno } from './errno'
import type { Run } from './run'
import type { OpenFlags } from './sys'
import type { Task } from './task'
import { DevptsFs } from './tty/devpts'
import { TtyFile } from './tty/files'
import { device } from './vfs/filesystem'
import type { Inode } from './vfs/inode'
import type { Location } from './vfs/location'
import { resolve } from './vfs/namei'
import { OpenFile } from './vfs/openfile'

/** Links to a process's own descriptors, which udev puts into /dev of a node and runc into that of a container. */
export const DESCRIPTOR_LINKS: readonly (readonly [name: string, target: string])[] = [
  ['fd', '/proc/self/fd'], ['stdin', '/proc/self/fd/0'], ['stdout', '/proc/self/fd/1'], ['stderr', '/proc/self/fd/2'],
]

class DeviceFile extends OpenFile {
  readonly inode: Inode
  override readonly location: Location
  private readonly driver: Driver
  constructor(driver: Driver, location: Location, flags: OpenFlags) {
    super(flags)
    this.driver = driver
    this.inode = location.inode
    this.location = location
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    const bytes = this.driver.read(task, count)
    if (task.kernel.scheduler.spend(bytes.length * (this.driver.cost ?? 0))) yield 'preempted'
    return bytes
  }
  override *write(_task: Task, bytes: Uint8Array): Run<number> {
    return this.driver.write(bytes)
  }
  override seek(): number {
    return 0
  }
}

interface Driver {
  /** Units of `spend` (microseconds) for each byte that is read, where that is much. */
  readonly cost?: number
  read(task: Task, count: number): Uint8Array
  write(bytes: Uint8Array): number
}

const swallow = (bytes: Uint8Array): number => bytes.length
const MEMORY_DEVICES: Record<string, Driver> = {
  null: { read: () => EMPTY, write: swallow },
  zero: { read: (_task, count) => new Uint8Array(count), write: swallow },
  full: {
    read: (_task, count) => new Uint8Array(count),
    write: () => {
      throw new Errno('ENOSPC')
    },
  },
  random: { cost: 1 / 300, read: (task, count) => task.kernel.random.bytes(count), write: swallow },
}

/** Devices by number, with the driver that serves them. */
const DRIVERS = new Map<number, Driver | undefined>([
  [device(1, 3), MEMORY_DEVICES.null],
  [device(1, 5), MEMORY_DEVICES.zero],
  [device(1, 7), MEMORY_DEVICES.full],
  [device(1, 8), MEMORY_DEVICES.random],
  [device(1, 9), MEMORY_DEVICES.random],
])

/** Numbers of the usual nodes in /dev, for those who make one. */
export const DEVICE_NUMBERS: Readonly<Record<string, number>> = {
  null: device(1, 3), zero: device(1, 5), full: device(1, 7), random: device(1, 8), urandom: device(1, 9),
  tty: device(5, 0), console: device(5, 1), ptmx: device(5, 2),
}

/** open(2) of a character device. ENXIO when nothing drives it. */
export function openDevice(task: Task, at: Location, flags: OpenFlags): OpenFile {
  const { rdev } = at.inode
  if (rdev === DEVICE_NUMBERS.tty) {
    const { tty } = task.session
    if (!tty) throw new Errno('ENXIO')
    return new TtyFile(tty, at, flags)
  }
  if (rdev === DEVICE_NUMBERS.ptmx) {
    const pts = resolve(task, '/dev/pts')
    const root = pts.mount.fs
    if (!(root instanceof DevptsFs)) throw new Errno('ENODEV')
    const ptmx = root.root.lookup('ptmx')
    if (!ptmx?.open) throw new Errno('ENODEV')
    return ptmx.open(task, flags, at)
  }
  const driver = DRIVERS.get(rdev)
  if (!driver) throw new Errno('ENXIO')
  return new DeviceFile(driver, at, flags)
}
