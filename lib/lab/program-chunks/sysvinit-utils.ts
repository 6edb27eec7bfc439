// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/sysvinit-utils/killall5/index'

export const PROGRAMS: Chunk = {
  'sysvinit-utils/killall5': p0,
}
