/** logger(1) of util-linux 2.38.1 on a node without a log daemon: there is no socket to write to. */
import { command } from '../../util-linux/command'
import { HELP } from './help'

export default command({
  help: HELP,
  hidden: '  -f, --file <file>\n  -p, --priority <prio>\n  -t, --tag <tag>\n  -i\n  --id[=<id>]\n  -s, --stderr\n  -n, --server <name>\n  -P, --port <port>\n  -u, --socket <socket>\n  -S, --size <size>\n  --msgid <msgid>\n  --sd-id <data>\n  --sd-param <data>\n  --socket-errors[=<word>]\n  --prio-prefix\n  --rfc5424[=<snip>]\n  --journald[=<file>]',
  version: 'logger from util-linux 2.38.1\n',
  summary: 'enter messages into the system log',
  *run(io, options) {
    if (options.has('server') || options.has('journald')) {
      io.err('logger: not simulated in this lab\n')
      return 125
    }
    // Errors of the socket are told when they are asked for, or when everything is also said on standard error.
    if (!options.has('stderr') && options.value('socket-errors') !== 'on' && options.value('socket') === undefined) return 0
    io.err(`logger: socket ${options.value('socket') ?? '/dev/log'}: No such file or directory\n`)
    return 1
  },
})
