// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/diffutils/cmp/index'
import p1 from '../../../simulator/programs/diffutils/diff/index'

export const PROGRAMS: Chunk = {
  'diffutils/cmp': p0,
  'diffutils/diff': p1,
}
