// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/procps/free/index'
import p1 from '../../../simulator/programs/procps/kill/index'
import p2 from '../../../simulator/programs/procps/pgrep/index'
import p3 from '../../../simulator/programs/procps/pkill/index'
import p4 from '../../../simulator/programs/procps/pmap/index'
import p5 from '../../../simulator/programs/procps/ps/index'
import p6 from '../../../simulator/programs/procps/pwdx/index'
import p7 from '../../../simulator/programs/procps/sysctl/index'
import p8 from '../../../simulator/programs/procps/top/index'
import p9 from '../../../simulator/programs/procps/uptime/index'
import p10 from '../../../simulator/programs/procps/vmstat/index'
import p11 from '../../../simulator/programs/procps/w/index'
import p12 from '../../../simulator/programs/procps/watch/index'

export const PROGRAMS: Chunk = {
  'procps/free': p0,
  'procps/kill': p1,
  'procps/pgrep': p2,
  'procps/pkill': p3,
  'procps/pmap': p4,
  'procps/ps': p5,
  'procps/pwdx': p6,
  'procps/sysctl': p7,
  'procps/top': p8,
  'procps/uptime': p9,
  'procps/vmstat': p10,
  'procps/w': p11,
  'procps/watch': p12,
}
