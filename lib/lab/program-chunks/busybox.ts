// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/busybox/busybox/index'

export const PROGRAMS: Chunk = {
  'busybox/busybox': p0,
}
