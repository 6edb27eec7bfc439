// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/dpkg/dpkg/index'
import p1 from '../../../simulator/programs/dpkg/dpkg-query/index'

export const PROGRAMS: Chunk = {
  'dpkg/dpkg': p0,
  'dpkg/dpkg-query': p1,
}
