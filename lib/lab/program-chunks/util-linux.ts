// Made by scripts/program-chunks.mjs.
import type { Chunk } from './index'
import p0 from '../../../simulator/programs/util-linux/findmnt/index'
import p1 from '../../../simulator/programs/util-linux/flock/index'
import p2 from '../../../simulator/programs/util-linux/getopt/index'
import p3 from '../../../simulator/programs/util-linux/ipcmk/index'
import p4 from '../../../simulator/programs/util-linux/ipcrm/index'
import p5 from '../../../simulator/programs/util-linux/ipcs/index'
import p6 from '../../../simulator/programs/util-linux/lsns/index'
import p7 from '../../../simulator/programs/util-linux/more/index'
import p8 from '../../../simulator/programs/util-linux/mountpoint/index'
import p9 from '../../../simulator/programs/util-linux/nsenter/index'
import p10 from '../../../simulator/programs/util-linux/prlimit/index'
import p11 from '../../../simulator/programs/util-linux/runuser/index'
import p12 from '../../../simulator/programs/util-linux/setsid/index'
import p13 from '../../../simulator/programs/util-linux/su/index'
import p14 from '../../../simulator/programs/util-linux/taskset/index'
import p15 from '../../../simulator/programs/util-linux/unshare/index'
import p16 from '../../../simulator/programs/util-linux/whereis/index'

export const PROGRAMS: Chunk = {
  'util-linux/findmnt': p0,
  'util-linux/flock': p1,
  'util-linux/getopt': p2,
  'util-linux/ipcmk': p3,
  'util-linux/ipcrm': p4,
  'util-linux/ipcs': p5,
  'util-linux/lsns': p6,
  'util-linux/more': p7,
  'util-linux/mountpoint': p8,
  'util-linux/nsenter': p9,
  'util-linux/prlimit': p10,
  'util-linux/runuser': p11,
  'util-linux/setsid': p12,
  'util-linux/su': p13,
  'util-linux/taskset': p14,
  'util-linux/unshare': p15,
  'util-linux/whereis': p16,
}
