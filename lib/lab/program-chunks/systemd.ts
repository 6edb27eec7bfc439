// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/systemd/systemctl/index'

export const PROGRAMS: Chunk = {
  'systemd/systemctl': p0,
}
