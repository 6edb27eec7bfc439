// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/curl/curl/index'

export const PROGRAMS: Chunk = {
  'curl/curl': p0,
}
