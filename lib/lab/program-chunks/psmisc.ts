// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/psmisc/fuser/index'
import p1 from '../../../simulator/programs/psmisc/killall/index'
import p2 from '../../../simulator/programs/psmisc/pstree/index'

export const PROGRAMS: Chunk = {
  'psmisc/fuser': p0,
  'psmisc/killall': p1,
  'psmisc/pstree': p2,
}
