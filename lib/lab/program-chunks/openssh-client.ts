// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/openssh-client/ssh/index'

export const PROGRAMS: Chunk = {
  'openssh-client/ssh': p0,
}
