// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/iputils-ping/ping/index'

export const PROGRAMS: Chunk = {
  'iputils-ping/ping': p0,
}
