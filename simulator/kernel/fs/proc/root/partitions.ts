/** /proc/partitions: block devices by their size in kilobytes (block/genhd.c). */
import { systemFile } from '../entry'
import { DISK } from '../machine'

export default systemFile(() => `major minor  #blocks  name\n\n${String(DISK.major).padStart(4)}  ${String(DISK.minor).padStart(7)} ${String(DISK.kilobytes).padStart(10)} ${DISK.name}\n`)
