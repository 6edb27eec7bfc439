/** crictl statsp: list pod resource usage statistics, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'

export default notSimulated({
  name: 'statsp',
  usage: 'List pod resource usage statistics',
  args: '[ID]',
  flags: [
    string('id', 'Filter by pod id'),
    strings('label', 'Filter by key=value label'),
    string('output, o', 'Output format, One of: json|yaml|table'),
    int('seconds, s', 'Sample duration for CPU usage in seconds', { value: '1' }),
    bool('watch, w', 'Watch pod resources'),
  ],
  shortOptions: 'joined',
})
