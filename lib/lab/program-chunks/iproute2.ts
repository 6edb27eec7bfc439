// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/iproute2/bridge/index'
import p1 from '../../../simulator/programs/iproute2/ip/index'
import p2 from '../../../simulator/programs/iproute2/ss/index'

export const PROGRAMS: Chunk = {
  'iproute2/bridge': p0,
  'iproute2/ip': p1,
  'iproute2/ss': p2,
}
