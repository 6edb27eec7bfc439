/** systemctl(1): the lab has no systemd. */
import { program } from '../../program'

export default program({
  paths: ['/bin/systemctl'],
  summary: 'control the systemd system and service manager',
  *run(io) {
    io.err('systemctl: not simulated in this lab\n')
    return 125
  },
})
