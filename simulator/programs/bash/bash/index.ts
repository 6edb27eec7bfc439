/** bash 5.2.15: the shell (bash(1)). */
import { bashMain } from '../../../shell'

export default { paths: ['/usr/bin/bash', '/usr/bin/rbash'], size: 1265648, summary: 'GNU Bourne-Again SHell', main: bashMain }
