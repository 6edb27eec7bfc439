/** nologin(8): the shell of who may not log in. */
import { program } from '../../program'

export default program({
  paths: ['/usr/sbin/nologin'],
  summary: 'politely refuse a login',
  *run(io) {
    io.out('This account is currently not available.\n')
    return 1
  },
})
