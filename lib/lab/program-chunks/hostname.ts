// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/hostname/hostname/index'

export const PROGRAMS: Chunk = {
  'hostname/hostname': p0,
}
