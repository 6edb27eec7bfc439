// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/openssh-server/sshd/index'

export const PROGRAMS: Chunk = {
  'openssh-server/sshd': p0,
}
