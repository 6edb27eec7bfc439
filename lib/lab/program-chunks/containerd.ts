// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/containerd/containerd/index'
import p1 from '../../../simulator/programs/containerd/containerd-shim-runc-v2/index'
import p2 from '../../../simulator/programs/containerd/ctr/index'

export const PROGRAMS: Chunk = {
  'containerd/containerd': p0,
  'containerd/containerd-shim-runc-v2': p1,
  'containerd/ctr': p2,
}
