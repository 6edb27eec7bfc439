/** crictl stats: list container(s) resource usage statistics, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'

export default notSimulated({
  name: 'stats',
  usage: 'List container(s) resource usage statistics',
  args: '[ID]',
  flags: [
    bool('all, a', 'Show all containers (default shows just running)'),
    string('id', 'Filter by container id'),
    strings('label', 'Filter by key=value label'),
    string('output, o', 'Output format, One of: json|yaml|table'),
    string('pod, p', 'Filter by pod id'),
    int('seconds, s', 'Sample duration for CPU usage in seconds', { value: '1' }),
    bool('watch, w', 'Watch pod resources'),
  ],
  shortOptions: 'joined',
})
