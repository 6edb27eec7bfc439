// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/containernetworking-plugins/bridge/index'
import p1 from '../../../simulator/programs/containernetworking-plugins/host-local/index'
import p2 from '../../../simulator/programs/containernetworking-plugins/loopback/index'
import p3 from '../../../simulator/programs/containernetworking-plugins/portmap/index'

export const PROGRAMS: Chunk = {
  'containernetworking-plugins/bridge': p0,
  'containernetworking-plugins/host-local': p1,
  'containernetworking-plugins/loopback': p2,
  'containernetworking-plugins/portmap': p3,
}
