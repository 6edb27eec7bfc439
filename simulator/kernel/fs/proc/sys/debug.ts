/** /proc/sys/debug. */
import { sysctlFolder } from '../sysctl'

export default sysctlFolder(() => `
exception-trace 1
`)
