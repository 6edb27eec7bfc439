/** The disk, and loop devices that nobody uses (ABI/stable/sysfs-block). */
import { DISK } from '../proc/machine'
import { DISK_PLACE, VIRTUAL } from './hardware'
import { dir, link, type Make, type Names, value } from './inodes'

const LOOPS = 8

const device = (numbers: string, sectors: number, rotational: 0 | 1, scheduler: string, requests: number): Make =>
  dir(() => ({
    alignment_offset: value(0), dev: value(numbers), hidden: value(0), range: value(1), removable: value(0), ro: value(0), size: value(sectors), stat: value('0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'),
    queue: dir(() => ({
      logical_block_size: value(512), minimum_io_size: value(512), nr_requests: value(requests), optimal_io_size: value(0), physical_block_size: value(512), read_ahead_kb: value(128),
      rotational: value(rotational), scheduler: value(scheduler), discard_granularity: value(0), discard_max_bytes: value(0), discard_zeroes_data: value(0), write_same_max_bytes: value(0), zoned: value('none'),
    })),
  }))

/** Below /sys/devices/virtual/block. */
export const loops = (): Names => Object.fromEntries(Array.from({ length: LOOPS }, (_, i) => [`loop${i}`, device(`7:${i}`, 0, 1, '[none] mq-deadline', 128)]))

/** Below the disk's own directory. */
export const disk = (): Names => ({ [DISK.name]: device(`${DISK.major}:${DISK.minor}`, DISK.kilobytes * 2, 1, '[mq-deadline] none', 256) })

/** /sys/block and /sys/class/block: `up` leads from there to the root. */
export const blockLinks = (up: string): Names => ({
  ...Object.fromEntries(Object.keys(loops()).map((name) => [name, link(`${up}${VIRTUAL}/block/${name}`)])),
  [DISK.name]: link(`${up}devices/pci0000:00/${DISK_PLACE.pci}/${DISK_PLACE.virtio}/block/${DISK.name}`),
})
