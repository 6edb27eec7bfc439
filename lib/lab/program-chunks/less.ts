// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/less/less/index'

export const PROGRAMS: Chunk = {
  'less/less': p0,
}
