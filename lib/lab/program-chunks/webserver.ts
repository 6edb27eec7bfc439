// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/webserver/calico-node/index'
import p1 from '../../../simulator/programs/webserver/coredns/index'
import p2 from '../../../simulator/programs/webserver/kube-proxy/index'
import p3 from '../../../simulator/programs/webserver/nginx/index'
import p4 from '../../../simulator/programs/webserver/node/index'

export const PROGRAMS: Chunk = {
  'webserver/calico-node': p0,
  'webserver/coredns': p1,
  'webserver/kube-proxy': p2,
  'webserver/nginx': p3,
  'webserver/node': p4,
}
