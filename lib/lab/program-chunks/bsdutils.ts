// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/bsdutils/logger/index'
import p1 from '../../../simulator/programs/bsdutils/renice/index'

export const PROGRAMS: Chunk = {
  'bsdutils/logger': p0,
  'bsdutils/renice': p1,
}
