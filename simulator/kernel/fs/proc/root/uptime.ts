import { systemFile } from '../entry'
import { idleNs, machineOf, seconds } from '../machine'

/** Seconds since boot, as the reader's time namespace has them, and idle seconds of all CPUs together. */
export default systemFile(({ kernel, viewer }) => {
  const { sec, nsec } = viewer.ns.time.boottime
  return `${seconds(kernel.clock.monotonic + sec * 1e9 + nsec)} ${seconds(machineOf(kernel).idle * 1e9 + idleNs(kernel))}\n`
})
