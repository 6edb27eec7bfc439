// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/bsdextrautils/column/index'
import p1 from '../../../simulator/programs/bsdextrautils/hexdump/index'
import p2 from '../../../simulator/programs/bsdextrautils/look/index'
import p3 from '../../../simulator/programs/bsdextrautils/rev/index'

export const PROGRAMS: Chunk = {
  'bsdextrautils/column': p0,
  'bsdextrautils/hexdump': p1,
  'bsdextrautils/look': p2,
  'bsdextrautils/rev': p3,
}
