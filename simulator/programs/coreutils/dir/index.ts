/** dir(1): ls(1) with another layout by default. */
import ls from '../ls'

export default { ...ls, summary: 'list directory contents' }
