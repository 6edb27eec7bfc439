// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/jq/jq/index'

export const PROGRAMS: Chunk = {
  'jq/jq': p0,
}
