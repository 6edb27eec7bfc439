// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/netcat-openbsd/nc/index'

export const PROGRAMS: Chunk = {
  'netcat-openbsd/nc': p0,
}
