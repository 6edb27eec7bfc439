import { file, line } from '../entry'

/** The old scale, -17 to 15 (fs/proc/base.c, oom_adj_read). */
export default file(({ oomScoreAdj }) => line(oomScoreAdj === 1000 ? 15 : Math.trunc((oomScoreAdj * 17) / 1000)), { mode: 0o644 })
