/** runuser(1) of util-linux 2.38.1. */
import { command } from '../command'
import { switchUser, untilUser } from '../switch-user'
import { HELP } from './help'

export default command({
  help: HELP,
  hidden: '  -m, --preserve-environment\n  -p, --preserve-environment\n  -w, --whitelist-environment <list>\n  -g, --group <group>\n  -G, --supp-group <group>\n  -l, --login\n  -c, --command <command>\n  --session-command <command>\n  -f, --fast\n  -s, --shell <shell>\n  -P, --pty\n  -u, --user <user>',
  version: 'runuser from util-linux 2.38.1\n',
  paths: ['/sbin/runuser'],
  summary: 'run a command with substitute user and group ID',
  rewrite: untilUser,
  run: (io, options) => switchUser(io, options, 'runuser'),
})
