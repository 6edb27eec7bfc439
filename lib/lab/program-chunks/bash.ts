// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/bash/bash/index'

export const PROGRAMS: Chunk = {
  'bash/bash': p0,
}
