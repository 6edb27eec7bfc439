// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/wget/wget/index'

export const PROGRAMS: Chunk = {
  'wget/wget': p0,
}
