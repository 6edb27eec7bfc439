// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/dash/sh/index'

export const PROGRAMS: Chunk = {
  'dash/sh': p0,
}
