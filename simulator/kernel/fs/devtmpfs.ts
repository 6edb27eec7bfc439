/** devtmpfs: the kernel's own directory of devices, 0:6 on every machine; its nodes have the usual numbers (mem(4), tty(4)). */
import { DEVICE_NUMBERS } from '../devices'
import type { Kernel } from '../kernel'
import { device } from '../vfs/filesystem'
import { MemoryFs } from './memory'
import { DISK } from './proc/machine'

const LOOPS = 8
const OTHERS: readonly (readonly [name: string, mode: number, major: number, minor: number])[] = [
  ['autofs', 0o644, 10, 235], ['btrfs-control', 0o600, 10, 234], ['cpu_dma_latency', 0o600, 10, 259], ['fuse', 0o666, 10, 229], ['hwrng', 0o600, 10, 183], ['kmsg', 0o644, 1, 11],
  ['loop-control', 0o660, 10, 237], ['port', 0o640, 1, 4], ['vga_arbiter', 0o600, 10, 256], ['vsock', 0o666, 10, 258],
]

const BY_KERNEL = new WeakMap<Kernel, MemoryFs>()

export function devtmpfs(kernel: Kernel): MemoryFs {
  let found = BY_KERNEL.get(kernel)
  if (!found) {
    const now = kernel.clock.realtime()
    found = new MemoryFs({ type: 'devtmpfs', dev: device(0, 6), now: () => kernel.clock.realtime(), options: 'rw,size=12334432k,nr_inodes=3083608,mode=755' })
    for (const [name, rdev] of Object.entries(DEVICE_NUMBERS)) {
      found.root.insert(name, found.root.make({ kind: 'chr', mode: name === 'console' ? 0o600 : 0o666, uid: 0, gid: 0, now, rdev }))
    }
    const { root } = found
    root.insert(DISK.name, root.make({ kind: 'blk', mode: 0o600, uid: 0, gid: 0, now, rdev: device(DISK.major, DISK.minor) }))
    for (let i = 0; i < LOOPS; i++) root.insert(`loop${i}`, root.make({ kind: 'blk', mode: 0o600, uid: 0, gid: 0, now, rdev: device(7, i) }))
    for (const [name, mode, major, minor] of OTHERS) root.insert(name, root.make({ kind: 'chr', mode, uid: 0, gid: 0, now, rdev: device(major, minor) }))
    BY_KERNEL.set(kernel, found)
  }
  return found
}
