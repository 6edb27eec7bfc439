/** crictl logs: fetch the logs of a container, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool, int, string } from '../../../urfave/flag'

export default notSimulated({
  name: 'logs',
  usage: 'Fetch the logs of a container',
  args: 'CONTAINER-ID',
  flags: [
    bool('follow, f', 'Follow log output'),
    int('limit-bytes', 'Maximum bytes of logs to return. Defaults to no limit', { value: '-1' }),
    bool('previous, p', 'Print the logs for the previous instance of the container in a pod if it exists'),
    string('since', 'Show logs since timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)'),
    int('tail', 'Number of lines to show from the end of the logs. Defaults to all', { value: '-1' }),
    bool('timestamps, t', 'Show timestamps'),
  ],
  shortOptions: 'joined',
})
