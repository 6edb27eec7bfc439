// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/pause/pause/index'

export const PROGRAMS: Chunk = {
  'pause/pause': p0,
}
