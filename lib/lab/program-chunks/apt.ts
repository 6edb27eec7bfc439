// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/apt/apt/index'
import p1 from '../../../simulator/programs/apt/apt-cache/index'
import p2 from '../../../simulator/programs/apt/apt-get/index'

export const PROGRAMS: Chunk = {
  'apt/apt': p0,
  'apt/apt-cache': p1,
  'apt/apt-get': p2,
}
