// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/tar/tar/index'

export const PROGRAMS: Chunk = {
  'tar/tar': p0,
}
