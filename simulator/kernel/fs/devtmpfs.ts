/** devtmpfs: the kernel's own directory of devices, 0:6 on every machine; its nodes have the usual numbers (mem(4), tty(4)). */
import { DEVICE_NUMBERS } from '../devices'
import type { Kernel } from '../kernel'
import { device } from '../vfs/filesystem'
import { MemoryFs } from './memory'

const BY_KERNEL = new WeakMap<Kernel, MemoryFs>()

export function devtmpfs(kernel: Kernel): MemoryFs {
  let found = BY_KERNEL.get(kernel)
  if (!found) {
    const now = kernel.clock.realtime()
    found = new MemoryFs({ type: 'devtmpfs', dev: device(0, 6), now: () => kernel.clock.realtime(), options: 'rw,size=12334432k,nr_inodes=3083608,mode=755' })
    for (const [name, rdev] of Object.entries(DEVICE_NUMBERS)) {
      found.root.insert(name, found.root.make({ kind: 'chr', mode: name === 'console' ? 0o600 : 0o666, uid: 0, gid: 0, now, rdev }))
    }
    BY_KERNEL.set(kernel, found)
  }
  return found
}
