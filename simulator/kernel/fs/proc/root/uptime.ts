import { systemFile } from '../entry'
import { idleNs, machineOf, seconds } from '../machine'

/** Seconds since boot, and idle seconds of all CPUs together. */
export default systemFile(({ kernel }) => `${seconds(kernel.clock.monotonic)} ${seconds(machineOf(kernel).idle * 1e9 + idleNs(kernel))}\n`)
