/** /proc/diskstats: loop devices, which nobody uses, and the disk with the io of all processes, in sectors of 512 bytes (admin-guide/iostats.rst). */
import { systemFile } from '../entry'
import { DISK } from '../machine'

const LOOPS = 8

export default systemFile(({ kernel }) => {
  let read = 0
  let written = 0
  for (const { io } of kernel.tasks()) {
    read += io.readBytes
    written += io.writeBytes
  }
  const row = (major: number, minor: number, name: string, counts: string): string => `${String(major).padStart(4)} ${String(minor).padStart(7)} ${name} ${counts}\n`
  const none = '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'
  const disk = `${Math.ceil(read / 4096)} 0 ${Math.ceil(read / 512)} 0 ${Math.ceil(written / 4096)} 0 ${Math.ceil(written / 512)} 0 0 0 0 0 0 0 0 0 0`
  return Array.from({ length: LOOPS }, (_, i) => row(7, i, `loop${i}`, none)).join('') + row(DISK.major, DISK.minor, DISK.name, disk)
})
