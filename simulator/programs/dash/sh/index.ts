/** dash 0.5.12 as /bin/sh (dash(1)): the same interpreter in POSIX mode, with dash's messages. */
import { dashMain } from '../../../shell'

export default { paths: ['/usr/bin/dash', '/usr/bin/sh'], size: 125640, summary: 'command interpreter (shell)', main: dashMain }
