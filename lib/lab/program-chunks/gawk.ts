// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/gawk/gawk/index'

export const PROGRAMS: Chunk = {
  'gawk/gawk': p0,
}
