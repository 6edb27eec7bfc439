// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/findutils/find/index'
import p1 from '../../../simulator/programs/findutils/xargs/index'

export const PROGRAMS: Chunk = {
  'findutils/find': p0,
  'findutils/xargs': p1,
}
