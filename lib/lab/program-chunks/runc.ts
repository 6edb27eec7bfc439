// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/runc/runc/index'

export const PROGRAMS: Chunk = {
  'runc/runc': p0,
}
