/** /proc/misc: drivers of the miscellaneous major number by their minor numbers (drivers/char/misc.c). */
import { systemFile } from '../entry'

const DRIVERS: readonly (readonly [minor: number, name: string])[] = [
  [234, 'btrfs-control'], [259, 'cpu_dma_latency'], [258, 'vsock'], [200, 'tun'], [237, 'loop-control'], [229, 'fuse'], [235, 'autofs'], [257, 'userfaultfd'], [183, 'hw_random'], [256, 'vga_arbiter'],
]

export default systemFile(() => DRIVERS.map(([minor, name]) => `${String(minor).padStart(3)} ${name}\n`).join(''))
