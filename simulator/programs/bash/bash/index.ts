/** bash 5.2.15: the shell (bash(1)). */
import { bashMain } from '../../../shell'

/** A login shell that has just begun (recording: query/ps, `ps u`). */
const memory = { vmPeak: 5484, vmSize: 5420, vmHWM: 4684, vmRSS: 4684, rssAnon: 1412, rssFile: 3272, vmData: 1364, vmStk: 132, vmExe: 772, vmLib: 1596, vmPTE: 52 }

export default { paths: ['/usr/bin/bash', '/usr/bin/rbash'], size: 1265648, memory, summary: 'GNU Bourne-Again SHell', main: bashMain }
