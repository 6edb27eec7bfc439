/** /proc/sys/abi (admin-guide/sysctl/abi.rst). */
import { sysctlFolder } from '../sysctl'

export default sysctlFolder(() => `
vsyscall32 1
`)
