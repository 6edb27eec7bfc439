// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/libc-bin/getconf/index'
import p1 from '../../../simulator/programs/libc-bin/getent/index'
import p2 from '../../../simulator/programs/libc-bin/locale/index'

export const PROGRAMS: Chunk = {
  'libc-bin/getconf': p0,
  'libc-bin/getent': p1,
  'libc-bin/locale': p2,
}
