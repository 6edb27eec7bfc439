// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/cri-tools/crictl/index'

export const PROGRAMS: Chunk = {
  'cri-tools/crictl': p0,
}
