// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/gzip/gzip/index'

export const PROGRAMS: Chunk = {
  'gzip/gzip': p0,
}
