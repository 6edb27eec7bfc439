// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/login/nologin/index'

export const PROGRAMS: Chunk = {
  'login/nologin': p0,
}
