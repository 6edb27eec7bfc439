/** Numbers of devices as user space writes them (makedev(3)); the kernel's own form holds 20 bits of minor. */
import { device, majorOf, minorOf } from '../../kernel/vfs/filesystem'

export { device, majorOf, minorOf }

/** st_dev and st_rdev as glibc encodes them. */
export function makedev(dev: number): number {
  const [major, minor] = [majorOf(dev), minorOf(dev)]
  return (minor & 0xff) + (major & 0xfff) * 0x100 + (minor - (minor & 0xff)) * 0x1000 + (major - (major & 0xfff)) * 0x100000000
}
