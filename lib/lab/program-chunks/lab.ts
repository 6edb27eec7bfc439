// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/lab/not-simulated/index'

export const PROGRAMS: Chunk = {
  'lab/not-simulated': p0,
}
