// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/sed/sed/index'

export const PROGRAMS: Chunk = {
  'sed/sed': p0,
}
