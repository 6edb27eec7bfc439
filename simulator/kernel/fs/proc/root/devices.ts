/** /proc/devices: drivers by their major numbers (fs/proc/devices.c). */
import { systemFile } from '../entry'

const CHARACTER = `
  1 mem
  4 /dev/vc/0
  4 tty
  4 ttyS
  5 /dev/tty
  5 /dev/console
  5 /dev/ptmx
  7 vcs
 10 misc
 13 input
128 ptm
136 pts
203 cpu/cpuid
245 hidraw
246 macvtap
247 mei
248 bsg
249 watchdog
250 ptp
251 pps
252 dax
253 dimmctl
254 ndctl
`
const BLOCK = `
  7 loop
254 virtblk
259 blkext
`

export default systemFile(() => `Character devices:${CHARACTER}\nBlock devices:${BLOCK}`)
