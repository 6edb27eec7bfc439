/** /proc/sys/dev: terminals. */
import { sysctlFolder } from '../sysctl'

export default sysctlFolder(() => `
tty/ldisc_autoload 1
tty/legacy_tiocsti 1
`)
