// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/grep/egrep/index'
import p1 from '../../../simulator/programs/grep/fgrep/index'
import p2 from '../../../simulator/programs/grep/grep/index'

export const PROGRAMS: Chunk = {
  'grep/egrep': p0,
  'grep/fgrep': p1,
  'grep/grep': p2,
}
