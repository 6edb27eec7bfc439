// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/debianutils/which/index'

export const PROGRAMS: Chunk = {
  'debianutils/which': p0,
}
