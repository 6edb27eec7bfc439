// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/mount/mount/index'
import p1 from '../../../simulator/programs/mount/umount/index'

export const PROGRAMS: Chunk = {
  'mount/mount': p0,
  'mount/umount': p1,
}
